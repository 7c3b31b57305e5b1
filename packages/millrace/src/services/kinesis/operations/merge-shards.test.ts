import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, TestKinesis, texts } from "../test-kinesis.ts";

const merge = (
  a: number,
  b: number,
): { StreamName: string; ShardToMerge: string; AdjacentShardToMerge: string } => ({
  StreamName: "orders",
  ShardToMerge: `shardId-00000000000${a}`,
  AdjacentShardToMerge: `shardId-00000000000${b}`,
});

describe("MergeShards", () => {
  it("puts one shard in the place of two neighbours, named in either order", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 4 });
    await kinesis.put(stream, "before", "a");
    await kinesis.run("MergeShards", merge(1, 0));
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.put(stream, "during", "a");
    await kinesis.pass();
    const after = await kinesis.put(stream, "after", "a");
    expect(after.shard).toBe("shardId-000000000004");
    expect(texts(await kinesis.records(stream))).toEqual(["before", "during"]);
    expect(texts(await kinesis.records(stream, after.shard))).toEqual(["after"]);
    const { Shards } = await kinesis.run("ListShards", {
      StreamName: "orders",
      ExclusiveStartShardId: "shardId-000000000003",
    });
    expect(Shards).toMatchObject([
      {
        ParentShardId: "shardId-000000000001",
        AdjacentParentShardId: "shardId-000000000000",
        HashKeyRange: { StartingHashKey: "0", EndingHashKey: (2n ** 127n - 1n).toString() },
      },
    ]);
  });

  it("refuses shards that do not touch, a shard with itself, closed and unknown ones", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 4 });
    const apart = await errorOf(kinesis.run("MergeShards", merge(0, 2)));
    expect([apart.code, apart.message]).toEqual([
      "InvalidArgumentException",
      `Shards shardId-000000000000 and shardId-000000000002 in stream orders under account ${account} are not an adjacent pair of shards eligible for merging`,
    ]);
    expect(await codeOf(kinesis.run("MergeShards", merge(3, 3)))).toBe("InvalidArgumentException");
    expect(await codeOf(kinesis.run("MergeShards", merge(3, 9)))).toBe("ResourceNotFoundException");
    await kinesis.run("MergeShards", merge(0, 1));
    await kinesis.pass();
    expect(await codeOf(kinesis.run("MergeShards", merge(1, 2)))).toBe("InvalidArgumentException");
    await kinesis.run("MergeShards", merge(4, 2));
  });

  it("needs a stream that is there, ACTIVE and provisioned", async () => {
    await using kinesis = await TestKinesis.start();
    const run = (): Promise<string> => codeOf(kinesis.run("MergeShards", merge(0, 1)));
    expect(await run()).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 2 });
    expect(await run()).toBe("ResourceInUseException");
    await kinesis.pass();
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await run()).toBe("ResourceInUseException");
    await kinesis.pass();
    await kinesis.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    expect(await run()).toBe("ValidationException");
  });
});
