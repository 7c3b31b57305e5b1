import type { MetricSeries, MetricSink } from "../../../core/telemetry.ts";
import { parseStreamArn } from "../arn.ts";
import type { ChannelDocument } from "./channel-document.ts";

const prefix = "DeliveryToS3";

type Metric =
  | "BytesIn"
  | "BytesOut"
  | "BytesProcessed"
  | "DLQDeliverySuccess"
  | "DataFreshness"
  | "DeliverySuccess"
  | "FailedRecordCount"
  | "RecordCount"
  | "SuccessfulRecordCount";

/** What CloudWatch is told of one channel. */
export class ChannelCounters {
  readonly #sink: MetricSink;
  readonly #document: ChannelDocument;
  readonly #series = new Map<Metric, MetricSeries>();

  /** @param document any of the channel's: its names never change. */
  constructor(sink: MetricSink, document: ChannelDocument) {
    this.#sink = sink;
    this.#document = document;
  }

  add(metric: Metric, value: number, timeMs: number): void {
    let series = this.#series.get(metric);
    if (series === undefined) {
      series = this.#make(metric);
      this.#series.set(metric, series);
    }
    series.add(value, timeMs);
  }

  #make(metric: Metric): MetricSeries {
    const { account, region, id, name, streamArn } = this.#document;
    const { stream } = parseStreamArn(streamArn);
    return this.#sink.series({
      account,
      region,
      namespace: "AWS/Kinesis",
      name: `${prefix}.${metric}`,
      dimensions: { ChannelId: id, ChannelName: name, StreamName: stream },
      unit: metric === "DataFreshness" ? "Seconds" : metric.startsWith("Bytes") ? "Bytes" : "Count",
    });
  }
}
