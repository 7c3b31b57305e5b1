import { expect, it } from "vitest";
import type { ShardUse, StreamUse } from "../stream-data.ts";
import { busiestShards, maxSamples, measureOf, type Sample, withSample } from "./rate-history.ts";

function shard(shardId: string, perSecond: number, isOpen = true): ShardUse {
  const rate = {
    recordsPerSecond: perSecond,
    bytesPerSecond: perSecond * 10,
    lastSecond: { records: perSecond, bytes: perSecond * 10 },
    lastMinute: { records: perSecond * 60, bytes: perSecond * 600 },
    throttled: 1,
  };
  return {
    shardId,
    isOpen,
    in: rate,
    out: { ...rate, recordsPerSecond: perSecond * 2 },
    records: 0,
    bytes: 0,
  };
}

const limits = {
  writeBytesPerSecond: 1,
  writeRecordsPerSecond: 1,
  readBytesPerSecond: 1,
  readsPerSecond: 1,
  areEnforced: false,
};
const use = (at: number, shards: readonly ShardUse[]): StreamUse => ({
  at,
  limits,
  shards,
  producers: [],
  consumers: [],
});

it("remembers a bounded time, each reading once", () => {
  let samples: readonly Sample[] = [];
  for (let at = 0; at < 2 * maxSamples; at++)
    samples = withSample(withSample(samples, use(at, [])), use(at, []));
  expect(samples).toHaveLength(maxSamples);
  expect(samples.at(-1)?.at).toBe(2 * maxSamples - 1);
});

it("adds shards up, or looks at one", () => {
  const sample = { at: 0, use: use(0, [shard("a", 1), shard("b", 2)]) };
  expect(measureOf(sample, undefined, "inRecords")).toBe(3);
  expect(measureOf(sample, "b", "inBytes")).toBe(20);
  expect(measureOf(sample, "b", "outRecords")).toBe(4);
  expect(measureOf(sample, undefined, "throttled")).toBe(4);
});

it("finds the busiest open shards", () => {
  const shards = [shard("a", 1), shard("b", 5), shard("c", 9, false), shard("d", 3)];
  expect(busiestShards(use(0, shards), 2)).toEqual(["b", "d"]);
});
