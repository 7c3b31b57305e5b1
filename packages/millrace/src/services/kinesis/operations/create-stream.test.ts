import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, region, TestKinesis } from "../test-kinesis.ts";

const onDemand = { StreamMode: "ON_DEMAND" } as const;

describe("CreateStream", () => {
  it("makes a stream that is CREATING first and ACTIVE afterwards", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 3, Tags: { team: "a" } });
    const describe = async (): Promise<unknown> =>
      (await kinesis.run("DescribeStreamSummary", { StreamName: "orders" })).StreamDescriptionSummary;
    expect(await describe()).toMatchObject({
      StreamStatus: "CREATING",
      OpenShardCount: 0,
      RetentionPeriodHours: 24,
    });
    await kinesis.pass();
    expect(await describe()).toMatchObject({
      StreamStatus: "ACTIVE",
      OpenShardCount: 3,
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      EncryptionType: "NONE",
      MaxRecordSizeInKiB: 1024,
    });
    const { Tags } = await kinesis.run("ListTagsForStream", { StreamName: "orders" });
    expect(Tags).toEqual([{ Key: "team", Value: "a" }]);
  });

  it("scopes names to an account and a region", async () => {
    await using kinesis = await TestKinesis.start();
    const arns = new Set<string>();
    for (const call of [{}, { account: "111111111111" }, { region: "eu-west-1" }])
      arns.add((await kinesis.stream({}, call)).arn);
    expect([...arns]).toEqual([
      `arn:aws:kinesis:${region}:${account}:stream/orders`,
      `arn:aws:kinesis:${region}:111111111111:stream/orders`,
      `arn:aws:kinesis:eu-west-1:${account}:stream/orders`,
    ]);
  });

  it("refuses a name that is taken, also by a stream that is being made or deleted", async () => {
    await using kinesis = await TestKinesis.start();
    const create = (): Promise<unknown> =>
      kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    const [first, second] = await Promise.allSettled([create(), create()]);
    expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);
    const { code, message } = await errorOf(create());
    expect([code, message]).toEqual([
      "ResourceInUseException",
      `Stream orders under account ${account} already exists.`,
    ]);
    await kinesis.pass();
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await codeOf(create())).toBe("ResourceInUseException");
    await kinesis.pass();
    await create();
  });

  it("has four shards on demand, or what the warm throughput needs", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ StreamModeDetails: onDemand });
    expect(stream.openShards).toHaveLength(4);
    const warm = { StreamName: "warm", StreamModeDetails: onDemand, WarmThroughputMiBps: 6 };
    expect(await codeOf(kinesis.run("CreateStream", warm))).toBe("InvalidArgumentException");
    await kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    expect((await kinesis.stream(warm)).openShards).toHaveLength(6);
    expect(
      await codeOf(kinesis.run("CreateStream", { ...warm, StreamName: "hot", WarmThroughputMiBps: 10_241 })),
    ).toBe("LimitExceededException");
  });

  it.each([
    [{}],
    [{ StreamModeDetails: onDemand, ShardCount: 1 }],
    [{ ShardCount: 1, WarmThroughputMiBps: 5 }],
    [{ ShardCount: 1, RecordDistributionStrategy: "AUTO" }],
    [{ ShardCount: 1, Tags: { "aws:x": "y" } }],
    [{ ShardCount: 1, Tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ""])) }],
  ] as const)("refuses %j", async (input) => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(kinesis.run("CreateStream", { StreamName: "orders", ...input }))).toBe(
      "InvalidArgumentException",
    );
    expect(kinesis.state.streams.size).toBe(0);
  });

  it("keeps to the account's limits of shards and of streams on demand", async () => {
    await using kinesis = await TestKinesis.start({ settings: { shardLimit: 5 } });
    await kinesis.stream({ ShardCount: 3 });
    const error = await errorOf(kinesis.run("CreateStream", { StreamName: "more", ShardCount: 3 }));
    expect(error.code).toBe("LimitExceededException");
    expect(error.message).toContain(
      "Current shard count for the account: 3. Limit: 5. Number of additional shards that would have resulted from this request: 3.",
    );
    await kinesis.run("CreateStream", { StreamName: "more", ShardCount: 3 }, { region: "eu-west-1" });
    for (let i = 0; i < 50; i++)
      await kinesis.run("CreateStream", { StreamName: `d${i}`, StreamModeDetails: onDemand });
    expect(
      await codeOf(kinesis.run("CreateStream", { StreamName: "d50", StreamModeDetails: onDemand })),
    ).toBe("LimitExceededException");
  });
});
