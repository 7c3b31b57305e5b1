import { describe, expect, it } from "vitest";
import type { Stream } from "../stream.ts";
import { TestKinesis, texts } from "../test-kinesis.ts";
import type { ReplayRange } from "./replay-range.ts";
import { StreamReplay } from "./stream-replay.ts";

const everything: ReplayRange = { from: { kind: "oldest" }, to: undefined };
const party = { principal: { arn: "arn:aws:iam::000000000000:root" }, userAgent: "millrace-replay" };

function replayOf(
  kinesis: TestKinesis,
  source: Stream,
  target: Stream,
  range: ReplayRange = everything,
  options: { readonly ratePerSecond?: number; readonly signal?: AbortSignal } = {},
): StreamReplay {
  const { ratePerSecond, signal = new AbortController().signal } = options;
  const [sourceId, targetId] = [source.document.id, target.document.id];
  return new StreamReplay(kinesis.state, { sourceId, targetId, range, ratePerSecond, party }, signal);
}

async function put(kinesis: TestKinesis, StreamName: string, key: string, text: string): Promise<string> {
  const input = { StreamName, PartitionKey: key, Data: Buffer.from(text) };
  const { SequenceNumber } = await kinesis.run("PutRecord", input);
  return SequenceNumber ?? "";
}

/** The texts of each partition key, in the order in which a reader of the stream meets them. */
async function byKey(kinesis: TestKinesis, stream: Stream): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { id } of stream.shards.values())
    for (const record of await kinesis.records(stream, id)) {
      found[record.PartitionKey ?? ""] ??= [];
      found[record.PartitionKey ?? ""]?.push(...texts([record]));
    }
  return found;
}

