import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const ids = (shards: readonly { ShardId?: string | undefined }[] | undefined): number[] =>
  (shards ?? []).map(({ ShardId }) => Number(ShardId?.slice("shardId-".length)));

describe("ListShards", () => {
  it("lists open and closed shards with their lineage", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    await kinesis.run("MergeShards", {
      StreamARN: stream.arn,
      ShardToMerge: "shardId-000000000000",
      AdjacentShardToMerge: "shardId-000000000001",
    });
    await kinesis.pass();
    const { Shards, NextToken } = await kinesis.run("ListShards", { StreamName: "orders" });
    expect(NextToken).toBeUndefined();
    expect(Shards?.map((shard) => [shard.ParentShardId, shard.AdjacentParentShardId])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ["shardId-000000000000", "shardId-000000000001"],
    ]);
    const parent = Shards?.[0]?.SequenceNumberRange;
    const child = Shards?.[2]?.SequenceNumberRange;
    expect(BigInt(child?.StartingSequenceNumber ?? 0)).toBeGreaterThan(
      BigInt(parent?.EndingSequenceNumber ?? 0),
    );
  });

  it("pages with a token that keeps the filter and names the stream by itself", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 5 });
    const first = await kinesis.run("ListShards", {
      StreamName: "orders",
      MaxResults: 2,
      ShardFilter: { Type: "AFTER_SHARD_ID", ShardId: "shardId-000000000000" },
    });
    expect(ids(first.Shards)).toEqual([1, 2]);
    const { NextToken } = first;
    expect(await codeOf(kinesis.run("ListShards", { StreamName: "orders", NextToken }))).toBe(
      "InvalidArgumentException",
    );
    expect(await codeOf(kinesis.run("ListShards", { NextToken, ExclusiveStartShardId: "0" }))).toBe(
      "InvalidArgumentException",
    );
    const second = await kinesis.run("ListShards", { NextToken, MaxResults: 10_000 });
    expect(ids(second.Shards)).toEqual([3, 4]);
    expect(second.NextToken).toBeUndefined();
    await kinesis.pass(300_000);
    expect(await codeOf(kinesis.run("ListShards", { NextToken }))).toBe("ExpiredNextTokenException");
    expect(await codeOf(kinesis.run("ListShards", { NextToken: "AAAA" }))).toBe("InvalidArgumentException");
  });

  it("finds no stream that was deleted behind a token", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 2 });
    const { NextToken } = await kinesis.run("ListShards", { StreamName: "orders", MaxResults: 1 });
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.pass();
    expect(await codeOf(kinesis.run("ListShards", { NextToken }))).toBe("ResourceNotFoundException");
  });

  it("begins after a shard", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 3 });
    const after = async (ExclusiveStartShardId: string): Promise<number[]> =>
      ids((await kinesis.run("ListShards", { StreamName: "orders", ExclusiveStartShardId })).Shards);
    expect(await after("shardId-000000000001")).toEqual([2]);
    expect(await after("shardId-000000000002")).toEqual([]);
    expect(await codeOf(after("shardId-000000000003"))).toBe("ResourceNotFoundException");
  });

  it("tells streams of one name apart by their creation time", async () => {
    await using kinesis = await TestKinesis.start();
    const { document } = await kinesis.stream();
    const list = (ms: number): Promise<unknown> =>
      kinesis.run("ListShards", { StreamName: "orders", StreamCreationTimestamp: new Date(ms) });
    await list(document.createdMs);
    await list(document.createdMs + 999);
    expect(await codeOf(list(document.createdMs + 1_000))).toBe("ResourceNotFoundException");
  });

  it("lists no shards while CREATING", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 2 });
    expect((await kinesis.run("ListShards", { StreamName: "orders" })).Shards).toEqual([]);
  });
});
