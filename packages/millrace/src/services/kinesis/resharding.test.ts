import { describe, expect, it } from "vitest";
import { hashKeyOf } from "./hash-key.ts";
import type { Stream } from "./stream.ts";
import { TestKinesis, texts } from "./test-kinesis.ts";

/** The same numbers in every run: Lehmer's generator. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** One random split, merge or change of the count, where it is possible. */
async function reshard(kinesis: TestKinesis, stream: Stream, pick: (below: number) => number): Promise<void> {
  const open = [...stream.openShards].sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  const at = pick(open.length);
  const [shard, next] = [open[at], open[at + 1]];
  const StreamName = stream.document.name;
  const kind = pick(3);
  if (kind === 0 && next !== undefined && shard !== undefined) {
    await kinesis.run("MergeShards", { StreamName, ShardToMerge: shard.id, AdjacentShardToMerge: next.id });
  } else if (kind === 1 && stream.document.countChangesMs.length < 10) {
    const TargetShardCount = open.length < 4 ? open.length * 2 : Math.ceil(open.length / 2);
    await kinesis.run("UpdateShardCount", { StreamName, TargetShardCount, ScalingType: "UNIFORM_SCALING" });
  } else if (shard !== undefined) {
    const NewStartingHashKey = ((shard.range.start + shard.range.end) / 2n).toString();
    await kinesis.run("SplitShard", { StreamName, ShardToSplit: shard.id, NewStartingHashKey });
  }
  await kinesis.pass();
}

/** Puts the next number of a key when the last one is acknowledged; now and then several at once. */
async function write(
  kinesis: TestKinesis,
  key: string,
  count: number,
  pick: (below: number) => number,
): Promise<void> {
  for (let next = 0; next < count; ) {
    const some = Math.min(1 + pick(4), count - next);
    const Records = Array.from({ length: some }, (_, i) => ({
      Data: Buffer.from(`${key}:${next + i}`),
      PartitionKey: key,
    }));
    const { FailedRecordCount } = await kinesis.run("PutRecords", { StreamName: "orders", Records });
    expect(FailedRecordCount).toBe(0);
    next += some;
  }
}

describe.each([{ onDisk: false }, { onDisk: true }])("resharding while records are put, %j", (where) => {
  it.each([1, 2, 3])(
    "loses none and keeps each key's order, parents before children (seed %i)",
    async (seed) => {
      await using kinesis = await TestKinesis.start(where);
      const stream = await kinesis.stream({ ShardCount: 2 });
      const pick = numbers(seed);
      const keys = Array.from({ length: 12 }, (_, i) => `key-${i}`);
      const writers = keys.map((key) => write(kinesis, key, 60, numbers(seed * 100 + key.length)));
      for (let i = 0; i < 8; i++) await reshard(kinesis, stream, pick);
      await Promise.all(writers);
      expect(stream.document.shards.length).toBeGreaterThan(8);
      const seen = new Map<string, number[]>(keys.map((key) => [key, []]));
      // A shard's index is greater than its parents', so this order visits parents first.
      for (const shard of stream.shards.values()) {
        for (const text of texts(await kinesis.records(stream, shard.id))) {
          const [key = "", number] = text.split(":");
          const hashKey = hashKeyOf(key);
          expect(shard.range.start <= hashKey && hashKey <= shard.range.end).toBe(true);
          seen.get(key)?.push(Number(number));
        }
      }
      for (const key of keys) expect(seen.get(key)).toEqual(Array.from({ length: 60 }, (_, i) => i));
      for (const shard of stream.shards.values()) expect(shard.log.sealed).toBe(!shard.isOpen);
    },
  );
});
