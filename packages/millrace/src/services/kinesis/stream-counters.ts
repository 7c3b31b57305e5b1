import type { Series } from "../../core/metrics.ts";
import type { MetricSeries, MetricSink } from "../../core/telemetry.ts";
import type { StreamDocument } from "./document.ts";

const namespace = "AWS/Kinesis";

/** The counters that Prometheus reads. */
export interface TotalCounters {
  readonly incomingRecords: Series;
  readonly incomingBytes: Series;
  readonly outgoingRecords: Series;
  readonly outgoingBytes: Series;
  readonly throttledWrites: Series;
  readonly throttledReads: Series;
}

type Dimensions = Readonly<Record<string, string>>;
type NewSeries = (name: string, unit: string) => MetricSeries;

/**
 * What is counted of one stream, at hand for each call on it. The series of CloudWatch are made when the
 * first call needs them, so that a stream that nobody uses costs nothing.
 */
export class StreamCounters {
  readonly totals: TotalCounters;
  readonly #sink: MetricSink;
  readonly #document: StreamDocument;
  readonly #shards = new Map<string, ShardSeries>();
  #written: WriteSeries | undefined;
  #putRecord: PutRecordSeries | undefined;
  #putRecords: PutRecordsSeries | undefined;
  #getRecords: GetRecordsSeries | undefined;

  /** @param document any of the stream's: name, account and region never change. */
  constructor(totals: TotalCounters, sink: MetricSink, document: StreamDocument) {
    this.totals = totals;
    this.#sink = sink;
    this.#document = document;
  }

  get written(): WriteSeries {
    this.#written ??= new WriteSeries(this.#maker());
    return this.#written;
  }

  get putRecord(): PutRecordSeries {
    this.#putRecord ??= new PutRecordSeries(this.#maker());
    return this.#putRecord;
  }

  get putRecords(): PutRecordsSeries {
    this.#putRecords ??= new PutRecordsSeries(this.#maker());
    return this.#putRecords;
  }

  get getRecords(): GetRecordsSeries {
    this.#getRecords ??= new GetRecordsSeries(this.#maker());
    return this.#getRecords;
  }

  shard(shardId: string): ShardSeries {
    let series = this.#shards.get(shardId);
    if (series === undefined) {
      series = new ShardSeries(this.#maker({ ShardId: shardId }));
      this.#shards.set(shardId, series);
    }
    return series;
  }

  consumer(name: string): ConsumerSeries {
    return new ConsumerSeries(this.#maker({ ConsumerName: name }));
  }

  #maker(more: Dimensions = {}): NewSeries {
    const { name: stream, account, region } = this.#document;
    const dimensions = { StreamName: stream, ...more };
    return (name, unit) => this.#sink.series({ account, region, namespace, name, dimensions, unit });
  }
}

class WriteSeries {
  readonly bytes: MetricSeries;
  readonly records: MetricSeries;
  readonly throttled: MetricSeries;

  constructor(make: NewSeries) {
    this.bytes = make("IncomingBytes", "Bytes");
    this.records = make("IncomingRecords", "Count");
    this.throttled = make("WriteProvisionedThroughputExceeded", "Count");
  }
}

class PutRecordSeries {
  readonly bytes: MetricSeries;
  readonly latency: MetricSeries;
  readonly success: MetricSeries;

  constructor(make: NewSeries) {
    this.bytes = make("PutRecord.Bytes", "Bytes");
    this.latency = make("PutRecord.Latency", "Milliseconds");
    this.success = make("PutRecord.Success", "Count");
  }
}

class PutRecordsSeries {
  readonly bytes: MetricSeries;
  readonly latency: MetricSeries;
  readonly success: MetricSeries;
  readonly total: MetricSeries;
  readonly succeeded: MetricSeries;
  readonly failed: MetricSeries;
  readonly throttled: MetricSeries;

  constructor(make: NewSeries) {
    this.bytes = make("PutRecords.Bytes", "Bytes");
    this.latency = make("PutRecords.Latency", "Milliseconds");
    this.success = make("PutRecords.Success", "Count");
    this.total = make("PutRecords.TotalRecords", "Count");
    this.succeeded = make("PutRecords.SuccessfulRecords", "Count");
    this.failed = make("PutRecords.FailedRecords", "Count");
    this.throttled = make("PutRecords.ThrottledRecords", "Count");
  }
}

class GetRecordsSeries {
  readonly bytes: MetricSeries;
  readonly records: MetricSeries;
  readonly latency: MetricSeries;
  readonly success: MetricSeries;
  readonly iteratorAge: MetricSeries;
  readonly throttled: MetricSeries;

  constructor(make: NewSeries) {
    this.bytes = make("GetRecords.Bytes", "Bytes");
    this.records = make("GetRecords.Records", "Count");
    this.latency = make("GetRecords.Latency", "Milliseconds");
    this.success = make("GetRecords.Success", "Count");
    this.iteratorAge = make("GetRecords.IteratorAgeMilliseconds", "Milliseconds");
    this.throttled = make("ReadProvisionedThroughputExceeded", "Count");
  }
}

/** What `EnableEnhancedMonitoring` switches on, by the names that it uses. */
export class ShardSeries {
  readonly IncomingBytes: MetricSeries;
  readonly IncomingRecords: MetricSeries;
  readonly IteratorAgeMilliseconds: MetricSeries;
  readonly OutgoingBytes: MetricSeries;
  readonly OutgoingRecords: MetricSeries;
  readonly ReadProvisionedThroughputExceeded: MetricSeries;
  readonly WriteProvisionedThroughputExceeded: MetricSeries;

  constructor(make: NewSeries) {
    this.IncomingBytes = make("IncomingBytes", "Bytes");
    this.IncomingRecords = make("IncomingRecords", "Count");
    this.IteratorAgeMilliseconds = make("IteratorAgeMilliseconds", "Milliseconds");
    this.OutgoingBytes = make("OutgoingBytes", "Bytes");
    this.OutgoingRecords = make("OutgoingRecords", "Count");
    this.ReadProvisionedThroughputExceeded = make("ReadProvisionedThroughputExceeded", "Count");
    this.WriteProvisionedThroughputExceeded = make("WriteProvisionedThroughputExceeded", "Count");
  }
}

/** A consumer's, for as long as one of its subscriptions lasts. */
export class ConsumerSeries {
  readonly rateExceeded: MetricSeries;
  readonly success: MetricSeries;
  readonly eventBytes: MetricSeries;
  readonly eventRecords: MetricSeries;
  readonly eventBehind: MetricSeries;
  readonly eventSuccess: MetricSeries;

  constructor(make: NewSeries) {
    this.rateExceeded = make("SubscribeToShard.RateExceeded", "Count");
    this.success = make("SubscribeToShard.Success", "Count");
    this.eventBytes = make("SubscribeToShardEvent.Bytes", "Bytes");
    this.eventRecords = make("SubscribeToShardEvent.Records", "Count");
    this.eventBehind = make("SubscribeToShardEvent.MillisBehindLatest", "Milliseconds");
    this.eventSuccess = make("SubscribeToShardEvent.Success", "Count");
  }
}
