import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("DescribeStreamSummary", () => {
  it("shows all but the shards", async () => {
    await using kinesis = await TestKinesis.start();
    const createdAt = new Date(kinesis.clock.now());
    const stream = await kinesis.stream({ ShardCount: 2, MaxRecordSizeInKiB: 2048 });
    await kinesis.consumer(stream);
    const { StreamDescriptionSummary } = await kinesis.run("DescribeStreamSummary", { StreamName: "orders" });
    expect(StreamDescriptionSummary).toEqual({
      StreamName: "orders",
      StreamARN: stream.arn,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: createdAt,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
      OpenShardCount: 2,
      ConsumerCount: 1,
      MaxRecordSizeInKiB: 2048,
      ChannelCount: 0,
    });
  });

  it("shows how records are distributed for streams on demand only", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const { StreamDescriptionSummary } = await kinesis.run("DescribeStreamSummary", { StreamName: "orders" });
    expect(StreamDescriptionSummary).toMatchObject({
      OpenShardCount: 4,
      RecordDistributionStrategy: "USER_PARTITION_KEY",
    });
  });

  it("counts open shards only", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    await kinesis.run("MergeShards", { StreamARN: stream.arn, ShardToMerge: "0", AdjacentShardToMerge: "1" });
    await kinesis.pass();
    const { StreamDescriptionSummary } = await kinesis.run("DescribeStreamSummary", {
      StreamARN: stream.arn,
    });
    expect(StreamDescriptionSummary?.OpenShardCount).toBe(1);
  });

  it("refuses what names no stream", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(kinesis.run("DescribeStreamSummary", {}))).toBe("InvalidArgumentException");
    expect(await codeOf(kinesis.run("DescribeStreamSummary", { StreamName: "orders" }))).toBe(
      "ResourceNotFoundException",
    );
    const notAStream = "arn:aws:sns:us-east-1:000000000000:stream/orders";
    expect(await codeOf(kinesis.run("DescribeStreamSummary", { StreamARN: notAStream }))).toBe(
      "InvalidArgumentException",
    );
  });
});
