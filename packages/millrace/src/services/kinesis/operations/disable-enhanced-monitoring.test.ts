import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("DisableEnhancedMonitoring", () => {
  it("removes metrics, ALL of them or some", async () => {
    await using kinesis = await TestKinesis.start();
    const { arn } = await kinesis.stream();
    const enable = {
      StreamName: "orders",
      ShardLevelMetrics: ["IncomingBytes", "OutgoingBytes", "IncomingRecords"],
    } as const;
    await kinesis.run("EnableEnhancedMonitoring", {
      ...enable,
      ShardLevelMetrics: [...enable.ShardLevelMetrics],
    });
    const some = await kinesis.run("DisableEnhancedMonitoring", {
      StreamName: "orders",
      ShardLevelMetrics: ["OutgoingBytes", "OutgoingRecords"],
    });
    expect(some).toEqual({
      StreamName: "orders",
      StreamARN: arn,
      CurrentShardLevelMetrics: ["IncomingBytes", "IncomingRecords", "OutgoingBytes"],
      DesiredShardLevelMetrics: ["IncomingBytes", "IncomingRecords"],
    });
    const all = await kinesis.run("DisableEnhancedMonitoring", {
      StreamARN: arn,
      ShardLevelMetrics: ["ALL"],
    });
    expect(all.DesiredShardLevelMetrics).toEqual([]);
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    const disable = (): Promise<string> =>
      codeOf(kinesis.run("DisableEnhancedMonitoring", { StreamName: "orders", ShardLevelMetrics: ["ALL"] }));
    expect(await disable()).toBe("ResourceNotFoundException");
    await kinesis.stream();
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await disable()).toBe("ResourceInUseException");
  });
});
