import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

const Data = Buffer.from("data");

describe("PutRecord", () => {
  it("answers the shard and a sequence number that grows within it", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const first = await kinesis.put(stream, "first");
    const second = await kinesis.put(stream, "second");
    expect(first.shard).toBe("shardId-000000000000");
    expect(BigInt(second.sequence)).toBeGreaterThan(BigInt(first.sequence));
    const records = await kinesis.records(stream);
    expect(records).toEqual([
      {
        SequenceNumber: first.sequence,
        PartitionKey: "key",
        Data: Buffer.from("first"),
        ApproximateArrivalTimestamp: new Date(kinesis.clock.now()),
      },
      {
        SequenceNumber: second.sequence,
        PartitionKey: "key",
        Data: Buffer.from("second"),
        ApproximateArrivalTimestamp: new Date(kinesis.clock.now()),
      },
    ]);
  });

  it("finds the shard by the MD5 of the key, or by an explicit hash key", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 2 });
    const put = async (PartitionKey: string, ExplicitHashKey?: string): Promise<string | undefined> =>
      (await kinesis.run("PutRecord", { StreamName: "orders", Data, PartitionKey, ExplicitHashKey })).ShardId;
    // md5("a") begins with 0c, md5("b") with 92.
    expect([await put("a"), await put("b")]).toEqual(["shardId-000000000000", "shardId-000000000001"]);
    expect(await put("b", "0")).toBe("shardId-000000000000");
    expect(await put("a", (2n ** 128n - 1n).toString())).toBe("shardId-000000000001");
    expect(await codeOf(put("a", (2n ** 128n).toString()))).toBe("InvalidArgumentException");
  });

  it("takes records up to the stream's record size, key included", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    const put = (bytes: number, PartitionKey: string): Promise<unknown> =>
      kinesis.run("PutRecord", { StreamName: "orders", Data: Buffer.alloc(bytes), PartitionKey });
    await put(1_048_576 - 2, "é");
    const error = await errorOf(put(1_048_576 - 1, "é"));
    expect(error.code).toBe("ValidationException");
    expect(error.message).toContain("Value at 'data' failed to satisfy constraint");
    await put(0, "k");
  });

  it("needs a partition key unless the stream spreads records by itself", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    expect(await codeOf(kinesis.run("PutRecord", { StreamName: "orders", Data }))).toBe(
      "ValidationException",
    );
    const StreamModeDetails = { StreamMode: "ON_DEMAND" } as const;
    await kinesis.stream({ StreamName: "spread", StreamModeDetails, RecordDistributionStrategy: "AUTO" });
    const shards = new Set<string | undefined>();
    for (let i = 0; i < 4; i++)
      shards.add((await kinesis.run("PutRecord", { StreamName: "spread", Data })).ShardId);
    expect(shards.size).toBe(4);
  });

  it("checks SequenceNumberForOrdering", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const { sequence } = await kinesis.put(stream, "first");
    const put = (SequenceNumberForOrdering: string): Promise<{ SequenceNumber: string | undefined }> =>
      kinesis.run("PutRecord", { StreamName: "orders", Data, PartitionKey: "k", SequenceNumberForOrdering });
    expect(BigInt((await put(sequence)).SequenceNumber ?? 0)).toBeGreaterThan(BigInt(sequence));
    expect((await errorOf(put("12345"))).message).toBe(
      `ExclusiveMinimumSequenceNumber 12345 used in PutRecord on stream orders under account ${account} is invalid.`,
    );
  });

  it("only checks when DryRun is set", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const input = { StreamARN: stream.arn, Data, PartitionKey: "k", DryRun: true };
    expect(await codeOf(kinesis.run("PutRecord", input))).toBe("DryRunOperationException");
    expect(await codeOf(kinesis.run("PutRecord", { ...input, Data: Buffer.alloc(2 ** 21) }))).toBe(
      "ValidationException",
    );
    expect(await kinesis.records(stream)).toEqual([]);
  });

  it("takes no records for a stream that is not there, not yet there, or on its way out", async () => {
    await using kinesis = await TestKinesis.start();
    const put = (): Promise<unknown> =>
      kinesis.run("PutRecord", { StreamName: "orders", Data, PartitionKey: "k" });
    expect((await errorOf(put())).message).toBe(`Stream orders under account ${account} not found.`);
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(put())).toBe("ResourceNotFoundException");
    await kinesis.pass();
    await put();
    await kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit: "0", NewStartingHashKey: "9" });
    await put();
    await kinesis.pass();
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await codeOf(put())).toBe("ResourceNotFoundException");
  });

  it("is refused when the shard's throughput is used up", async () => {
    await using kinesis = await TestKinesis.start({ settings: { throughput: { kind: "enforced" } } });
    const stream = await kinesis.stream();
    await kinesis.run("PutRecord", {
      StreamName: "orders",
      Data: Buffer.alloc(1_048_575),
      PartitionKey: "k",
    });
    const error = await errorOf(kinesis.put(stream, "more"));
    expect(error.code).toBe("ProvisionedThroughputExceededException");
    expect(error.message).toBe(
      `Rate exceeded for shard shardId-000000000000 in stream orders under account ${account}.`,
    );
    await kinesis.pass(1_000);
    await kinesis.put(stream, "more");
  });
});
