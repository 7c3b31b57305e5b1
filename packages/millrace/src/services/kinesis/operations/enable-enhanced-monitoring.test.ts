import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("EnableEnhancedMonitoring", () => {
  it("adds metrics, and answers those before and those now", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const enable = (ShardLevelMetrics: ("IncomingBytes" | "OutgoingBytes")[]): Promise<unknown> =>
      kinesis.run("EnableEnhancedMonitoring", { StreamName: "orders", ShardLevelMetrics });
    expect(await enable(["OutgoingBytes"])).toEqual({
      StreamName: "orders",
      StreamARN: stream.arn,
      CurrentShardLevelMetrics: [],
      DesiredShardLevelMetrics: ["OutgoingBytes"],
    });
    expect(await enable(["OutgoingBytes", "IncomingBytes"])).toMatchObject({
      CurrentShardLevelMetrics: ["OutgoingBytes"],
      DesiredShardLevelMetrics: ["IncomingBytes", "OutgoingBytes"],
    });
    const { StreamDescription } = await kinesis.run("DescribeStream", { StreamName: "orders" });
    expect(StreamDescription?.EnhancedMonitoring).toEqual([
      { ShardLevelMetrics: ["IncomingBytes", "OutgoingBytes"] },
    ]);
  });

  it("takes ALL for each of the seven", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const answer = await kinesis.run("EnableEnhancedMonitoring", {
      StreamARN: stream.arn,
      ShardLevelMetrics: ["ALL", "IncomingBytes"],
    });
    expect(answer.DesiredShardLevelMetrics).toHaveLength(7);
    expect(answer.DesiredShardLevelMetrics).not.toContain("ALL");
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    const enable = (): Promise<string> =>
      codeOf(kinesis.run("EnableEnhancedMonitoring", { StreamName: "orders", ShardLevelMetrics: ["ALL"] }));
    expect(await enable()).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await enable()).toBe("ResourceInUseException");
  });
});
