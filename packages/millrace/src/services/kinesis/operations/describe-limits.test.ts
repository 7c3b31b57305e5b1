import { describe, expect, it } from "vitest";
import { TestKinesis } from "../test-kinesis.ts";

describe("DescribeLimits", () => {
  it("counts open shards of provisioned streams and streams on demand, each region by itself", async () => {
    await using kinesis = await TestKinesis.start({ settings: { shardLimit: 77 } });
    await kinesis.stream({ ShardCount: 3 });
    await kinesis.stream({ StreamName: "spread", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    await kinesis.run("MergeShards", { StreamName: "orders", ShardToMerge: "0", AdjacentShardToMerge: "1" });
    await kinesis.pass();
    expect(await kinesis.run("DescribeLimits", {})).toEqual({
      ShardLimit: 77,
      OpenShardCount: 2,
      OnDemandStreamCount: 1,
      OnDemandStreamCountLimit: 50,
      ChannelCount: 0,
      ChannelCountLimit: 100,
    });
    const elsewhere = await kinesis.run("DescribeLimits", {}, { region: "eu-west-1" });
    expect(elsewhere).toMatchObject({ OpenShardCount: 0, OnDemandStreamCount: 0 });
    expect(kinesis.resources("DescribeLimits", {})).toEqual(["*"]);
  });
});
