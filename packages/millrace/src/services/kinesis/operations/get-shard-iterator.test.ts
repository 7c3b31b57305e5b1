import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, TestKinesis, texts } from "../test-kinesis.ts";

describe("GetShardIterator", () => {
  it("begins at each of the five positions", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const puts: { sequence: string; atMs: number }[] = [];
    for (const text of ["a", "b", "c"]) {
      puts.push({ sequence: (await kinesis.put(stream, text)).sequence, atMs: kinesis.clock.now() });
      await kinesis.pass(10);
    }
    const read = async (input: Parameters<TestKinesis["iterator"]>[1]): Promise<string[]> => {
      const ShardIterator = await kinesis.iterator(stream, input);
      return texts((await kinesis.run("GetRecords", { ShardIterator })).Records);
    };
    const StartingSequenceNumber = puts[1]?.sequence;
    const second = puts[1]?.atMs ?? 0;
    expect(await read({})).toEqual(["a", "b", "c"]);
    expect(await read({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber })).toEqual([
      "b",
      "c",
    ]);
    expect(await read({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber })).toEqual(["c"]);
    expect(await read({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(second) })).toEqual([
      "b",
      "c",
    ]);
    expect(await read({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(second + 1) })).toEqual(["c"]);
    expect(await read({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(0) })).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(await read({ ShardIteratorType: "LATEST" })).toEqual([]);
  });

  it("resolves LATEST when it is asked for, not when it is used", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "before");
    const ShardIterator = await kinesis.iterator(stream, { ShardIteratorType: "LATEST" });
    await kinesis.put(stream, "after");
    expect(texts((await kinesis.run("GetRecords", { ShardIterator })).Records)).toEqual(["after"]);
  });

  it("takes the starting and ending numbers that ListShards answers", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "a");
    await kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit: "0", NewStartingHashKey: "9" });
    await kinesis.pass();
    const { Shards } = await kinesis.run("ListShards", { StreamName: "orders" });
    const range = Shards?.[0]?.SequenceNumberRange;
    const read = async (StartingSequenceNumber: string | undefined): Promise<string[]> => {
      const ShardIterator = await kinesis.iterator(stream, {
        ShardIteratorType: "AT_SEQUENCE_NUMBER",
        StartingSequenceNumber,
      });
      return texts((await kinesis.run("GetRecords", { ShardIterator })).Records);
    };
    expect(await read(range?.StartingSequenceNumber)).toEqual(["a"]);
    expect(await read(range?.EndingSequenceNumber)).toEqual([]);
  });

  it.each([
    [{ ShardIteratorType: "AT_SEQUENCE_NUMBER" }],
    [{ ShardIteratorType: "AFTER_SEQUENCE_NUMBER" }],
    [{ ShardIteratorType: "AT_TIMESTAMP" }],
    [{ ShardIteratorType: "LATEST", StartingSequenceNumber: "0" }],
    [{ ShardIteratorType: "TRIM_HORIZON", Timestamp: new Date(0) }],
    [{ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "0" }],
    [{ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "9".repeat(56) }],
    [{ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(Date.UTC(2099, 0)) }],
  ] as const)("refuses %j", async (input) => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    expect(await codeOf(kinesis.iterator(stream, input))).toBe("InvalidArgumentException");
  });

  it("refuses sequence numbers of another shard or stream", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    const [zero, one] = stream.openShards.map((shard) => shard.startingSequenceNumber);
    const at = (StartingSequenceNumber: string | undefined): Promise<string> =>
      kinesis.iterator(stream, { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber });
    await at(zero);
    expect((await errorOf(at(one))).message).toBe(
      "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call to a shard with shardId-000000000000",
    );
    await kinesis.pass(2_000);
    const other = await kinesis.stream({ StreamName: "other" });
    const { message } = await errorOf(at(other.openShards[0]?.startingSequenceNumber));
    expect(message).toContain("is invalid because it did not come from this stream");
  });

  it("knows the shard, also by a short id, and the stream by name, ARN or id", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ask = (input: object): Promise<unknown> =>
      kinesis.run("GetShardIterator", {
        ShardId: "shardId-000000000000",
        ShardIteratorType: "LATEST",
        ...input,
      });
    for (const by of [{ StreamName: "orders" }, { StreamARN: stream.arn }, { StreamId: stream.document.id }])
      await ask(by);
    await ask({ StreamName: "orders", ShardId: "0" });
    const missing = await errorOf(ask({ StreamName: "orders", ShardId: "shardId-000000000001" }));
    expect([missing.code, missing.message]).toEqual([
      "ResourceNotFoundException",
      `Shard shardId-000000000001 in stream orders under account ${account} does not exist`,
    ]);
    for (const ShardId of ["shard", "shardId--1", "shardId-99999999999999999999"])
      expect(await codeOf(ask({ StreamName: "orders", ShardId }))).toBe("ResourceNotFoundException");
    expect(await codeOf(ask({ StreamName: "orders", DryRun: true }))).toBe("DryRunOperationException");
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await codeOf(ask({ StreamName: "orders" }))).toBe("ResourceNotFoundException");
  });

  it("does not skip what comes next when a sequence number lies beyond the end", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const shard = stream.openShards[0];
    const beyond = (BigInt(shard?.startingSequenceNumber ?? 0) + (1_000n << 80n)).toString();
    const ShardIterator = await kinesis.iterator(stream, {
      ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
      StartingSequenceNumber: beyond,
    });
    await kinesis.put(stream, "next");
    expect(texts((await kinesis.run("GetRecords", { ShardIterator })).Records)).toEqual(["next"]);
  });
});
