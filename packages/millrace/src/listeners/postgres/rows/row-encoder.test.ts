import { Socket } from "node:net";
import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RowBatch } from "../../../kernels/warehouse/sql-session.ts";
import {
  type SqlType,
  type TextStyle,
  textOf,
  ZoneOffsets,
} from "../../../kernels/warehouse/values/index.ts";
import { MessageReader } from "../protocol/message-reader.ts";
import { Outbox } from "../protocol/outbox.ts";
import { cellsOf } from "../test-wire-client.ts";
import { binaryOf } from "../types/binary-form.ts";
import { wireTypeOf } from "../types/wire-type.ts";
import type { Format, ProtocolVersion } from "./row-description.ts";
import { BatchEncoder } from "./row-encoder.ts";

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:", { threads: "1" });
});
afterAll(() => instance.closeSync());

const style: TextStyle = { zone: new ZoneOffsets("America/New_York"), extraFloatDigits: 1 };
const maxBytes = 64 * 1024 * 1024;

/** Chunks of `SELECT expression` over as many rows, where some are NULL; the same in each run. */
async function chunksOf(expression: string, rows: number): Promise<readonly RowBatch[]> {
  const connection = await instance.connect();
  await connection.run("SELECT setseed(0.25)");
  const value = `CASE WHEN random() < 0.1 THEN NULL ELSE ${expression} END`;
  const result = await connection.run(`SELECT ${value} AS v FROM range(${rows}) r(i)`);
  const chunks = await result.fetchAllChunks();
  return chunks.map((chunk) => ({ kind: "chunk", chunk, rowCount: chunk.rowCount }));
}

async function encoded(
  batch: RowBatch,
  type: SqlType,
  format: Format,
  version: ProtocolVersion = 2,
): Promise<readonly (Buffer | null)[]> {
  const outbox = new Outbox(new Socket(), maxBytes);
  const columns = [{ name: "v", type }];
  const encoder = await BatchEncoder.of(batch, { columns, formats: [format], style, version });
  const reader = new MessageReader();
  const cells: (Buffer | null)[] = [];
  for (let row = 0; row < encoder.rowCount; ) {
    row = encoder.encode(outbox, row, Math.min(row + 100, encoder.rowCount));
    reader.push(Buffer.from(outbox.block.subarray(0, outbox.at)));
    outbox.at = 0;
    for (let next = reader.message(maxBytes); next !== undefined; next = reader.message(maxBytes))
      cells.push(cellsOf({ type: "D", body: next.body })[0] ?? null);
  }
  expect(cells).toHaveLength(encoder.rowCount);
  return cells;
}

const wide = "(random() * 18446744073709551615 - 9223372036854775808)";
const scattered = `(CASE (random() * 4)::int WHEN 0 THEN 0 WHEN 1 THEN ${wide} ELSE (random() - 0.5) * power(10, random() * 18) END)`;
const days = "(random() * 6000000 - 2500000)::int";
const micros = `(CASE WHEN random() < 0.5 THEN random() * 8e15 - 4e15 ELSE (random() - 0.4) * 2e17 END)::bigint`;
const letters = "substr('aäß€😀 \\\"\n{},0123456789abcdefghijklmnop', 1, (random() * 34)::int)";

