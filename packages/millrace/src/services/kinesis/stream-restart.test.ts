import { describe, expect, it } from "vitest";
import { splitShard } from "./reshard.ts";
import { codeOf, TestKinesis, texts } from "./test-kinesis.ts";

describe("a restart", () => {
  it("finds streams, records and sequence numbers again, and goes on behind them", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream({ ShardCount: 2 });
    const before = [await kinesis.put(stream, "1"), await kinesis.put(stream, "2")];
    const iterator = await kinesis.iterator(stream, { ShardId: before[0]?.shard });
    await kinesis.restart();
    const again = kinesis.find();
    expect(again.document).toEqual(stream.document);
    const after = await kinesis.put(again, "3");
    const { Records } = await kinesis.run("GetRecords", { ShardIterator: iterator });
    expect(Records?.map(({ SequenceNumber }) => SequenceNumber)).toEqual(
      [...before, after].map(({ sequence }) => sequence),
    );
    expect(texts(Records)).toEqual(["1", "2", "3"]);
  });

  it("finishes a creation", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 3 });
    await kinesis.restart();
    expect(kinesis.find().document.status).toBe("CREATING");
    await kinesis.pass();
    expect([kinesis.find().document.status, kinesis.find().openShards.length]).toEqual(["ACTIVE", 3]);
    await kinesis.put(kinesis.find(), "works");
  });

  it("finishes a deletion", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    await kinesis.put(await kinesis.stream(), "old");
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.restart();
    expect(kinesis.find().document.status).toBe("DELETING");
    await kinesis.pass();
    expect([kinesis.state.streams.size, await kinesis.logs.list()]).toEqual([0, []]);
  });

  const StreamName = "orders";
  const changes: readonly (readonly [string, (kinesis: TestKinesis) => Promise<unknown>, number])[] = [
    [
      "a split",
      (kinesis) => kinesis.run("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" }),
      3,
    ],
    [
      "a merge",
      (kinesis) => kinesis.run("MergeShards", { StreamName, ShardToMerge: "0", AdjacentShardToMerge: "1" }),
      1,
    ],
    [
      "a change of the shard count",
      (kinesis) =>
        kinesis.run("UpdateShardCount", { StreamName, TargetShardCount: 4, ScalingType: "UNIFORM_SCALING" }),
      4,
    ],
    [
      "the start of encryption",
      (kinesis) =>
        kinesis.run("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "alias/mine" }),
      2,
    ],
  ];

  it.each(changes)("finishes %s", async (_what, change, openShards) => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const created = await kinesis.stream({ ShardCount: 2 });
    await kinesis.put(created, "before", "a");
    await change(kinesis);
    await kinesis.restart();
    const stream = kinesis.find();
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.put(stream, "during", "a");
    await kinesis.pass();
    expect([stream.document.status, stream.openShards.length]).toEqual(["ACTIVE", openShards]);
    expect(stream.document.pending).toBeUndefined();
    await kinesis.put(stream, "after", "a");
    const all: string[] = [];
    for (const shard of stream.shards.values()) all.push(...texts(await kinesis.records(stream, shard.id)));
    expect(all).toEqual(["before", "during", "after"]);
  });

  it("finishes what consumers were in", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream();
    const leaving = await kinesis.consumer(stream, "leaving");
    await kinesis.run("RegisterStreamConsumer", { StreamARN: stream.arn, ConsumerName: "coming" });
    await kinesis.run("DeregisterStreamConsumer", { ConsumerARN: leaving });
    await kinesis.restart();
    await kinesis.pass();
    expect(kinesis.find().document.consumers).toMatchObject([{ name: "coming", status: "ACTIVE" }]);
  });

  it("seals and opens what a crash right after the commit of a split left undone", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const { document } = await kinesis.stream();
    await kinesis.put(kinesis.find(), "parent");
    const put = splitShard(document, 0, "1000", kinesis.clock.now());
    await kinesis.store.commit([{ collection: "streams", key: document.id, put }]);
    await kinesis.restart();
    const stream = kinesis.find();
    expect(stream.shards.get(0)?.log.sealed).toBe(true);
    expect((await kinesis.put(stream, "child")).shard).toBe("shardId-000000000002");
    const end = await kinesis.run("GetRecords", { ShardIterator: await kinesis.iterator(stream) });
    expect(texts(end.Records)).toEqual(["parent"]);
    expect(end.ChildShards).toHaveLength(2);
  });

  it("deletes logs that no stream names, and no others", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream();
    await kinesis.put(stream, "kept");
    // A crash between making the logs of a split's children and committing the split.
    await kinesis.logs.open(`${stream.document.id}.1`);
    await kinesis.logs.open("abcdefghijklmnopqrst-uvw.0");
    await kinesis.restart();
    expect(await kinesis.logs.list()).toEqual([`${stream.document.id}.0`]);
    expect(kinesis.logged).toHaveLength(2);
    expect(texts(await kinesis.records(kinesis.find()))).toEqual(["kept"]);
  });

  it("knows which shards have expired", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    await kinesis.stream();
    await kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit: "0", NewStartingHashKey: "9" });
    await kinesis.pass();
    await kinesis.pass(25 * 3_600_000);
    await kinesis.restart();
    const { Shards } = await kinesis.run("ListShards", { StreamName: "orders" });
    expect(Shards?.map(({ ShardId }) => ShardId)).toEqual(["shardId-000000000001", "shardId-000000000002"]);
    expect(await codeOf(kinesis.iterator(kinesis.find()))).toBe("ResourceNotFoundException");
    expect(kinesis.find().document.shards).toHaveLength(3);
  });
});
