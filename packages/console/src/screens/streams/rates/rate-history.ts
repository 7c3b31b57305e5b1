import type { StreamUse } from "../stream-data.ts";

/** Five minutes, read once a second. */
export const maxSamples = 300;

export interface Sample {
  readonly at: number;
  readonly use: StreamUse;
}

/** With a new reading; one that is there already changes nothing. */
export function withSample(samples: readonly Sample[], use: StreamUse): readonly Sample[] {
  if (samples.at(-1)?.at === use.at) return samples;
  return [...samples.slice(-(maxSamples - 1)), { at: use.at, use }];
}

export type Measure = "inRecords" | "inBytes" | "outRecords" | "outBytes" | "throttled";

/** @param shard undefined: all together */
export function measureOf({ use }: Sample, shard: string | undefined, measure: Measure): number {
  let sum = 0;
  for (const each of use.shards) {
    if (shard !== undefined && each.shardId !== shard) continue;
    if (measure === "throttled") sum += each.in.throttled + each.out.throttled;
    else {
      const rate = measure.startsWith("in") ? each.in : each.out;
      sum += measure.endsWith("Records") ? rate.recordsPerSecond : rate.bytesPerSecond;
    }
  }
  return sum;
}

/** Those with the most traffic lately, by their shard ids. */
export function busiestShards(use: StreamUse, most: number): readonly string[] {
  return use.shards
    .filter(({ isOpen }) => isOpen)
    .toSorted((a, b) => b.in.lastMinute.bytes - a.in.lastMinute.bytes || (a.shardId < b.shardId ? -1 : 1))
    .slice(0, most)
    .map(({ shardId }) => shardId)
    .toSorted();
}