const columns: readonly [string, SqlType][] = [
  ["(random() * 65535 - 32768)::int::smallint", { name: "smallint" }],
  ["(random() * 4294967295 - 2147483648)::bigint::int", { name: "integer" }],
  [`least(greatest(${scattered}, -9.2e18), 9.2e18)::bigint`, { name: "bigint" }],
  ["(random() * 1e15)::hugeint * (CASE WHEN random() < 0.5 THEN -1 ELSE 1 END)", { name: "bigint" }],
  ["(random() * 100)::tinyint", { name: "integer" }],
  ["(random() * 200 - 100)::decimal(4,1)", { name: "numeric", precision: 4, scale: 1 }],
  ["(random() * 200000 - 100000)::decimal(9,3)", { name: "numeric", precision: 9, scale: 3 }],
  [
    "((random() - 0.5) * power(10, random() * 12))::decimal(18,6)",
    { name: "numeric", precision: 18, scale: 6 },
  ],
  ["((random() - 0.5) * 2)::decimal(18,15)", { name: "numeric", precision: 18, scale: 15 }],
  ["((random() - 0.5) * 2)::decimal(18,18)", { name: "numeric", precision: 18, scale: 18 }],
  [
    "((random() - 0.5) * power(10, random() * 30))::decimal(38,4)",
    { name: "numeric", precision: 38, scale: 4 },
  ],
  ["(random() * 1000)::decimal(8,1)", { name: "numeric", precision: 38, scale: 4 }],
  ["(random() * 1000)::bigint", { name: "numeric", precision: 18, scale: 2 }],
  ["((random() - 0.5) * power(10, random() * 30))::float", { name: "real" }],
  [
    `(CASE WHEN random() < 0.5 THEN floor(random() * 1e5) ELSE ${scattered} END)::double`,
    { name: "double precision" },
  ],
  ["(list_value('nan', 'inf', '-inf', '-0', '0'))[1 + (i % 5)]::double", { name: "double precision" }],
  ["random() < 0.5", { name: "boolean" }],
  [`date '1970-01-01' + ${days}`, { name: "date" }],
  ["(list_value('infinity', '-infinity', '0001-01-01', '9999-12-31'))[1 + (i % 4)]::date", { name: "date" }],
  ["time '00:00:00' + to_microseconds((random() * 86399999999)::bigint)", { name: "time" }],
  ["(time '00:00:00' + to_seconds((random() * 86399)::bigint))::time", { name: "time" }],
  [
    "(list_value('00:00:00+00', '23:59:59.5-11:30', '12:00:00.25+15:59:59'))[1 + (i % 3)]::timetz",
    { name: "timetz" },
  ],
  [`make_timestamp(${micros})`, { name: "timestamp" }],
  [`make_timestamp((${micros} / 1000000)::bigint * 1000000)::timestamptz`, { name: "timestamptz" }],
  [`make_timestamp(${micros})::timestamptz`, { name: "timestamptz" }],
  ["(list_value('infinity', '-infinity'))[1 + (i % 2)]::timestamp", { name: "timestamp" }],
  [letters, { name: "character varying", length: 400 }],
  ["repeat('long text ', (random() * 40)::int)", { name: "text" }],
  ["substr('abcdefghij', 1, (random() * 10)::int)", { name: "character", length: 10 }],
  ["substr('abcdefghij', 1, (random() * 10)::int)", { name: "character", length: 20 }],
  [`encode(${letters})`, { name: "varbyte", length: 400 }],
  [`to_json(${letters})`, { name: "super" }],
  ["to_months((random() * 100 - 50)::int)", { name: "interval year to month" }],
  [`to_microseconds((random() * 1e13 - 5e12)::bigint)`, { name: "interval day to second" }],
  [
    "to_months((random() * 50 - 25)::int) + to_microseconds((random() * 1e12 - 5e11)::bigint)",
    { name: "interval" },
  ],
  [`list_value((random() * 9)::int, NULL, i::int)`, { name: "array", element: { name: "integer" } }],
  [`list_value(${letters}, NULL, 'null')`, { name: "array", element: { name: "text" } }],
  ["(random() * 4294967295)::bigint", { name: "oid" }],
];

describe("a column straight from the engine", () => {
  it.each(columns)("%s as text", async (expression, type) => {
    for (const batch of await chunksOf(expression, 3_000)) {
      if (batch.kind !== "chunk") throw new Error("the engine gives chunks");
      const vector = batch.chunk.getColumnVector(0);
      const expected = Array.from({ length: batch.rowCount }, (_, row) => textOf(vector, row, type, style));
      const cells = await encoded(batch, type, "text");
      expect(cells.map((cell) => cell?.toString("utf8") ?? null)).toEqual(expected);
    }
  });

  it.each(columns)("%s in binary", async (expression, type) => {
    for (const version of [0, 2] as const) {
      for (const batch of await chunksOf(expression, 2_100)) {
        if (batch.kind !== "chunk") throw new Error("the engine gives chunks");
        const vector = batch.chunk.getColumnVector(0);
        const cells = await encoded(batch, type, "binary", version);
        cells.forEach((cell, row) => {
          const text = textOf(vector, row, type, style);
          const expected = text === null ? null : Buffer.from(binaryOf(text, type, version));
          expect(cell === null || expected === null ? cell === expected : cell.equals(expected)).toBe(true);
        });
      }
    }
  });
});

