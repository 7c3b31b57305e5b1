import { Counter, type Registry } from "prom-client";
import type { Stream } from "./stream.ts";

type StreamLabels = "stream" | "account" | "region";
const labelNames: readonly StreamLabels[] = ["stream", "account", "region"];

/** Counters of Kinesis for Prometheus, per stream. */
export class KinesisMeter {
  readonly #incomingRecords: Counter<StreamLabels>;
  readonly #incomingBytes: Counter<StreamLabels>;
  readonly #outgoingRecords: Counter<StreamLabels>;
  readonly #outgoingBytes: Counter<StreamLabels>;
  readonly #throttledWrites: Counter<StreamLabels>;
  readonly #throttledReads: Counter<StreamLabels>;

  constructor(registry: Registry) {
    const counter = (name: string, help: string): Counter<StreamLabels> =>
      new Counter({ name, help, labelNames, registers: [registry] });
    this.#incomingRecords = counter("millrace_kinesis_incoming_records_total", "Records put into a stream.");
    this.#incomingBytes = counter(
      "millrace_kinesis_incoming_bytes_total",
      "Bytes of keys and data put into a stream.",
    );
    this.#outgoingRecords = counter("millrace_kinesis_outgoing_records_total", "Records read from a stream.");
    this.#outgoingBytes = counter(
      "millrace_kinesis_outgoing_bytes_total",
      "Bytes of keys and data read from a stream.",
    );
    this.#throttledWrites = counter(
      "millrace_kinesis_throttled_writes_total",
      "Records refused for a shard's limits.",
    );
    this.#throttledReads = counter(
      "millrace_kinesis_throttled_reads_total",
      "GetRecords calls refused for a shard's limits.",
    );
  }

  put(stream: Stream, records: number, bytes: number): void {
    this.#incomingRecords.inc(labelsOf(stream), records);
    this.#incomingBytes.inc(labelsOf(stream), bytes);
  }

  got(stream: Stream, records: number, bytes: number): void {
    this.#outgoingRecords.inc(labelsOf(stream), records);
    this.#outgoingBytes.inc(labelsOf(stream), bytes);
  }

  throttledWrite(stream: Stream): void {
    this.#throttledWrites.inc(labelsOf(stream));
  }

  throttledRead(stream: Stream): void {
    this.#throttledReads.inc(labelsOf(stream));
  }
}

function labelsOf({ document }: Stream): Record<StreamLabels, string> {
  return { stream: document.name, account: document.account, region: document.region };
}
