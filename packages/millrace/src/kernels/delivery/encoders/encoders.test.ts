import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, inflateRawSync, zstdDecompressSync } from "node:zlib";
import { uncompressSync } from "snappy";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { silentLogger } from "../../../core/logger.ts";
import { Random } from "../../../formats/parquet/test-random-table.ts";
import type { DeliveryRecord } from "../record.ts";
import type { BatchEncoder, EncodedBatch } from "../sink.ts";
import { EncoderFailedError, EncoderPool } from "./encoder-pool.ts";
import { type Compression, Encoders } from "./encoders.ts";
import { collect, conversionOf, readParquet, recordsOf } from "./test-conversion.ts";

let folder = "";
let spool = "";
let deaths = "";
let pool: EncoderPool;
const clock = new ManualClock();

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-encoders-"));
  spool = path.join(folder, "spool");
  deaths = path.join(folder, "deaths");
  fs.mkdirSync(deaths);
  process.env["MILLRACE_TEST_DEATHS"] = deaths;
  pool = new EncoderPool({ log: silentLogger, script: new URL("./test-dying-worker.ts", import.meta.url) });
});

afterEach(async () => {
  await pool.close();
  fs.rmSync(folder, { recursive: true });
});

function open(memoryBytes?: number): Promise<Encoders> {
  const options = { spoolDirectory: spool, clock, pool };
  return Encoders.open(memoryBytes === undefined ? options : { ...options, memoryBytes });
}

async function finished(encoder: BatchEncoder): Promise<EncodedBatch> {
  const batch = await encoder.finish();
  if (batch === undefined) throw new Error("the batch is empty");
  return batch;
}

function randomRecords(random: Random, count: number, maxBytes: number): DeliveryRecord[] {
  return recordsOf(
    Array.from({ length: count }, () => {
      const line = `{"n":${random.below(1e9)},"word":"${random.pick(["ay", "bee", "sea"])}"}`;
      return Buffer.from(line.repeat(1 + random.below(Math.max(1, maxBytes / line.length))));
    }),
  );
}

function plainOf(records: readonly DeliveryRecord[]): Buffer {
  return Buffer.concat(records.map((record) => record.data));
}

/** The one entry of an archive, found by its central directory. */
function unzip(bytes: Buffer): Buffer {
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  expect(bytes.readUInt16LE(end + 10)).toBe(1);
  const entry = bytes.readUInt32LE(end + 16);
  expect(bytes.readUInt32LE(entry)).toBe(0x02014b50);
  const from = 30 + bytes.readUInt16LE(entry + 28);
  const data = inflateRawSync(bytes.subarray(from, from + bytes.readUInt32LE(entry + 20)));
  expect(data.length).toBe(bytes.readUInt32LE(entry + 24));
  return data;
}

/** Blocks behind a header: their lengths stand `lengthAt` before them. */
function unsnappy(bytes: Buffer, headerBytes: number, hasPlainLength: boolean): Buffer {
  const parts: Buffer[] = [];
  for (let at = headerBytes; at < bytes.length; ) {
    const plainBytes = hasPlainLength ? bytes.readUInt32BE(at) : undefined;
    if (hasPlainLength) at += 4;
    const length = bytes.readUInt32BE(at);
    const part = Buffer.from(
      uncompressSync(bytes.subarray(at + 4, at + 4 + length), { copyOutputData: true }),
    );
    if (plainBytes !== undefined) expect(part.length).toBe(plainBytes);
    parts.push(part);
    at += 4 + length;
  }
  // All blocks but the last are as large as snappy-java makes them, however they were cut for the spool.
  expect(parts.slice(0, -1).every((part) => part.length === 32_768)).toBe(true);
  return Buffer.concat(parts);
}

const formats: readonly [Compression, string | undefined, (bytes: Buffer) => Buffer][] = [
  ["UNCOMPRESSED", undefined, (bytes) => bytes],
  ["GZIP", "gzip", (bytes) => gunzipSync(bytes)],
  ["ZIP", "zip", unzip],
  ["Snappy", "snappy-java", (bytes) => unsnappy(bytes, 16, false)],
  ["HADOOP_SNAPPY", "hadoop-snappy", (bytes) => unsnappy(bytes, 0, true)],
  ["ZSTD", "zstd", (bytes) => zstdDecompressSync(bytes)],
];

