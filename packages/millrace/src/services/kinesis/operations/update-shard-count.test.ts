import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

const scale = (kinesis: TestKinesis, TargetShardCount: number): Promise<unknown> =>
  kinesis.run("UpdateShardCount", { StreamName: "orders", TargetShardCount, ScalingType: "UNIFORM_SCALING" });

describe("UpdateShardCount", () => {
  it("answers the counts and scales while the stream is UPDATING", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    expect(await scale(kinesis, 4)).toEqual({
      StreamName: "orders",
      StreamARN: stream.arn,
      CurrentShardCount: 2,
      TargetShardCount: 4,
    });
    expect([stream.document.status, stream.openShards.length]).toEqual(["UPDATING", 2]);
    await kinesis.pass();
    expect([stream.document.status, stream.openShards.length]).toEqual(["ACTIVE", 4]);
    await scale(kinesis, 3);
    await kinesis.pass();
    expect(stream.openShards).toHaveLength(3);
  });

  it("at most doubles or halves", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 5 });
    expect((await errorOf(scale(kinesis, 11))).message).toBe(
      "UpdateShardCount cannot more than double current open shard count. Current open shard count: 5 Target shard count: 11",
    );
    expect(await codeOf(scale(kinesis, 2))).toBe("InvalidArgumentException");
    await scale(kinesis, 3);
  });

  it("is possible ten times in 24 hours", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    for (let i = 0; i < 10; i++) {
      await scale(kinesis, i % 2 === 0 ? 2 : 1);
      await kinesis.pass(60_000);
    }
    expect(await codeOf(scale(kinesis, 2))).toBe("LimitExceededException");
    // The first change was ten minutes ago.
    await kinesis.pass(86_400_000 - 10 * 60_000 - 1);
    expect(await codeOf(scale(kinesis, 2))).toBe("LimitExceededException");
    await kinesis.pass(1);
    await scale(kinesis, 2);
  });

  it("does not count what was refused", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    for (let i = 0; i < 20; i++) expect(await codeOf(scale(kinesis, 9))).toBe("InvalidArgumentException");
    expect(stream.document.countChangesMs).toEqual([]);
  });

  it("keeps to the account's shard limit, but always lets a stream shrink", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: false, settings: { shardLimit: 6 } });
    await kinesis.stream({ ShardCount: 2 });
    await kinesis.stream({ StreamName: "other", ShardCount: 3 });
    expect(await codeOf(scale(kinesis, 4))).toBe("LimitExceededException");
    await scale(kinesis, 3);
    await kinesis.pass();
    await scale(kinesis, 2);
  });

  it("needs a stream that is there, ACTIVE and provisioned", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(scale(kinesis, 2))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(scale(kinesis, 2))).toBe("ResourceInUseException");
    await kinesis.pass();
    await scale(kinesis, 2);
    expect(await codeOf(scale(kinesis, 2))).toBe("ResourceInUseException");
    const StreamModeDetails = { StreamMode: "ON_DEMAND" } as const;
    const spread = await kinesis.stream({ StreamName: "spread", StreamModeDetails });
    const input = { StreamARN: spread.arn, TargetShardCount: 8, ScalingType: "UNIFORM_SCALING" } as const;
    expect(await codeOf(kinesis.run("UpdateShardCount", input))).toBe("ValidationException");
  });
});