describe("StreamReplay", () => {
  it("copies all records with their keys, in order also through a split, into another number of shards", async () => {
    await using kinesis = await TestKinesis.start();
    const source = await kinesis.stream();
    const target = await kinesis.stream({ StreamName: "copy", ShardCount: 3 });
    for (let i = 0; i < 40; i++) await put(kinesis, "orders", `key-${i % 5}`, String(i));
    const half = (1n << 127n).toString();
    const split = { StreamName: "orders", ShardToSplit: "shardId-000000000000", NewStartingHashKey: half };
    await kinesis.run("SplitShard", split);
    await kinesis.pass();
    for (let i = 40; i < 80; i++) await put(kinesis, "orders", `key-${i % 5}`, String(i));
    const replay = replayOf(kinesis, source, target);
    await replay.run();
    expect(replay.progress).toMatchObject({ copiedRecords: 80, totalRecords: 80 });
    const copied = await byKey(kinesis, target);
    expect(Object.keys(copied).sort()).toEqual(["key-0", "key-1", "key-2", "key-3", "key-4"]);
    for (const [key, found] of Object.entries(copied))
      expect(found).toEqual(Array.from({ length: 16 }, (_, i) => String(Number(key.slice(4)) + i * 5)));
  });

  it("keeps explicit hash keys", async () => {
    await using kinesis = await TestKinesis.start();
    const source = await kinesis.stream();
    const target = await kinesis.stream({ StreamName: "copy", ShardCount: 2 });
    const ExplicitHashKey = ((1n << 128n) - 1n).toString();
    for (const key of ["a", "b", "c", "d"])
      await kinesis.run("PutRecord", {
        ...{ StreamName: "orders", PartitionKey: key, ExplicitHashKey },
        Data: Buffer.from(key),
      });
    await replayOf(kinesis, source, target).run();
    expect(texts(await kinesis.records(target, "shardId-000000000001"))).toEqual(["a", "b", "c", "d"]);
  });

  it("copies what lies between two times, or behind a sequence number", async () => {
    await using kinesis = await TestKinesis.start();
    const source = await kinesis.stream();
    const numbers: string[] = [];
    const startMs = kinesis.clock.now();
    for (let i = 0; i < 6; i++) {
      numbers.push(await put(kinesis, "orders", "k", String(i)));
      kinesis.clock.advance(1_000);
    }
    const times = await kinesis.stream({ StreamName: "times" });
    const time = (seconds: number) => ({ kind: "time", timeMs: startMs + seconds * 1_000 }) as const;
    await replayOf(kinesis, source, times, { from: time(1), to: time(4) }).run();
    expect(texts(await kinesis.records(times))).toEqual(["1", "2", "3"]);
    const behind = await kinesis.stream({ StreamName: "behind" });
    const from = { kind: "sequence", sequenceNumber: numbers[4] ?? "" } as const;
    await replayOf(kinesis, source, behind, { from, to: undefined }).run();
    expect(texts(await kinesis.records(behind))).toEqual(["4", "5"]);
  });

  it("ends with what was there when it began", async () => {
    await using kinesis = await TestKinesis.start();
    const source = await kinesis.stream();
    const target = await kinesis.stream({ StreamName: "copy" });
    await put(kinesis, "orders", "k", "before");
    const running = replayOf(kinesis, source, target, everything, { ratePerSecond: 1 }).run();
    await put(kinesis, "orders", "k", "later");
    for (let i = 0; i < 10; i++) await kinesis.pass(1_000);
    await running;
    expect(texts(await kinesis.records(target))).toEqual(["before"]);
  });

  it("goes as fast as it is told, by the clock", async () => {
    await using kinesis = await TestKinesis.start();
    const source = await kinesis.stream();
    const target = await kinesis.stream({ StreamName: "copy" });
    for (let i = 0; i < 20; i++) await put(kinesis, "orders", "k", String(i));
    const replay = replayOf(kinesis, source, target, everything, { ratePerSecond: 10 });
    const running = replay.run();
    for (let step = 0; step < 15; step++) await kinesis.pass(100);
    expect(replay.progress.copiedRecords).toBeGreaterThanOrEqual(10);
    expect(replay.progress.copiedRecords).toBeLessThanOrEqual(17);
    for (let step = 0; step < 20; step++) await kinesis.pass(100);
    await running;
    expect(replay.progress.copiedRecords).toBe(20);
  });

  it("ends when it is told to, with what it has copied", async () => {
    await using kinesis = await TestKinesis.start();
    const source = await kinesis.stream();
    const target = await kinesis.stream({ StreamName: "copy" });
    for (let i = 0; i < 20; i++) await put(kinesis, "orders", "k", String(i));
    const stop = new AbortController();
    const replay = replayOf(kinesis, source, target, everything, { ratePerSecond: 10, signal: stop.signal });
    const running = replay.run();
    for (let step = 0; step < 5; step++) await kinesis.pass(100);
    stop.abort(new Error("cancelled"));
    await expect(running).rejects.toThrow("cancelled");
    const copied = texts(await kinesis.records(target));
    expect(copied.length).toBeGreaterThan(0);
    expect(copied).toEqual(Array.from({ length: copied.length }, (_, i) => String(i)));
  });

  it("is not held up by the target's limits, which would change the order", async () => {
    await using kinesis = await TestKinesis.start({ settings: { throughput: { kind: "off" } } });
    const source = await kinesis.stream();
    const target = await kinesis.stream({ StreamName: "copy", Tags: { "millrace:limits": "enforced" } });
    for (let i = 0; i < 1_200; i++) await put(kinesis, "orders", "k", String(i));
    await replayOf(kinesis, source, target).run();
    expect(texts(await kinesis.records(target))).toEqual(Array.from({ length: 1_200 }, (_, i) => String(i)));
  });

  it("says what keeps it from going on", async () => {
    await using kinesis = await TestKinesis.start();
    const source = await kinesis.stream({ MaxRecordSizeInKiB: 10_240 });
    const target = await kinesis.stream({ StreamName: "copy" });
    const other = await put(kinesis, "copy", "k", "x");
    const from = { kind: "sequence", sequenceNumber: other } as const;
    kinesis.clock.advance(5_000);
    const third = await kinesis.stream({ StreamName: "third" });
    await put(kinesis, "third", "k", "x");
    await expect(replayOf(kinesis, third, target, { from, to: undefined }).run()).rejects.toMatchObject({
      code: "InvalidSequenceNumber",
    });
    await put(kinesis, "orders", "k", "x".repeat(2 * 1024 * 1024));
    await expect(replayOf(kinesis, source, target).run()).rejects.toMatchObject({
      name: "ReplayError",
      code: "ValidationException",
    });
    await kinesis.run("DeleteStream", { StreamName: "copy" });
    await expect(replayOf(kinesis, source, target).run()).rejects.toMatchObject({
      code: "ResourceNotFound",
    });
  });
});
