import { describe, expect, it } from "vitest";
import { type ReadLimits, type ReadResult, readRecords } from "./record-reader.ts";
import type { Shard } from "./shard.ts";
import type { Stream } from "./stream.ts";
import { TestKinesis, texts } from "./test-kinesis.ts";

const hourMs = 3_600_000;
const generous = { maxRecords: 10_000, maxBytes: 10_485_760 };

function only(stream: Stream): Shard {
  const shard = stream.shards.get(0);
  if (shard === undefined) throw new Error("the stream has no shard");
  return shard;
}

async function putAll(kinesis: TestKinesis, all: readonly string[]): Promise<void> {
  const Records = all.map((text) => ({ Data: Buffer.from(text), PartitionKey: "k" }));
  await kinesis.run("PutRecords", { StreamName: "orders", Records });
}

describe("readRecords", () => {
  it("stops at the number of records, inside a batch and across batches", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    for (const batch of [["a", "b", "c"], ["d"], ["e", "f"]]) await putAll(kinesis, batch);
    for (let size = 1; size <= 7; size++) {
      const found: string[][] = [];
      for (let next = 0; next < 6; ) {
        const limits = { ...generous, maxRecords: size };
        const read = await readRecords(stream.document, only(stream), next, limits, kinesis.clock.now());
        expect(read.records.length).toBeGreaterThan(0);
        expect(read.records.length).toBeLessThanOrEqual(size);
        expect(read.next).toBe(next + read.records.length);
        found.push(texts(read.records));
        next = read.next;
      }
      expect(found.flat()).toEqual(["a", "b", "c", "d", "e", "f"]);
    }
  });

  it("stops at the bytes of keys and data, but always gives one record", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await putAll(kinesis, ["x".repeat(99), "y".repeat(99), "z".repeat(99)]);
    const read = (maxBytes: number): Promise<ReadResult> =>
      readRecords(stream.document, only(stream), 0, { ...generous, maxBytes }, kinesis.clock.now());
    expect([(await read(1)).bytes, (await read(1)).records.length]).toEqual([100, 1]);
    expect((await read(199)).records).toHaveLength(1);
    expect([(await read(200)).bytes, (await read(200)).records.length]).toEqual([200, 2]);
    expect((await read(300)).records).toHaveLength(3);
  });

  it("steps over what has expired, before the log deletes it", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const startMs = kinesis.clock.now();
    await putAll(kinesis, ["old", "old too"]);
    await kinesis.pass(hourMs);
    await putAll(kinesis, ["new"]);
    const at = (nowMs: number): Promise<ReadResult> =>
      readRecords(stream.document, only(stream), 0, generous, nowMs);
    expect(texts((await at(startMs + 24 * hourMs)).records)).toEqual(["old", "old too", "new"]);
    expect(texts((await at(startMs + 24 * hourMs + 1)).records)).toEqual(["new"]);
    expect(await at(startMs + 26 * hourMs)).toEqual({
      records: [],
      bytes: 0,
      next: 3,
      millisBehindLatest: 0,
    });
    const trimmed = { ...stream.document, trimmedBeforeMs: startMs + 1 };
    const read = await readRecords(trimmed, only(stream), 0, generous, kinesis.clock.now());
    expect(texts(read.records)).toEqual(["new"]);
  });

  it("begins at the first record that is left when the asked one was deleted", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await putAll(kinesis, ["deleted"]);
    await kinesis.pass(hourMs);
    await putAll(kinesis, ["kept"]);
    await kinesis.pass(23 * hourMs + 60_000);
    await only(stream).log.trim();
    expect(only(stream).log.firstOffset).toBe(1);
    const read = await readRecords(stream.document, only(stream), 0, generous, kinesis.clock.now());
    expect(texts(read.records)).toEqual(["kept"]);
  });

  it("is behind by the age of the last record it gave, and not at all at the end", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    for (const text of ["a", "b", "c"]) {
      await putAll(kinesis, [text]);
      await kinesis.pass(1_000);
    }
    const behind = async (limits: Partial<ReadLimits>, from: number): Promise<number> =>
      (
        await readRecords(
          stream.document,
          only(stream),
          from,
          { ...generous, ...limits },
          kinesis.clock.now(),
        )
      ).millisBehindLatest;
    expect(await behind({ maxRecords: 1 }, 0)).toBe(3_000);
    expect(await behind({ maxRecords: 1 }, 1)).toBe(2_000);
    expect(await behind({ maxRecords: 1 }, 2)).toBe(0);
    expect(await behind({}, 0)).toBe(0);
    expect(await behind({}, 3)).toBe(0);
  });
});