/** What node-postgres reads in binary, but for numerics, of which it loses those below 1. */
const readable: readonly [string, SqlType][] = [
  ...columns.filter(
    ([expression, { name }]) =>
      !expression.includes("inf") &&
      ["smallint", "integer", "bigint", "real", "double precision", "boolean"].includes(name),
  ),
  ["make_timestamp((946684800000000 + random() * 6e15)::bigint)", { name: "timestamp" }],
];

describe("a column that node-postgres reads", () => {
  it.each(readable)("%s is the same in both forms", async (expression, type) => {
    const { oid } = wireTypeOf(type);
    const fromText = pg.types.getTypeParser(oid, "text");
    const fromBinary = pg.types.getTypeParser(oid, "binary");
    for (const batch of await chunksOf(expression, 300)) {
      const texts = await encoded(batch, type, "text", 0);
      const binaries = await encoded(batch, type, "binary", 0);
      texts.forEach((text, row) => {
        const binary = binaries[row];
        if (text === null || binary === null || binary === undefined) {
          expect(binary).toBe(text);
          return;
        }
        const read: unknown = fromText(text.toString("utf8"));
        const given = fromBinary(binary) as unknown;
        if (read instanceof Date) expect(Math.abs(read.getTime() - localTime(given))).toBeLessThan(1);
        else if (type.name === "real") expect(Math.fround(Number(given))).toBe(Math.fround(Number(read)));
        else expect(Number(given)).toBe(Number(read));
      });
    }
  });
});

/** node-postgres takes timestamps for local time in text, and in binary for what they are. */
function localTime(value: unknown): number {
  if (!(value instanceof Date)) throw new Error("not a date");
  const year = value.getUTCFullYear();
  const date = new Date(year, value.getUTCMonth(), value.getUTCDate(), value.getUTCHours());
  date.setFullYear(year);
  date.setMinutes(value.getUTCMinutes(), value.getUTCSeconds(), value.getUTCMilliseconds());
  return date.getTime();
}

describe("rows that come as texts", () => {
  const batch: RowBatch = { kind: "texts", rows: [["12"], [null], ["-3"]], rowCount: 3 };

  it("go out as they are, or in binary", async () => {
    expect((await encoded(batch, { name: "integer" }, "text")).map(String)).toEqual(["12", "null", "-3"]);
    const binary = await encoded(batch, { name: "integer" }, "binary");
    expect(binary.map((cell) => cell?.readInt32BE(0) ?? null)).toEqual([12, null, -3]);
  });
});

describe("values that do not fit", () => {
  it("leave no half of a row", async () => {
    const rows = [["1"], ["99999999999"]];
    const outbox = new Outbox(new Socket(), maxBytes);
    const encoder = await BatchEncoder.of(
      { kind: "texts", rows, rowCount: 2 },
      { columns: [{ name: "v", type: { name: "integer" } }], formats: ["binary"], style, version: 2 },
    );
    expect(() => encoder.encode(outbox, 0, 2)).toThrow("integer out of range");
    const reader = new MessageReader();
    reader.push(Buffer.from(outbox.block.subarray(0, outbox.at)));
    expect(reader.message(100)?.body.length).toBe(10);
    expect(reader.bufferedBytes).toBe(0);
  });

  it.each([
    ["x", "integer"],
    ["yes", "boolean"],
    ["2024-13", "date"],
    ["noon", "time"],
    ["abc", "varbyte"],
    ["1,5", "numeric"],
    ["{1", "array"],
    ["soon", "interval"],
    ["", "double precision"],
  ] as const)("%j has no binary form as %s", (text, name) => {
    expect(() => binaryOf(text, { name }, 2)).toThrow(/has no binary form/);
  });
});
