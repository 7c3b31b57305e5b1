import type { Clock } from "../../core/clock.ts";
import type { MetricFamily, MetricRegistry, Series } from "../../core/metrics.ts";
import type { MetricSink } from "../../core/telemetry.ts";
import { ClientNames } from "../../core/traffic/client-name.ts";
import type { ReadResult } from "./record-reader.ts";
import type { Shard } from "./shard.ts";
import type { Stream } from "./stream.ts";
import { type ConsumerSeries, type ShardSeries, StreamCounters } from "./stream-counters.ts";
import type { ConsumerTraffic } from "./traffic/consumer-traffic.ts";
import { type CallParty, type StreamParty, StreamTraffic } from "./traffic/stream-traffic.ts";

/** What became of the records of one put. */
export interface WriteTally {
  total: number;
  succeeded: number;
  /** Keys and data of those that succeeded. */
  bytes: number;
  throttled: number;
}

/** Counts what happens to streams: for Prometheus, and for CloudWatch under AWS's names. */
export class KinesisMeter {
  readonly #clock: Clock;
  readonly #sink: MetricSink;
  readonly #names = new ClientNames();
  readonly #incomingRecords: MetricFamily<Series>;
  readonly #incomingBytes: MetricFamily<Series>;
  readonly #outgoingRecords: MetricFamily<Series>;
  readonly #outgoingBytes: MetricFamily<Series>;
  readonly #throttledWrites: MetricFamily<Series>;
  readonly #throttledReads: MetricFamily<Series>;

  constructor(options: {
    readonly registry: MetricRegistry;
    readonly sink: MetricSink;
    readonly clock: Clock;
  }) {
    this.#clock = options.clock;
    this.#sink = options.sink;
    const counter = (name: string, help: string): MetricFamily<Series> =>
      options.registry.counter(`millrace_kinesis_${name}_total`, help, ["stream", "account", "region"]);
    this.#incomingRecords = counter("incoming_records", "Records put into a stream.");
    this.#incomingBytes = counter("incoming_bytes", "Bytes of keys and data put into a stream.");
    this.#outgoingRecords = counter("outgoing_records", "Records read from a stream.");
    this.#outgoingBytes = counter("outgoing_bytes", "Bytes of keys and data read from a stream.");
    this.#throttledWrites = counter("throttled_writes", "Records refused for a shard's limits.");
    this.#throttledReads = counter("throttled_reads", "GetRecords calls refused for a shard's limits.");
  }

  /** The end of a PutRecord or PutRecords call that began at `startedMs`. */
  wrote(
    stream: Stream,
    operation: string,
    startedMs: number,
    tally: WriteTally,
    producer: StreamParty,
  ): void {
    const nowMs = this.#clock.now();
    this.#noteWrite(stream, tally, producer, nowMs);
    const counters = this.#countersOf(stream);
    const { totals, written } = counters;
    const { total, succeeded, bytes, throttled } = tally;
    written.throttled.add(throttled, nowMs);
    if (throttled > 0) totals.throttledWrites.add(throttled);
    if (succeeded > 0) {
      totals.incomingRecords.add(succeeded);
      totals.incomingBytes.add(bytes);
      written.records.add(succeeded, nowMs);
      written.bytes.add(bytes, nowMs);
    }
    const success = succeeded > 0 ? 1 : 0;
    if (operation === "PutRecord") {
      const { putRecord } = counters;
      putRecord.bytes.add(bytes, nowMs);
      putRecord.latency.add(nowMs - startedMs, nowMs);
      putRecord.success.add(success, nowMs);
      return;
    }
    const { putRecords } = counters;
    putRecords.bytes.add(bytes, nowMs);
    putRecords.latency.add(nowMs - startedMs, nowMs);
    putRecords.success.add(success, nowMs);
    putRecords.total.add(total, nowMs);
    putRecords.succeeded.add(succeeded, nowMs);
    putRecords.failed.add(total - succeeded - throttled, nowMs);
    putRecords.throttled.add(throttled, nowMs);
  }

