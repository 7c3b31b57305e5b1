import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ManualClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import type { ParquetSettings } from "../../../packages/millrace/src/kernels/delivery/encoders/conversion.ts";
import { EncoderPool } from "../../../packages/millrace/src/kernels/delivery/encoders/encoder-pool.ts";
import { Encoders } from "../../../packages/millrace/src/kernels/delivery/encoders/encoders.ts";
import {
  collect,
  conversionOf,
  recordsOf,
} from "../../../packages/millrace/src/kernels/delivery/encoders/test-conversion.ts";
import type { DeliveryRecord } from "../../../packages/millrace/src/kernels/delivery/record.ts";
import type { BatchEncoder } from "../../../packages/millrace/src/kernels/delivery/sink.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

const columns = {
  b: "boolean",
  t: "tinyint",
  i: "bigint",
  d: "double",
  m: "decimal(38,10)",
  s: "string",
  x: "binary",
  day: "date",
  ts: "timestamp",
  l: "array<array<int>>",
  k: "map<string,struct<a:int,b:array<string>>>",
  o: "struct<p:struct<q:string>,r:float>",
};
const schema = {
  b: "bool",
  t: "int8",
  i: "int64",
  d: "double",
  m: "decimal128(38, 10)",
  s: "string",
  x: "binary",
  day: "date32[day]",
  ts: "timestamp[ns]",
  l: "list<element: list<element: int32>>",
  k: "map<string, struct<a: int32, b: list<element: string>> ('k')>",
  o: "struct<p: struct<q: string>, r: float>",
};
const full =
  '{"b":true,"t":-5,"i":9007199254740993,"d":0.1,"m":-12345678901234567890.0123456789,"s":"né\\u00e9👋","x":"raw",' +
  '"day":"1969-07-20","ts":"1969-07-20 20:17:40.123456","l":[[1,null],[],null],"k":{"a":{"a":1,"b":["x"]},"z":null},' +
  '"o":{"p":{"q":"deep"},"r":1.5}}';
const fullRow = {
  b: true,
  t: -5,
  i: "9007199254740993",
  d: 0.1,
  m: "-12345678901234567890.0123456789",
  s: "néé👋",
  x: "raw",
  day: "1969-07-20",
  ts: "1969-07-20T20:17:40.123456",
  l: [[1, null], [], null],
  k: [
    ["a", { a: 1, b: ["x"] }],
    ["z", null],
  ],
  o: { p: { q: "deep" }, r: 1.5 },
};
const emptyRow = Object.fromEntries(Object.keys(columns).map((name) => [name, null]));

let folder = "";
let pool: EncoderPool;
let encoders: Encoders;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-formats-"));
  pool = new EncoderPool({ log: silentLogger });
  encoders = await Encoders.open({
    spoolDirectory: path.join(folder, "spool"),
    clock: new ManualClock(),
    pool,
  });
});
afterAll(async () => {
  await pool.close();
  fs.rmSync(folder, { recursive: true });
});

async function write(name: string, encoder: BatchEncoder, records: readonly DeliveryRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += 500) await encoder.add(records.slice(at, at + 500));
  const batch = await encoder.finish();
  if (batch === undefined) throw new Error("there are records");
  expect(batch.failed).toBeUndefined();
  fs.writeFileSync(path.join(folder, name), await collect(batch));
  await batch.dispose();
}

test("Python reads every format", async () => {
  const lines = recordsOf(
    Array.from({ length: 5000 }, (_, n) => `{"n":${n},"w":"${"word".repeat(n % 40)}"}\n`),
  );
  fs.writeFileSync(path.join(folder, "plain"), Buffer.concat(lines.map((line) => line.data)));
  for (const compression of ["GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"] as const) {
    await write(compression, encoders.bytes(compression), lines);
  }
  const settings: readonly ParquetSettings[] = [
    {},
    { compression: "GZIP", enableDictionaryCompression: true },
    { compression: "UNCOMPRESSED", writerVersion: "V2" },
    { writerVersion: "V2", enableDictionaryCompression: true },
  ];
  for (const [index, parquet] of settings.entries()) {
    const encoder = encoders.parquet({ ...conversionOf(columns), parquet });
    await write(`${index}.parquet`, encoder, recordsOf([full, "{}", `${full}{}`]));
  }
  const { python } = await virtualEnvironment("formats-requirements.txt");
  const printed = await mustRun([python, path.join(import.meta.dirname, "formats.py"), folder]);
  const read = JSON.parse(printed.replaceAll("9007199254740993", `"9007199254740993"`));
  expect(read.same).toEqual({ GZIP: true, ZIP: true, Snappy: true, HADOOP_SNAPPY: true });
  for (const index of settings.keys()) {
    expect(read.tables[`${index}.parquet`]).toEqual({
      schema,
      rows: [fullRow, emptyRow, fullRow, emptyRow],
      rowGroups: 1,
    });
  }
});
