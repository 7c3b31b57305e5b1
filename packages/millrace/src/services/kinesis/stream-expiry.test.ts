import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis, texts } from "./test-kinesis.ts";

const hourMs = 3_600_000;
const split = (kinesis: TestKinesis): Promise<unknown> =>
  kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit: "0", NewStartingHashKey: "9" });
const shardIds = async (kinesis: TestKinesis): Promise<(string | undefined)[]> => {
  const { Shards } = await kinesis.run("ListShards", { StreamName: "orders" });
  return Shards?.map(({ ShardId }) => ShardId?.at(-1)) ?? [];
};

describe.each([{ onDisk: false }, { onDisk: true }])("expiry, %j", (where) => {
  it("keeps a closed shard until its last record has expired, then deletes its log", async () => {
    await using kinesis = await TestKinesis.start(where);
    const stream = await kinesis.stream();
    await kinesis.put(stream, "last");
    const ShardIterator = await kinesis.iterator(stream);
    await split(kinesis);
    await kinesis.pass();
    await kinesis.pass(24 * hourMs - 120_000);
    expect(await shardIds(kinesis)).toEqual(["0", "1", "2"]);
    expect(texts(await kinesis.records(stream))).toEqual(["last"]);
    await kinesis.pass(60_000);
    await kinesis.pass(60_000);
    await kinesis.pass(60_000);
    expect(await shardIds(kinesis)).toEqual(["1", "2"]);
    expect(await kinesis.logs.list()).toEqual([`${stream.document.id}.1`, `${stream.document.id}.2`]);
    expect(await codeOf(kinesis.iterator(stream))).toBe("ResourceNotFoundException");
    expect(await codeOf(kinesis.run("GetRecords", { ShardIterator }))).toBe("ExpiredIteratorException");
    expect(kinesis.logged).toEqual([]);
  });

  it("keeps an open shard whose records have expired", async () => {
    await using kinesis = await TestKinesis.start(where);
    const stream = await kinesis.stream();
    const old = await kinesis.put(stream, "old");
    await kinesis.pass(25 * hourMs);
    expect(await kinesis.records(stream)).toEqual([]);
    const StartingSequenceNumber = old.sequence;
    const ShardIterator = await kinesis.iterator(stream, {
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      StartingSequenceNumber,
    });
    const fresh = await kinesis.put(stream, "new");
    expect(BigInt(fresh.sequence)).toBeGreaterThan(BigInt(old.sequence));
    expect(texts((await kinesis.run("GetRecords", { ShardIterator })).Records)).toEqual(["new"]);
  });

  it("does not expire a shard under a longer retention", async () => {
    await using kinesis = await TestKinesis.start(where);
    const stream = await kinesis.stream();
    await kinesis.run("IncreaseStreamRetentionPeriod", { StreamName: "orders", RetentionPeriodHours: 72 });
    await kinesis.put(stream, "kept");
    await split(kinesis);
    await kinesis.pass();
    await kinesis.pass(48 * hourMs);
    expect(texts(await kinesis.records(stream))).toEqual(["kept"]);
    await kinesis.run("DecreaseStreamRetentionPeriod", { StreamName: "orders", RetentionPeriodHours: 24 });
    expect(await kinesis.records(stream)).toEqual([]);
    await kinesis.run("IncreaseStreamRetentionPeriod", { StreamName: "orders", RetentionPeriodHours: 72 });
    expect(await kinesis.records(stream)).toEqual([]);
    await kinesis.pass(60_000);
    expect(await shardIds(kinesis)).toEqual(["1", "2"]);
  });

  it("goes on with the other streams when the log of one fails", async () => {
    await using kinesis = await TestKinesis.start(where);
    const broken = await kinesis.stream({ StreamName: "broken" });
    await kinesis.stream();
    await split(kinesis);
    await kinesis.pass();
    await broken.shards.get(0)?.log.close();
    await kinesis.pass(24 * hourMs);
    await kinesis.pass(60_000);
    expect(kinesis.logged.join("\n")).toContain("settling a log failed");
    expect(await shardIds(kinesis)).toEqual(["1", "2"]);
    await kinesis.run("AddTagsToStream", { StreamName: "broken", Tags: { a: "b" } });
    expect(broken.document.tags).toEqual({ a: "b" });
  });
});
