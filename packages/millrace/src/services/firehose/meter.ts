import type { Clock } from "../../core/clock.ts";
import type { MetricFamily, MetricRegistry, Series } from "../../core/metrics.ts";
import type { MetricSink } from "../../core/telemetry.ts";
import type { DeliveredBatch } from "../../kernels/delivery/index.ts";
import type { DeliveryStream } from "./delivery-stream.ts";
import { StreamCounters } from "./stream-counters.ts";

/** What CloudWatch calls KMS's refusals, by the code of KMS. */
const keyMetrics: ReadonlyMap<string, string> = new Map([
  ["AccessDeniedException", "KMSKeyAccessDenied"],
  ["DisabledException", "KMSKeyDisabled"],
  ["KMSInvalidStateException", "KMSKeyInvalidState"],
  ["NotFoundException", "KMSKeyNotFound"],
]);

/** Counts what happens to delivery streams: for Prometheus, and for CloudWatch under AWS's names. */
export class FirehoseMeter {
  readonly #clock: Clock;
  readonly #sink: MetricSink;
  readonly #families: Readonly<Record<keyof StreamCounters["totals"], MetricFamily<Series>>>;

  constructor(options: {
    readonly registry: MetricRegistry;
    readonly sink: MetricSink;
    readonly clock: Clock;
  }) {
    this.#clock = options.clock;
    this.#sink = options.sink;
    const counter = (name: string, help: string): MetricFamily<Series> =>
      options.registry.counter(`millrace_firehose_${name}_total`, help, ["stream", "account", "region"]);
    this.#families = {
      incomingRecords: counter("incoming_records", "Records that a delivery stream took."),
      incomingBytes: counter("incoming_bytes", "Bytes of data that a delivery stream took."),
      throttledRecords: counter("throttled_records", "Records refused for what waits to be delivered."),
      deliveredRecords: counter("delivered_records", "Records delivered, by all consumers of the stream."),
      deliveredBytes: counter("delivered_bytes", "Bytes of records' data that were delivered."),
      failedRecords: counter("failed_records", "Records that went to the error output."),
      failedAttempts: counter("failed_attempts", "Deliveries that a destination refused for now."),
    };
  }

  /** The end of a PutRecord or PutRecordBatch call that began at `startedMs`. */
  took(stream: DeliveryStream, operation: string, startedMs: number, records: number, bytes: number): void {
    const nowMs = this.#clock.now();
    const counters = this.#countersOf(stream);
    counters.totals.incomingRecords.add(records);
    counters.totals.incomingBytes.add(bytes);
    counters.add("IncomingRecords", "Count", records, nowMs);
    counters.add("IncomingBytes", "Bytes", bytes, nowMs);
    counters.add("IncomingPutRequests", "Count", 1, nowMs);
    counters.add(`${operation}.Requests`, "Count", 1, nowMs);
    counters.add(`${operation}.Bytes`, "Bytes", bytes, nowMs);
    counters.add(`${operation}.Latency`, "Milliseconds", nowMs - startedMs, nowMs);
    if (operation === "PutRecordBatch") counters.add("PutRecordBatch.Records", "Count", records, nowMs);
  }

  throttled(stream: DeliveryStream, records: number): void {
    const counters = this.#countersOf(stream);
    counters.totals.throttledRecords.add(records);
    counters.add("ThrottledRecords", "Count", records, this.#clock.now());
  }

  /** @param code KMS's. */
  keyRefused(stream: DeliveryStream, code: string): void {
    const name = keyMetrics.get(code);
    if (name !== undefined) this.#countersOf(stream).add(name, "Count", 1, this.#clock.now());
  }

  /** Records that came from a data stream. */
  copied(stream: DeliveryStream, records: number, bytes: number, millisBehindLatest: number): void {
    const nowMs = this.#clock.now();
    const counters = this.#countersOf(stream);
    counters.totals.incomingRecords.add(records);
    counters.totals.incomingBytes.add(bytes);
    counters.add("DataReadFromKinesisStream.Records", "Count", records, nowMs);
    counters.add("DataReadFromKinesisStream.Bytes", "Bytes", bytes, nowMs);
    counters.add("KinesisMillisBehindLatest", "Milliseconds", millisBehindLatest, nowMs);
  }

  /** @param prefix `DeliveryToS3` */
  delivered(stream: DeliveryStream, prefix: string, batch: DeliveredBatch): void {
    const nowMs = this.#clock.now();
    const counters = this.#countersOf(stream);
    counters.totals.deliveredRecords.add(batch.records);
    counters.totals.deliveredBytes.add(batch.bytes);
    counters.add(`${prefix}.Records`, "Count", batch.records, nowMs);
    counters.add(`${prefix}.Bytes`, "Bytes", batch.bytes, nowMs);
    counters.add(`${prefix}.Success`, "Count", 1, nowMs);
    this.fresh(stream, prefix, batch.firstArrivalTimeMs);
  }

  /** Splunk says when its indexer has taken what it was sent. */
  acknowledged(stream: DeliveryStream, latencyMs: number): void {
    const name = "DeliveryToSplunk.DataAckLatency";
    this.#countersOf(stream).add(name, "Seconds", latencyMs / 1_000, this.#clock.now());
  }

  /** @param oldestMs arrival of the oldest record that was not delivered until now. */
  fresh(stream: DeliveryStream, prefix: string, oldestMs: number): void {
    const nowMs = this.#clock.now();
    const ageSeconds = Math.max(0, Math.floor((nowMs - oldestMs) / 1_000));
    this.#countersOf(stream).add(`${prefix}.DataFreshness`, "Seconds", ageSeconds, nowMs);
  }

  attemptFailed(stream: DeliveryStream, prefix: string): void {
    const counters = this.#countersOf(stream);
    counters.totals.failedAttempts.add(1);
    counters.add(`${prefix}.Success`, "Count", 0, this.#clock.now());
  }

  failed(stream: DeliveryStream, records: number): void {
    this.#countersOf(stream).totals.failedRecords.add(records);
  }

  converted(stream: DeliveryStream, outcome: "Succeed" | "Failed", records: number, bytes: number): void {
    const nowMs = this.#clock.now();
    const counters = this.#countersOf(stream);
    counters.add(`${outcome}Conversion.Records`, "Count", records, nowMs);
    counters.add(`${outcome}Conversion.Bytes`, "Bytes", bytes, nowMs);
  }

  processed(stream: DeliveryStream, records: number, bytes: number, durationMs: number): void {
    const nowMs = this.#clock.now();
    const counters = this.#countersOf(stream);
    counters.add("ExecuteProcessing.Duration", "Milliseconds", durationMs, nowMs);
    counters.add("ExecuteProcessing.Success", "Count", 1, nowMs);
    counters.add("SucceedProcessing.Records", "Count", records, nowMs);
    counters.add("SucceedProcessing.Bytes", "Bytes", bytes, nowMs);
  }

  partitions(stream: DeliveryStream, active: number, limit: number): void {
    const nowMs = this.#clock.now();
    const counters = this.#countersOf(stream);
    counters.add("PartitionCount", "Count", active, nowMs);
    counters.add("ActivePartitionsLimit", "Count", limit, nowMs);
    counters.add("DeliveryToS3.ObjectCount", "Count", 1, nowMs);
  }

  partitionsExceeded(stream: DeliveryStream): void {
    this.#countersOf(stream).add("PartitionCountExceeded", "Count", 1, this.#clock.now());
  }

  /** Calls like DescribeDeliveryStream, of which AWS counts requests and time. */
  called(stream: DeliveryStream, operation: string, startedMs: number): void {
    const nowMs = this.#clock.now();
    const counters = this.#countersOf(stream);
    counters.add(`${operation}.Requests`, "Count", 1, nowMs);
    counters.add(`${operation}.Latency`, "Milliseconds", nowMs - startedMs, nowMs);
  }

  #countersOf(stream: DeliveryStream): StreamCounters {
    stream.counters ??= this.#newCounters(stream);
    return stream.counters;
  }

  #newCounters({ document }: DeliveryStream): StreamCounters {
    const { name, account, region } = document;
    const of = (family: MetricFamily<Series>): Series => family.with(name, account, region);
    const families = this.#families;
    const totals = {
      incomingRecords: of(families.incomingRecords),
      incomingBytes: of(families.incomingBytes),
      throttledRecords: of(families.throttledRecords),
      deliveredRecords: of(families.deliveredRecords),
      deliveredBytes: of(families.deliveredBytes),
      failedRecords: of(families.failedRecords),
      failedAttempts: of(families.failedAttempts),
    };
    return new StreamCounters(totals, this.#sink, document);
  }
}
