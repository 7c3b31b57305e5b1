import { describe, expect, it } from "vitest";
import type { StreamDocument } from "./document.ts";
import { divideRange, hashKeySpace } from "./hash-key.ts";
import { initialShards, mergeShards, openShards, scaleTo, splitShard } from "./reshard.ts";
import { endingSequenceNumber, startingSequenceNumber } from "./sequence-number.ts";
import { streamDocument } from "./test-stream.ts";

const nowMs = Date.UTC(2026, 5, 1);
const withShards = (count: number): StreamDocument => streamDocument({ shards: initialShards(count, nowMs) });

/** Open ranges cover the space once; children start after their parents ended and touch them. */
function expectSound(document: StreamDocument): void {
  const open = [...openShards(document)].sort((a, b) =>
    BigInt(a.startHashKey) < BigInt(b.startHashKey) ? -1 : 1,
  );
  let next = 0n;
  for (const shard of open) {
    expect(BigInt(shard.startHashKey)).toBe(next);
    next = BigInt(shard.endHashKey) + 1n;
  }
  expect(next).toBe(hashKeySpace.end + 1n);
  document.shards.forEach((shard, position) => {
    expect(shard.index).toBe(position);
    for (const index of [shard.parent, shard.adjacentParent]) {
      if (index === undefined) continue;
      const parent = document.shards[index];
      expect(parent?.closedMs).toBeDefined();
      const ended = endingSequenceNumber(parent ?? shard, Math.floor((parent?.closedMs ?? 0) / 1000));
      expect(BigInt(startingSequenceNumber(shard))).toBeGreaterThan(BigInt(ended));
    }
  });
}

describe("resharding", () => {
  it("splits a shard at a hash key", () => {
    const document = splitShard(withShards(1), 0, "1000", nowMs);
    expectSound(document);
    expect(openShards(document).map((shard) => [shard.index, shard.parent, shard.startHashKey])).toEqual([
      [1, 0, "0"],
      [2, 0, "1000"],
    ]);
  });

  it("merges neighbours, named in either order", () => {
    for (const [index, adjacent] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const document = mergeShards(withShards(3), index, adjacent, nowMs);
      expectSound(document);
      expect(document.shards[3]).toMatchObject({
        parent: index,
        adjacentParent: adjacent,
        startHashKey: "0",
      });
    }
  });

  it.each([
    [1, 2],
    [2, 4],
    [2, 3],
    [3, 2],
    [4, 2],
    [7, 5],
    [5, 9],
    [100, 150],
  ])("scales from %i to %i even shards", (from, target) => {
    const document = scaleTo(withShards(from), target, nowMs);
    expectSound(document);
    const open = openShards(document).map((shard) => shard.startHashKey);
    expect(new Set(open)).toEqual(
      new Set(divideRange(hashKeySpace, target).map(({ start }) => start.toString())),
    );
    expect(open).toHaveLength(target);
  });

  it("leaves an even stream alone", () => {
    expect(scaleTo(withShards(6), 6, nowMs).shards).toHaveLength(6);
  });
});
