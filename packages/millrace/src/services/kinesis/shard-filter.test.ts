import type { ShardFilter, ShardFilterType } from "@aws-sdk/client-kinesis";
import { describe, expect, it } from "vitest";
import type { Input } from "../../gateway/service.ts";
import type { StreamDocument } from "./document.ts";
import { initialShards, splitShard } from "./reshard.ts";
import { filteredShards, shardCondition } from "./shard-filter.ts";
import { streamDocument } from "./test-stream.ts";

const hourMs = 3_600_000;
const createdMs = Date.UTC(2026, 0, 1);

/** Shard 0 from hour 0 to 10; 1 and 2 from then on, 1 until hour 20; 3 and 4 from then on. */
function history(changes: Partial<StreamDocument> = {}): StreamDocument {
  const created = streamDocument({ createdMs, shards: initialShards(1, createdMs) });
  const once = splitShard(created, 0, (2n ** 127n).toString(), createdMs + 10 * hourMs);
  return { ...splitShard(once, 1, (2n ** 126n).toString(), createdMs + 20 * hourMs), ...changes };
}

const listed = (filter: Input<ShardFilter> | undefined, atHour: number, document = history()): number[] =>
  filteredShards(document, shardCondition(document, filter), createdMs + atHour * hourMs).map(
    ({ index }) => index,
  );
const hour = (hours: number): Date => new Date(createdMs + hours * hourMs);

describe("shard filters", () => {
  it.each([
    ["AT_LATEST", [2, 3, 4]],
    ["AT_TRIM_HORIZON", [0]],
    ["FROM_TRIM_HORIZON", [0, 1, 2, 3, 4]],
  ] as const)("%s", (Type, indexes) => {
    expect(listed({ Type, ShardId: undefined, Timestamp: undefined }, 21)).toEqual(indexes);
  });

  it("move with the trim horizon", () => {
    const at = (Type: ShardFilterType, now: number): number[] =>
      listed({ Type, ShardId: undefined, Timestamp: undefined }, now);
    expect(at("AT_TRIM_HORIZON", 34)).toEqual([0, 1, 2]);
    expect(at("AT_TRIM_HORIZON", 35)).toEqual([1, 2]);
    expect(at("FROM_TRIM_HORIZON", 35)).toEqual([1, 2, 3, 4]);
    expect(at("AT_TRIM_HORIZON", 50)).toEqual([2, 3, 4]);
    expect(at("FROM_TRIM_HORIZON", 50)).toEqual([2, 3, 4]);
  });

  it("AFTER_SHARD_ID lists later shards, also after one that has expired", () => {
    const after = (ShardId: string): number[] =>
      listed({ Type: "AFTER_SHARD_ID", ShardId, Timestamp: undefined }, 21);
    expect(after("shardId-000000000001")).toEqual([2, 3, 4]);
    expect(after("shardId-000000000004")).toEqual([]);
    expect(() => after("shardId-000000000005")).toThrow("Could not find shard");
    const shards = history().shards.map((shard) =>
      shard.index === 0 ? { ...shard, expired: true as const } : shard,
    );
    const filter = { Type: "AFTER_SHARD_ID", ShardId: "shardId-000000000000", Timestamp: undefined } as const;
    expect(listed(filter, 40, history({ shards }))).toEqual([1, 2, 3, 4]);
  });

  it.each([
    [5, [0]],
    [10, [0, 1, 2]],
    [15, [1, 2]],
    [20, [1, 2, 3, 4]],
    [20.5, [2, 3, 4]],
    // Before the stream was made: corrected to the trim horizon.
    [-5, [0]],
  ])("AT_TIMESTAMP lists what was open at hour %d", (at, indexes) => {
    expect(listed({ Type: "AT_TIMESTAMP", Timestamp: hour(at), ShardId: undefined }, 21)).toEqual(indexes);
  });

  it.each([
    [5, [0, 1, 2, 3, 4]],
    [10, [0, 1, 2, 3, 4]],
    [10.5, [1, 2, 3, 4]],
    [20.5, [2, 3, 4]],
    [-5, [0, 1, 2, 3, 4]],
  ])("FROM_TIMESTAMP lists what was open at hour %d or later", (at, indexes) => {
    expect(listed({ Type: "FROM_TIMESTAMP", Timestamp: hour(at), ShardId: undefined }, 21)).toEqual(indexes);
  });

  it("is FROM_TRIM_HORIZON when there is none", () => {
    expect(listed(undefined, 21)).toEqual([0, 1, 2, 3, 4]);
  });

  it("list nothing while the stream is CREATING", () => {
    expect(listed(undefined, 21, history({ status: "CREATING" }))).toEqual([]);
  });

  it.each([
    [{ Type: "AFTER_SHARD_ID" }],
    [{ Type: "AT_TIMESTAMP" }],
    [{ Type: "FROM_TIMESTAMP" }],
    [{ Type: "AT_LATEST", ShardId: "shardId-000000000000" }],
    [{ Type: "FROM_TRIM_HORIZON", Timestamp: hour(1) }],
    [{ Type: "FROM_TIMESTAMP", Timestamp: hour(1), ShardId: "shardId-000000000000" }],
  ] as const)("refuse %j", (filter) => {
    const given = { ShardId: undefined, Timestamp: undefined, ...filter };
    expect(() => shardCondition(history(), given)).toThrow(`ShardFilter of type ${filter.Type}`);
  });
});
