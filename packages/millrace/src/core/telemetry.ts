/** What a metric is called and belongs to. */
export interface MetricIdentity {
  readonly account: string;
  readonly region: string;
  /** `AWS/Kinesis` */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** One of CloudWatch's units: `Count`, `Bytes`, `Milliseconds`. */
  readonly unit: string;
}

/** One value of a metric. */
export interface MetricValue extends MetricIdentity {
  readonly value: number;
  /** How often it occurred; once when left out. */
  readonly count?: number;
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
}

/** A metric at hand, for those who add to it often: adding neither looks anything up nor allocates. */
export interface MetricSeries {
  /** @param timeMs milliseconds since the epoch. */
  add(value: number, timeMs: number): void;
}

/**
 * Where services publish their metrics. Both calls are synchronous and cheap; values are added up by the
 * minute in memory and written now and then, so that a crash may lose the newest of them.
 */
export interface MetricSink {
  record(value: MetricValue): void;
  series(identity: MetricIdentity): MetricSeries;
}

/** Where services write log lines for their users. The group and the stream are made when they are missing. */
export interface LogSink {
  /** Resolves when the line is durable. @param timeMs milliseconds since the epoch. */
  write(
    account: string,
    region: string,
    group: string,
    stream: string,
    timeMs: number,
    message: string,
  ): Promise<void>;
}

const nothing: MetricSeries = Object.freeze({ add: (): void => {} });

/** For a Millrace without CloudWatch. */
export const noMetrics: MetricSink = Object.freeze({
  record: (): void => {},
  series: (): MetricSeries => nothing,
});
