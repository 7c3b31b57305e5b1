import type { TrafficFigures } from "../../core/traffic/traffic-ring.ts";

/** A rate as answers show it. */
export interface RateAnswer {
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly lastSecond: { readonly records: number; readonly bytes: number };
  readonly lastMinute: { readonly records: number; readonly bytes: number };
}

export interface ConsumerShardAnswer {
  readonly shardId: string;
  readonly behindRecords: number;
  readonly behindBytes: number;
  readonly lagMs: number;
  readonly lastAt: number | undefined;
  readonly recordsPerSecond: number;
  /** Of a lease. */
  readonly owner?: string | undefined;
  readonly checkpoint?: string | undefined;
}

/** Who reads a stream. */
export interface ConsumerAnswer extends RateAnswer {
  /** The same as long as the consumer is the same. */
  readonly id: string;
  readonly kind: "polling" | "fan-out" | "application" | "delivery" | "channel" | "kcl";
  readonly name: string;
  readonly arn?: string | undefined;
  readonly principal?: string | undefined;
  /** `Boto3 1.40.1` */
  readonly library?: string | undefined;
  readonly status?: string | undefined;
  readonly lastAt: number | undefined;
  /** Over all shards: the longest time, and sums. */
  readonly lagMs: number;
  readonly behindRecords: number;
  readonly behindBytes: number;
  readonly errorsLastMinute: number;
  /** Records of each of the last seconds. */
  readonly history: readonly number[];
  readonly shards: readonly ConsumerShardAnswer[];
}

export function rateAnswer({
  recordsPerSecond,
  bytesPerSecond,
  lastSecond,
  lastMinute,
}: TrafficFigures): RateAnswer {
  const { records, bytes } = lastMinute;
  return {
    recordsPerSecond: rounded(recordsPerSecond),
    bytesPerSecond: rounded(bytesPerSecond),
    lastSecond,
    lastMinute: { records, bytes },
  };
}

/** Three digits: what has ended a minute ago is 0 and not 0.0000006. */
export function rounded(value: number): number {
  return value < 0.005 ? 0 : value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** What is said of all shards together. */
export function totalsOf(
  shards: readonly ConsumerShardAnswer[],
): Pick<ConsumerAnswer, "lagMs" | "behindRecords" | "behindBytes"> {
  let [lagMs, behindRecords, behindBytes] = [0, 0, 0];
  for (const shard of shards) {
    lagMs = Math.max(lagMs, shard.lagMs);
    behindRecords += shard.behindRecords;
    behindBytes += shard.behindBytes;
  }
  return { lagMs, behindRecords, behindBytes };
}
