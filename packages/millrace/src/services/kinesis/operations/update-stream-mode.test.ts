import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

const switchTo = (
  kinesis: TestKinesis,
  StreamMode: "ON_DEMAND" | "PROVISIONED",
  WarmThroughputMiBps?: number,
): Promise<unknown> =>
  kinesis.run("UpdateStreamMode", {
    StreamARN: kinesis.find().arn,
    StreamModeDetails: { StreamMode },
    WarmThroughputMiBps,
  });

describe("UpdateStreamMode", () => {
  it("changes the mode and keeps the shards and their records", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    await kinesis.put(stream, "kept", "a");
    await switchTo(kinesis, "ON_DEMAND");
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.pass();
    expect(stream.document).toMatchObject({ status: "ACTIVE", mode: "ON_DEMAND" });
    expect(stream.openShards).toHaveLength(2);
    expect(await kinesis.records(stream)).toHaveLength(1);
    expect(await kinesis.run("DescribeLimits", {})).toMatchObject({
      OpenShardCount: 0,
      OnDemandStreamCount: 1,
    });
  });

  it("is possible twice in 24 hours", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    for (const mode of ["ON_DEMAND", "PROVISIONED"] as const) {
      await switchTo(kinesis, mode);
      await kinesis.pass(3_600_000);
    }
    expect((await errorOf(switchTo(kinesis, "ON_DEMAND"))).code).toBe("LimitExceededException");
    await kinesis.pass(22 * 3_600_000);
    await switchTo(kinesis, "ON_DEMAND");
  });

  it("warms a stream up in accounts that committed themselves", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    expect(await codeOf(switchTo(kinesis, "ON_DEMAND", 6))).toBe("InvalidArgumentException");
    await kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    expect(await codeOf(switchTo(kinesis, "PROVISIONED", 6))).toBe("InvalidArgumentException");
    await switchTo(kinesis, "ON_DEMAND", 6);
    await kinesis.pass();
    expect(stream.openShards).toHaveLength(6);
    expect(stream.document.warmThroughputMiBps).toBe(6);
    await switchTo(kinesis, "PROVISIONED");
    await kinesis.pass();
    expect(stream.document.warmThroughputMiBps).toBeUndefined();
  });

  it("goes back to partition keys in provisioned mode", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
      RecordDistributionStrategy: "AUTO",
    });
    await switchTo(kinesis, "PROVISIONED");
    await kinesis.pass();
    const put = kinesis.run("PutRecord", { StreamARN: stream.arn, Data: Buffer.from("x") });
    expect(await codeOf(put)).toBe("ValidationException");
  });

  it("keeps to the account's limits", async () => {
    await using kinesis = await TestKinesis.start({ settings: { shardLimit: 3 } });
    await kinesis.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    expect(await codeOf(switchTo(kinesis, "PROVISIONED"))).toBe("LimitExceededException");
    for (let i = 1; i < 50; i++)
      await kinesis.run("CreateStream", {
        StreamName: `d${i}`,
        StreamModeDetails: { StreamMode: "ON_DEMAND" },
      });
    const other = await kinesis.stream({ StreamName: "provisioned" });
    const input = { StreamARN: other.arn, StreamModeDetails: { StreamMode: "ON_DEMAND" } } as const;
    expect(await codeOf(kinesis.run("UpdateStreamMode", input))).toBe("LimitExceededException");
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    const StreamARN = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    const input = { StreamARN, StreamModeDetails: { StreamMode: "ON_DEMAND" } } as const;
    expect(await codeOf(kinesis.run("UpdateStreamMode", input))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(kinesis.run("UpdateStreamMode", input))).toBe("ResourceInUseException");
  });
});
