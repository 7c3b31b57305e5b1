import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

describe("SplitShard", () => {
  it("closes the shard and opens two in its place, while the stream goes on", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const split = {
      StreamName: "orders",
      ShardToSplit: "shardId-000000000000",
      NewStartingHashKey: (2n ** 127n).toString(),
    };
    await kinesis.run("SplitShard", split);
    expect(stream.document.status).toBe("UPDATING");
    expect((await kinesis.put(stream, "before", "b")).shard).toBe("shardId-000000000000");
    await kinesis.pass();
    expect(stream.document.status).toBe("ACTIVE");
    const { Shards } = await kinesis.run("ListShards", {
      StreamName: "orders",
      ShardFilter: { Type: "AT_LATEST" },
    });
    expect(
      Shards?.map(({ ShardId, ParentShardId, HashKeyRange }) => [
        ShardId,
        ParentShardId,
        HashKeyRange?.StartingHashKey,
      ]),
    ).toEqual([
      ["shardId-000000000001", "shardId-000000000000", "0"],
      ["shardId-000000000002", "shardId-000000000000", (2n ** 127n).toString()],
    ]);
    expect((await kinesis.put(stream, "after", "b")).shard).toBe("shardId-000000000002");
    const again = await errorOf(kinesis.run("SplitShard", split));
    expect(again.code).toBe("InvalidArgumentException");
    expect(again.message).toContain("has already been merged or split");
  });

  it.each(["0", "1", (2n ** 127n - 1n).toString(), (2n ** 128n).toString(), "-5", "1e3", "x"])(
    "refuses to split at %s",
    async (NewStartingHashKey) => {
      await using kinesis = await TestKinesis.start();
      const stream = await kinesis.stream({ ShardCount: 2 });
      const { code, message } = await errorOf(
        kinesis.run("SplitShard", {
          StreamName: "orders",
          ShardToSplit: "shardId-000000000000",
          NewStartingHashKey,
        }),
      );
      expect(code).toBe("InvalidArgumentException");
      expect(message).toContain(
        "is not both greater than one plus the shard's StartingHashKey 0 and less than",
      );
      expect(stream.document.status).toBe("ACTIVE");
    },
  );

  it("needs a stream that is there, ACTIVE and provisioned, and a shard of it", async () => {
    await using kinesis = await TestKinesis.start();
    const split = (ShardToSplit: string = "0"): Promise<unknown> =>
      kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit, NewStartingHashKey: "1000" });
    expect(await codeOf(split())).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(split())).toBe("ResourceInUseException");
    await kinesis.pass();
    expect((await errorOf(split("shardId-000000000007"))).message).toBe(
      `Could not find shard shardId-000000000007 in stream orders under account ${account}.`,
    );
    await split();
    expect(await codeOf(split())).toBe("ResourceInUseException");
    await kinesis.pass();
    await kinesis.run("UpdateStreamMode", {
      StreamARN: kinesis.find().arn,
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
    });
    await kinesis.pass();
    expect(await codeOf(split("1"))).toBe("ValidationException");
  });

  it("keeps to the account's shard limit", async () => {
    await using kinesis = await TestKinesis.start({ settings: { shardLimit: 2 } });
    await kinesis.stream({ ShardCount: 2 });
    const split = kinesis.run("SplitShard", {
      StreamName: "orders",
      ShardToSplit: "0",
      NewStartingHashKey: "1000",
    });
    expect(await codeOf(split)).toBe("LimitExceededException");
  });

  it("lets one of two at the same time win", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    const outcomes = await Promise.allSettled(
      ["0", "0", "1"].map((ShardToSplit, i) =>
        kinesis.run("SplitShard", {
          StreamARN: stream.arn,
          ShardToSplit,
          NewStartingHashKey: i === 2 ? (2n ** 127n + 9n).toString() : "9",
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    await kinesis.pass();
    expect(stream.openShards.map(({ id }) => id)).toEqual([
      "shardId-000000000001",
      "shardId-000000000002",
      "shardId-000000000003",
    ]);
  });
});
