import { describe, expect, it } from "vitest";
import { initialShards } from "./reshard.ts";
import { streamDocument } from "./test-stream.ts";
import { describeWarmThroughput, warmShards } from "./warm-throughput.ts";

describe("warm throughput", () => {
  it("needs a shard for each MiB a second, and four in any case", () => {
    expect([0, 1, 4, 5, 10_240].map(warmShards)).toEqual([4, 4, 4, 5, 10_240]);
  });

  it("is what the open shards take; nothing while the stream is CREATING", () => {
    const shards = initialShards(5, 0).map((shard) =>
      shard.index === 0 ? { ...shard, closedMs: 1 } : shard,
    );
    const document = streamDocument({ mode: "ON_DEMAND", warmThroughputMiBps: 9, shards });
    expect(describeWarmThroughput(document)).toEqual({ TargetMiBps: 9, CurrentMiBps: 4 });
    expect(describeWarmThroughput({ ...document, status: "CREATING" })).toEqual({
      TargetMiBps: 9,
      CurrentMiBps: 0,
    });
    expect(describeWarmThroughput(streamDocument({ shards }))).toEqual({ CurrentMiBps: 4 });
  });
});
