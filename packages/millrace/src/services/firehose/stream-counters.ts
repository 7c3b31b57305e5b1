import type { Series } from "../../core/metrics.ts";
import type { MetricSeries, MetricSink } from "../../core/telemetry.ts";
import type { StreamDocument } from "./document.ts";

const namespace = "AWS/Firehose";

/** The counters that Prometheus reads. */
export interface TotalCounters {
  readonly incomingRecords: Series;
  readonly incomingBytes: Series;
  readonly throttledRecords: Series;
  readonly deliveredRecords: Series;
  readonly deliveredBytes: Series;
  readonly failedRecords: Series;
  readonly failedAttempts: Series;
}

type Unit = "Count" | "Bytes" | "Milliseconds" | "Seconds";

/** What is counted of one delivery stream. A series of CloudWatch is made when the first value for it comes. */
export class StreamCounters {
  readonly totals: TotalCounters;
  readonly #sink: MetricSink;
  readonly #document: StreamDocument;
  readonly #series = new Map<string, MetricSeries>();

  /** @param document any of the stream's: name, account and region never change. */
  constructor(totals: TotalCounters, sink: MetricSink, document: StreamDocument) {
    this.totals = totals;
    this.#sink = sink;
    this.#document = document;
  }

  add(name: string, unit: Unit, value: number, timeMs: number): void {
    let series = this.#series.get(name);
    if (series === undefined) {
      const { account, region, name: stream } = this.#document;
      const dimensions = { DeliveryStreamName: stream };
      series = this.#sink.series({ account, region, namespace, name, dimensions, unit });
      this.#series.set(name, series);
    }
    series.add(value, timeMs);
  }
}