  #noteWrite(stream: Stream, tally: WriteTally, party: StreamParty, nowMs: number): void {
    const traffic = this.trafficOf(stream);
    const producer = traffic.producer(party);
    const failed = tally.total - tally.succeeded;
    if (failed > 0) {
      traffic.in.fail(failed, nowMs);
      producer.ring.fail(failed, nowMs);
    }
    if (tally.succeeded === 0) return;
    traffic.in.add(tally.succeeded, tally.bytes, nowMs);
    producer.ring.add(tally.succeeded, tally.bytes, nowMs);
  }

  /** What went through a stream lately; made when it is first asked for. */
  trafficOf(stream: Stream): StreamTraffic {
    stream.traffic ??= new StreamTraffic(this.#names);
    return stream.traffic;
  }

  /** What one call put into one shard. */
  wroteShard(stream: Stream, shard: Shard, records: number, bytes: number): void {
    this.trafficOf(stream).shard(shard.identity.index).in.add(records, bytes, this.#clock.now());
    this.#addToShard(stream, shard, "IncomingRecords", records);
    this.#addToShard(stream, shard, "IncomingBytes", bytes);
  }

  throttledWrite(stream: Stream, shard: Shard): void {
    this.trafficOf(stream).shard(shard.identity.index).in.fail(1, this.#clock.now());
    this.#addToShard(stream, shard, "WriteProvisionedThroughputExceeded", 1);
  }

  /** The end of a GetRecords call that began at `startedMs`. */
  got(stream: Stream, shard: Shard, startedMs: number, read: ReadResult, reader: StreamParty): void {
    const nowMs = this.#clock.now();
    this.read(stream, shard, read.next, read.records.length, read.bytes, reader);
    const { totals, getRecords } = this.#countersOf(stream);
    const { length } = read.records;
    totals.outgoingRecords.add(length);
    totals.outgoingBytes.add(read.bytes);
    getRecords.bytes.add(read.bytes, nowMs);
    getRecords.records.add(length, nowMs);
    getRecords.latency.add(nowMs - startedMs, nowMs);
    getRecords.success.add(1, nowMs);
    getRecords.iteratorAge.add(read.millisBehindLatest, nowMs);
    getRecords.throttled.add(0, nowMs);
    this.#addToShard(stream, shard, "OutgoingRecords", length);
    this.#addToShard(stream, shard, "OutgoingBytes", read.bytes);
    this.#addToShard(stream, shard, "IteratorAgeMilliseconds", read.millisBehindLatest);
  }

  /** Records that were read in whatever way; `next` is the offset of the one that comes after them. */
  read(
    stream: Stream,
    shard: Shard,
    next: number,
    records: number,
    bytes: number,
    reader: StreamParty | ConsumerTraffic,
  ): void {
    const nowMs = this.#clock.now();
    const traffic = this.trafficOf(stream);
    const { index } = shard.identity;
    const consumer = "ring" in reader ? reader : traffic.reader(reader);
    consumer.read(index, next, records, bytes, nowMs);
    if (records === 0) return;
    traffic.out.add(records, bytes, nowMs);
    traffic.shard(index).out.add(records, bytes, nowMs);
  }

  throttledRead(stream: Stream, shard: Shard, reader: StreamParty): void {
    const nowMs = this.#clock.now();
    const traffic = this.trafficOf(stream);
    traffic.shard(shard.identity.index).out.fail(1, nowMs);
    traffic.reader(reader).ring.fail(1, nowMs);
    const { totals, getRecords } = this.#countersOf(stream);
    totals.throttledReads.add(1);
    getRecords.throttled.add(1, nowMs);
    getRecords.success.add(0, nowMs);
    this.#addToShard(stream, shard, "ReadProvisionedThroughputExceeded", 1);
  }

  /** The counters of a consumer, to be kept by its subscription. */
  consumer(stream: Stream, name: string): ConsumerSeries {
    return this.#countersOf(stream).consumer(name);
  }

  /** What a registered consumer reads, to be kept by its subscription. */
  subscriber(stream: Stream, name: string, arn: string, party: CallParty): ConsumerTraffic {
    return this.trafficOf(stream).subscriber(name, arn, party);
  }

  subscribed(consumer: ConsumerSeries): void {
    const nowMs = this.#clock.now();
    consumer.success.add(1, nowMs);
    consumer.rateExceeded.add(0, nowMs);
  }

  subscriptionRefused(consumer: ConsumerSeries): void {
    const nowMs = this.#clock.now();
    consumer.success.add(0, nowMs);
    consumer.rateExceeded.add(1, nowMs);
  }

  /** An event that was handed to a subscriber. */
  pushed(
    stream: Stream,
    shard: Shard,
    consumer: ConsumerSeries,
    read: ReadResult,
    reader: ConsumerTraffic,
  ): void {
    const nowMs = this.#clock.now();
    this.read(stream, shard, read.next, read.records.length, read.bytes, reader);
    const { totals } = this.#countersOf(stream);
    const { length } = read.records;
    totals.outgoingRecords.add(length);
    totals.outgoingBytes.add(read.bytes);
    consumer.eventBytes.add(read.bytes, nowMs);
    consumer.eventRecords.add(length, nowMs);
    consumer.eventBehind.add(read.millisBehindLatest, nowMs);
    consumer.eventSuccess.add(1, nowMs);
    this.#addToShard(stream, shard, "OutgoingRecords", length);
    this.#addToShard(stream, shard, "OutgoingBytes", read.bytes);
  }

  #addToShard(stream: Stream, shard: Shard, metric: keyof ShardSeries, value: number): void {
    const { monitoring } = stream.document;
    if (monitoring.length === 0 || !monitoring.includes(metric)) return;
    this.#countersOf(stream).shard(shard.id)[metric].add(value, this.#clock.now());
  }

  #countersOf(stream: Stream): StreamCounters {
    stream.counters ??= this.#newCounters(stream);
    return stream.counters;
  }

  #newCounters(stream: Stream): StreamCounters {
    const totals = {
      incomingRecords: seriesOf(this.#incomingRecords, stream),
      incomingBytes: seriesOf(this.#incomingBytes, stream),
      outgoingRecords: seriesOf(this.#outgoingRecords, stream),
      outgoingBytes: seriesOf(this.#outgoingBytes, stream),
      throttledWrites: seriesOf(this.#throttledWrites, stream),
      throttledReads: seriesOf(this.#throttledReads, stream),
    };
    return new StreamCounters(totals, this.#sink, stream.document);
  }
}

function seriesOf(family: MetricFamily<Series>, { document }: Stream): Series {
  return family.with(document.name, document.account, document.region);
}
