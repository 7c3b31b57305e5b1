import { describe, expect, it } from "vitest";
import { account, codeOf, TestKinesis } from "../test-kinesis.ts";

describe("DescribeStream", () => {
  it("shows the stream and its shards", async () => {
    await using kinesis = await TestKinesis.start();
    const createdAt = new Date(kinesis.clock.now());
    const stream = await kinesis.stream({ ShardCount: 2 });
    const { StreamDescription } = await kinesis.run("DescribeStream", { StreamName: "orders" });
    expect(StreamDescription).toEqual({
      StreamName: "orders",
      StreamARN: stream.arn,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: createdAt,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
      HasMoreShards: false,
      Shards: [
        {
          ShardId: "shardId-000000000000",
          HashKeyRange: { StartingHashKey: "0", EndingHashKey: "170141183460469231731687303715884105727" },
          SequenceNumberRange: { StartingSequenceNumber: stream.openShards[0]?.startingSequenceNumber },
        },
        {
          ShardId: "shardId-000000000001",
          HashKeyRange: {
            StartingHashKey: "170141183460469231731687303715884105728",
            EndingHashKey: "340282366920938463463374607431768211455",
          },
          SequenceNumberRange: { StartingSequenceNumber: stream.openShards[1]?.startingSequenceNumber },
        },
      ],
    });
  });

  it("shows no shards while CREATING", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 2 });
    const { StreamDescription } = await kinesis.run("DescribeStream", { StreamName: "orders" });
    expect(StreamDescription).toMatchObject({ StreamStatus: "CREATING", Shards: [], HasMoreShards: false });
  });

  it("pages through the shards, at most 100 at a time", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 150 });
    const page = async (
      Limit?: number,
      ExclusiveStartShardId?: string,
    ): Promise<[number, boolean | undefined]> => {
      const { StreamDescription } = await kinesis.run("DescribeStream", {
        StreamName: "orders",
        Limit,
        ExclusiveStartShardId,
      });
      return [StreamDescription?.Shards?.length ?? 0, StreamDescription?.HasMoreShards];
    };
    expect(await page()).toEqual([100, true]);
    expect(await page(10_000)).toEqual([100, true]);
    expect(await page(7, "shardId-000000000099")).toEqual([7, true]);
    expect(await page(100, "shardId-000000000099")).toEqual([50, false]);
    expect(await page(100, "shardId-000000000149")).toEqual([0, false]);
    expect(await codeOf(page(1, "shardId-000000000150"))).toBe("ResourceNotFoundException");
    expect(await codeOf(page(1, "nonsense"))).toBe("ResourceNotFoundException");
  });

  it("shows lineage and the end of closed shards, and the key of an encrypted stream", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.run("SplitShard", {
      StreamName: "orders",
      ShardToSplit: "shardId-000000000000",
      NewStartingHashKey: "1000",
    });
    await kinesis.pass();
    await kinesis.run("StartStreamEncryption", {
      StreamARN: stream.arn,
      EncryptionType: "KMS",
      KeyId: "alias/mine",
    });
    await kinesis.pass();
    const { StreamDescription } = await kinesis.run("DescribeStream", { StreamId: stream.document.id });
    expect(StreamDescription).toMatchObject({ EncryptionType: "KMS", KeyId: "alias/mine" });
    expect(StreamDescription?.Shards?.map(({ ParentShardId }) => ParentShardId)).toEqual([
      undefined,
      "shardId-000000000000",
      "shardId-000000000000",
    ]);
    const ends = StreamDescription?.Shards?.map(
      ({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber !== undefined,
    );
    expect(ends).toEqual([true, false, false]);
  });

  it("finds streams of the caller's account and region only, unless by ARN", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({}, { account: "111111111111", region: "eu-west-1" });
    expect(await codeOf(kinesis.run("DescribeStream", { StreamName: "orders" }))).toBe(
      "ResourceNotFoundException",
    );
    const byArn = await kinesis.run("DescribeStream", { StreamARN: stream.arn });
    expect(byArn.StreamDescription?.StreamARN).toBe(stream.arn);
    expect(await codeOf(kinesis.run("DescribeStream", { StreamARN: stream.arn, StreamName: "other" }))).toBe(
      "InvalidArgumentException",
    );
    const missing = `arn:aws:kinesis:us-east-1:${account}:stream/missing`;
    expect(await codeOf(kinesis.run("DescribeStream", { StreamARN: missing }))).toBe(
      "ResourceNotFoundException",
    );
  });
});