describe.each(formats)("%s", (compression, contentEncoding, decode) => {
  test.each([1, 2, 3, 4])("what goes in comes out, seed %i", async (seed) => {
    const random = new Random(seed);
    const encoders = await open(random.pick([undefined, 10_000, 500_000]));
    const records = randomRecords(random, random.pick([1, 30, 300]), random.pick([1, 5_000, 40_000]));
    const encoder = encoders.bytes(compression);
    for (let at = 0; at < records.length; ) {
      const count = 1 + random.below(50);
      expect(await encoder.add(records.slice(at, at + count))).toEqual([]);
      at += count;
    }
    const batch = await finished(encoder);
    const bytes = await collect(batch);
    expect(decode(bytes).equals(plainOf(records))).toBe(true);
    expect(batch).toMatchObject({ recordCount: records.length, sizeBytes: bytes.length });
    expect(batch.contentEncoding).toBe(contentEncoding);
    expect((await collect(batch)).equals(bytes)).toBe(true);
    await batch.dispose();
    expect(encoders.heldBytes).toBe(0);
    expect(fs.readdirSync(spool)).toEqual([]);
  });

  test("records without data are counted", async () => {
    const encoders = await open();
    const encoder = encoders.bytes(compression);
    await encoder.add(recordsOf(["", ""]));
    const batch = await finished(encoder);
    expect(batch.recordCount).toBe(2);
    expect(decode(await collect(batch))).toHaveLength(0);
  });

  test("no records, no batch", async () => {
    const encoders = await open();
    const encoder = encoders.bytes(compression);
    await encoder.add([]);
    expect(await encoder.finish()).toBeUndefined();
    expect(encoders.heldBytes).toBe(0);
  });
});

test("the snappy-java stream begins with its magic and version", async () => {
  const encoders = await open();
  const encoder = encoders.bytes("Snappy");
  await encoder.add(recordsOf(["x"]));
  const bytes = await collect(await finished(encoder));
  expect(bytes.subarray(0, 16).toString("latin1")).toBe("\x82SNAPPY\0\0\0\0\x01\0\0\0\x01");
});

test("several encoders share the budget, and none mixes up what it was given", async () => {
  const random = new Random(5);
  const encoders = await open(300_000);
  const all = formats.concat(formats, formats).map(([compression, , decode]) => {
    return { encoder: encoders.bytes(compression), decode, given: [] as DeliveryRecord[] };
  });
  for (let round = 0; round < 40; round++) {
    await Promise.all(
      all.map(async (one) => {
        const records = randomRecords(random, 5, 8_000);
        one.given.push(...records);
        await one.encoder.add(records);
      }),
    );
    expect(encoders.heldBytes).toBeLessThan(300_000);
  }
  const batches = await Promise.all(all.map((one) => finished(one.encoder)));
  for (const [index, one] of all.entries()) {
    const batch = batches[index];
    if (batch === undefined) throw new Error("there is a batch for each encoder");
    expect(one.decode(await collect(batch)).equals(plainOf(one.given))).toBe(true);
    await batch.dispose();
  }
  expect(encoders.heldBytes).toBe(0);
  expect(fs.readdirSync(spool)).toEqual([]);
});

test("aborted encoders leave nothing, at any time, and twice", async () => {
  const encoders = await open(1);
  const random = new Random(6);
  for (const [compression] of formats) {
    const encoder = encoders.bytes(compression);
    await encoder.abort();
    const other = encoders.bytes(compression);
    await other.add(randomRecords(random, 100, 20_000));
    await Promise.all([other.abort(), other.abort()]);
  }
  const parquet = encoders.parquet(conversionOf({ n: "int" }));
  await parquet.add(recordsOf(['{"n":1}']));
  await parquet.abort();
  expect(encoders.heldBytes).toBe(0);
  expect(fs.readdirSync(spool)).toEqual([]);
});

test("what a former process left is removed, other files stay", async () => {
  fs.mkdirSync(spool);
  fs.writeFileSync(path.join(spool, "1.spool"), "left");
  fs.writeFileSync(path.join(spool, "notes.txt"), "kept");
  await open();
  expect(fs.readdirSync(spool)).toEqual(["notes.txt"]);
});

test("a list keeps the records themselves", async () => {
  const encoders = await open();
  const records = recordsOf(["a", "bc"]);
  const encoder = encoders.recordList();
  await encoder.add(records);
  const batch = await finished(encoder);
  expect(batch.records).toEqual(records);
  expect([batch.recordCount, batch.sizeBytes, String(await collect(batch))]).toEqual([2, 3, "abc"]);
  expect(await encoders.recordList().finish()).toBeUndefined();
});

