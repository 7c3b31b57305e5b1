import type { MetricFamily, MetricRegistry, Series } from "../../core/metrics.ts";
import type { Stream } from "./stream.ts";

/** Counters of Kinesis, per stream. */
export class KinesisMeter {
  readonly #incomingRecords: MetricFamily<Series>;
  readonly #incomingBytes: MetricFamily<Series>;
  readonly #outgoingRecords: MetricFamily<Series>;
  readonly #outgoingBytes: MetricFamily<Series>;
  readonly #throttledWrites: MetricFamily<Series>;
  readonly #throttledReads: MetricFamily<Series>;

  constructor(registry: MetricRegistry) {
    const counter = (name: string, help: string): MetricFamily<Series> =>
      registry.counter(`millrace_kinesis_${name}_total`, help, ["stream", "account", "region"]);
    this.#incomingRecords = counter("incoming_records", "Records put into a stream.");
    this.#incomingBytes = counter("incoming_bytes", "Bytes of keys and data put into a stream.");
    this.#outgoingRecords = counter("outgoing_records", "Records read from a stream.");
    this.#outgoingBytes = counter("outgoing_bytes", "Bytes of keys and data read from a stream.");
    this.#throttledWrites = counter("throttled_writes", "Records refused for a shard's limits.");
    this.#throttledReads = counter("throttled_reads", "GetRecords calls refused for a shard's limits.");
  }

  put(stream: Stream, records: number, bytes: number): void {
    seriesOf(this.#incomingRecords, stream).add(records);
    seriesOf(this.#incomingBytes, stream).add(bytes);
  }

  got(stream: Stream, records: number, bytes: number): void {
    seriesOf(this.#outgoingRecords, stream).add(records);
    seriesOf(this.#outgoingBytes, stream).add(bytes);
  }

  throttledWrite(stream: Stream): void {
    seriesOf(this.#throttledWrites, stream).add(1);
  }

  throttledRead(stream: Stream): void {
    seriesOf(this.#throttledReads, stream).add(1);
  }
}

function seriesOf(family: MetricFamily<Series>, { document }: Stream): Series {
  return family.with(document.name, document.account, document.region);
}
