import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const StreamModeDetails = { StreamMode: "ON_DEMAND" } as const;
const warm = (kinesis: TestKinesis, WarmThroughputMiBps: number): Promise<unknown> =>
  kinesis.run("UpdateStreamWarmThroughput", { StreamName: "orders", WarmThroughputMiBps });
const commit = (kinesis: TestKinesis): Promise<unknown> =>
  kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });

describe("UpdateStreamWarmThroughput", () => {
  it("scales the stream to the target, up and down", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ StreamModeDetails });
    await commit(kinesis);
    expect(await warm(kinesis, 7)).toEqual({
      StreamName: "orders",
      StreamARN: stream.arn,
      WarmThroughput: { TargetMiBps: 7, CurrentMiBps: 4 },
    });
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.pass();
    expect(stream.openShards).toHaveLength(7);
    const { StreamDescriptionSummary } = await kinesis.run("DescribeStreamSummary", { StreamName: "orders" });
    expect(StreamDescriptionSummary?.WarmThroughput).toEqual({ TargetMiBps: 7, CurrentMiBps: 7 });
    await warm(kinesis, 1);
    await kinesis.pass();
    expect(stream.openShards).toHaveLength(4);
  });

  it("needs a stream on demand and an account that committed itself", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ StreamModeDetails });
    expect(await codeOf(warm(kinesis, 5))).toBe("InvalidArgumentException");
    await commit(kinesis);
    expect(await codeOf(warm(kinesis, 10_241))).toBe("LimitExceededException");
    expect(stream.document.status).toBe("ACTIVE");
    const provisioned = await kinesis.stream({ StreamName: "provisioned" });
    const input = { StreamARN: provisioned.arn, WarmThroughputMiBps: 5 };
    expect(await codeOf(kinesis.run("UpdateStreamWarmThroughput", input))).toBe("InvalidArgumentException");
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    await commit(kinesis);
    expect(await codeOf(warm(kinesis, 5))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", StreamModeDetails });
    expect(await codeOf(warm(kinesis, 5))).toBe("ResourceInUseException");
  });
});