describe("Parquet", () => {
  const conversion = conversionOf({ n: "int", word: "string" });
  const details = { dataCatalogTable: { tableName: "t" } };
  const origin = { partitionKey: "p", sequenceNumber: "17", shardId: "s" };

  function lines(count: number): DeliveryRecord[] {
    return recordsOf(Array.from({ length: count }, (_, n) => `{"n":${n},"word":"${"w".repeat(n % 700)}"}`));
  }

  test.each([undefined, 1])("holds every record, with %s bytes of memory", async (memoryBytes) => {
    const encoders = await open(memoryBytes);
    const encoder = encoders.parquet(conversion, details);
    const records = lines(5000);
    for (let at = 0; at < records.length; at += 600) await encoder.add(records.slice(at, at + 600));
    const batch = await finished(encoder);
    const bytes = await collect(batch);
    const rows = await readParquet(bytes);
    expect(rows.map((row) => row["n"])).toEqual(records.map((_, n) => n));
    expect(batch).toMatchObject({ recordCount: 5000, sizeBytes: bytes.length });
    expect(batch.failed).toBeUndefined();
    await batch.dispose();
    expect(encoders.heldBytes).toBe(0);
    expect(fs.readdirSync(spool)).toEqual([]);
  });

  test("is cut into row groups", async () => {
    const encoders = await open();
    const encoder = encoders.parquet({ ...conversion, parquet: { blockSizeBytes: 50_000 } });
    const records = lines(1000);
    for (const record of records) await encoder.add([record]);
    const bytes = await collect(await finished(encoder));
    expect((await readParquet(bytes)).map((row) => row["n"])).toEqual(records.map((_, n) => n));
    const { parquetMetadata } = await import("hyparquet");
    expect(parquetMetadata(Uint8Array.from(bytes).buffer).row_groups.length).toBeGreaterThan(5);
  });

  test("answers every record that it could not take, as it was given", async () => {
    const encoders = await open();
    const encoder = encoders.parquet({ ...conversion, parquet: { blockSizeBytes: 2_000 } }, details);
    const records = lines(300).map((record) =>
      record.offset % 3 === 0
        ? { ...record, data: Buffer.from(`{"n":"${record.offset}x"}`), origin }
        : record,
    );
    const failed = [];
    for (let at = 0; at < records.length; at += 7)
      failed.push(...(await encoder.add(records.slice(at, at + 7))));
    const batch = await finished(encoder);
    failed.push(...(batch.failed ?? []));
    expect(failed.map((one) => one.record)).toEqual(records.filter((record) => record.offset % 3 === 0));
    expect(failed[1]).toEqual({
      record: records[3],
      outputType: "format-conversion-failed",
      errorCode: "DataFormatConversion.MalformedData",
      errorMessage: 'Data does not match the schema. For input string: "3x"',
      attemptsMade: 1,
      attemptEndedMs: clock.now(),
      details,
    });
    expect(batch.recordCount).toBe(200);
    expect(await readParquet(await collect(batch))).toHaveLength(200);
  });

  test("is no file when every record failed", async () => {
    const encoders = await open();
    const encoder = encoders.parquet(conversion);
    await encoder.add(recordsOf(["[]", "{"]));
    const batch = await finished(encoder);
    expect(batch).toMatchObject({ recordCount: 0, sizeBytes: 0 });
    expect(batch.failed?.map((one) => one.errorCode)).toEqual([
      "DataFormatConversion.MalformedData",
      "DataFormatConversion.ParseError",
    ]);
    expect(await encoders.parquet(conversion).finish()).toBeUndefined();
  });

  test("loses nothing when its thread dies", async () => {
    const encoders = await open(100_000);
    fs.writeFileSync(path.join(deaths, "1"), "");
    fs.writeFileSync(path.join(deaths, "2"), "");
    const encoder = encoders.parquet({ ...conversion, parquet: { blockSizeBytes: 100_000 } });
    const records = lines(2000);
    for (let at = 0; at < records.length; at += 100) await encoder.add(records.slice(at, at + 100));
    const rows = await readParquet(await collect(await finished(encoder)));
    expect(rows.map((row) => row["n"])).toEqual(records.map((_, n) => n));
    expect(fs.readdirSync(deaths)).toEqual([]);
  });

  test("says so when its thread dies again and again, and the next batch is well", async () => {
    const encoders = await open();
    for (const name of ["1", "2", "3"]) fs.writeFileSync(path.join(deaths, name), "");
    const encoder = encoders.parquet(conversion);
    await encoder.add(lines(3));
    await expect(encoder.finish()).rejects.toBeInstanceOf(EncoderFailedError);
    await encoder.abort();
    expect(fs.readdirSync(spool)).toEqual([]);
    const next = encoders.parquet(conversion);
    await next.add(lines(3));
    expect(await finished(next)).toMatchObject({ recordCount: 3 });
  });

  test("is refused when the pool is closed", async () => {
    const encoders = await open();
    const encoder = encoders.parquet(conversion);
    await encoder.add(lines(3));
    await pool.close();
    await expect(encoder.finish()).rejects.toBeInstanceOf(EncoderFailedError);
  });
});

test("the thread that is published converts, too", async () => {
  const own = new EncoderPool({ log: silentLogger });
  const encoders = await Encoders.open({ spoolDirectory: spool, clock, pool: own });
  const encoder = encoders.parquet(conversionOf({ n: "int" }));
  await encoder.add(recordsOf(['{"n":1}{"n":2}']));
  expect(await readParquet(await collect(await finished(encoder)))).toEqual([{ n: 1 }, { n: 2 }]);
  await own.close();
});
