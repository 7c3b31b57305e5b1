import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis, texts } from "../test-kinesis.ts";

describe("GetRecords", () => {
  it("answers records from the iterator on, and where to go on", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    for (const text of ["a", "b", "c"]) await kinesis.put(stream, text);
    const first = await kinesis.run("GetRecords", {
      ShardIterator: await kinesis.iterator(stream),
      Limit: 2,
    });
    expect(texts(first.Records)).toEqual(["a", "b"]);
    const second = await kinesis.run("GetRecords", { ShardIterator: first.NextShardIterator });
    expect(texts(second.Records)).toEqual(["c"]);
    const third = await kinesis.run("GetRecords", { ShardIterator: second.NextShardIterator });
    expect(third.Records).toEqual([]);
    await kinesis.put(stream, "d");
    const fourth = await kinesis.run("GetRecords", { ShardIterator: third.NextShardIterator });
    expect(texts(fourth.Records)).toEqual(["d"]);
  });

  it("says how far behind the newest record the reader is", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "a");
    await kinesis.pass(4_000);
    await kinesis.put(stream, "b");
    await kinesis.pass(1_000);
    const first = await kinesis.run("GetRecords", {
      ShardIterator: await kinesis.iterator(stream),
      Limit: 1,
    });
    expect(first.MillisBehindLatest).toBe(5_000);
    const second = await kinesis.run("GetRecords", { ShardIterator: first.NextShardIterator });
    expect(second.MillisBehindLatest).toBe(0);
  });

  it("ends at the end of a closed shard, with its children", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "a");
    await kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit: "0", NewStartingHashKey: "1000" });
    await kinesis.pass();
    const read = await kinesis.run("GetRecords", { ShardIterator: await kinesis.iterator(stream) });
    expect(texts(read.Records)).toEqual(["a"]);
    expect(read.NextShardIterator).toBeUndefined();
    expect(read.ChildShards).toEqual([
      {
        ShardId: "shardId-000000000001",
        ParentShards: ["shardId-000000000000"],
        HashKeyRange: { StartingHashKey: "0", EndingHashKey: "999" },
      },
      {
        ShardId: "shardId-000000000002",
        ParentShards: ["shardId-000000000000"],
        HashKeyRange: { StartingHashKey: "1000", EndingHashKey: (2n ** 128n - 1n).toString() },
      },
    ]);
    const late = await kinesis.run("GetRecords", {
      ShardIterator: await kinesis.iterator(stream, { ShardIteratorType: "LATEST" }),
    });
    expect(late).toMatchObject({ Records: [], MillisBehindLatest: 0 });
    expect(late.NextShardIterator).toBeUndefined();
  });

  it("refuses iterators older than five minutes, with AWS's text", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ShardIterator = await kinesis.iterator(stream);
    await kinesis.pass(300_000);
    await kinesis.run("GetRecords", { ShardIterator });
    await kinesis.pass(1);
    const error = await errorOf(kinesis.run("GetRecords", { ShardIterator }));
    expect(error.code).toBe("ExpiredIteratorException");
    expect(error.message).toBe(
      "Iterator expired. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right now it is " +
        "Thu Jan 01 00:05:00 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.",
    );
  });

  it("refuses what is no iterator, or one of another stream", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const other = await kinesis.stream({ StreamName: "other" });
    const ShardIterator = await kinesis.iterator(stream);
    const get = (input: { ShardIterator: string; StreamARN?: string }): Promise<unknown> =>
      kinesis.run("GetRecords", input);
    for (const forged of ["x", `${ShardIterator.slice(0, -8)}AAAAAAA=`, "A".repeat(104)])
      expect(await codeOf(get({ ShardIterator: forged }))).toBe("InvalidArgumentException");
    expect(await codeOf(get({ ShardIterator, StreamARN: other.arn }))).toBe("InvalidArgumentException");
    await get({ ShardIterator, StreamARN: stream.arn });
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.pass();
    expect(await codeOf(get({ ShardIterator }))).toBe("ResourceNotFoundException");
  });

  it("only checks when DryRun is set", async () => {
    await using kinesis = await TestKinesis.start();
    const ShardIterator = await kinesis.iterator(await kinesis.stream());
    expect(await codeOf(kinesis.run("GetRecords", { ShardIterator, DryRun: true }))).toBe(
      "DryRunOperationException",
    );
    expect(await codeOf(kinesis.run("GetRecords", { ShardIterator: "x", DryRun: true }))).toBe(
      "InvalidArgumentException",
    );
  });

  it("serves five calls a second when limits are enforced for the stream", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { "millrace:limits": "enforced" } });
    const ShardIterator = await kinesis.iterator(stream);
    const get = (): Promise<unknown> => kinesis.run("GetRecords", { ShardIterator });
    for (let i = 0; i < 5; i++) await get();
    expect(await codeOf(get())).toBe("ProvisionedThroughputExceededException");
    await kinesis.pass(200);
    await get();
  });

  it("asks the policy engine about the iterator's stream", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ShardIterator = await kinesis.iterator(stream);
    expect(kinesis.resources("GetRecords", { ShardIterator })).toEqual([stream.arn]);
    expect(kinesis.resources("GetRecords", { ShardIterator: "x", StreamARN: "arn:x" })).toEqual(["arn:x"]);
    expect(kinesis.resources("GetRecords", { ShardIterator: "x" })).toEqual(["*"]);
  });
});
