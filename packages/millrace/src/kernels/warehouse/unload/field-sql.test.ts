import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { textOf, ZoneOffsets } from "../values/index.ts";
import { fieldSql } from "./field-sql.ts";
import type { UnloadSettings } from "./unload-options.ts";

const settings: UnloadSettings = {
  ...{ format: "text", delimiter: "|", escape: false, addQuotes: false, header: false, nullText: "∅" },
  ...{ widths: undefined, compression: "none", partitionBy: [], include: false, parallel: true },
  ...{ manifest: undefined, allowOverwrite: false, cleanPath: false, kmsKeyId: undefined },
  ...{ maxFileBytes: 1, rowGroupBytes: 1, extension: "" },
};

/** Texts of the values by the engine's SQL, and by the wire's rules. */
async function both(
  type: SqlType,
  engineValues: readonly string[],
  change: Partial<UnloadSettings> = {},
  extraFloatDigits = 0,
): Promise<readonly [readonly string[], readonly string[]]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("SET integer_division = true");
  const sql = fieldSql({ name: "v", type, index: 0 }, "k0", { ...settings, ...change }, extraFloatDigits);
  const rows = engineValues.map((value, i) => `SELECT ${i} AS i, ${value} AS k0`).join(" UNION ALL ");
  const result = await connection.run(`SELECT ${sql}, k0 FROM (${rows}) ORDER BY i`);
  const style = { zone: new ZoneOffsets("UTC"), extraFloatDigits };
  const mine: string[] = [];
  const wire: string[] = [];
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const values = chunk.getColumnVector(1);
    for (let row = 0; row < chunk.rowCount; row++) {
      mine.push(String(chunk.getColumnVector(0).getItem(row)));
      wire.push(textOf(values, row, type, style) ?? "∅");
    }
  }
  connection.closeSync();
  instance.closeSync();
  return [mine, wire];
}

/** Bits that look random, the same in each run. */
function* bits(seed: number): Generator<number, never, void> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

function randomDoubles(count: number): readonly string[] {
  const source = bits(20_261_122);
  const view = new DataView(new ArrayBuffer(8));
  const texts: string[] = [];
  while (texts.length < count) {
    view.setUint32(0, source.next().value);
    view.setUint32(4, source.next().value);
    const value = view.getFloat64(0);
    if (Number.isFinite(value)) texts.push(`'${value}'::DOUBLE`, `'${value % 1_000_000}'::DOUBLE`);
  }
  return texts;
}

const nothing = "NULL";
const cases: readonly (readonly [SqlType, readonly string[]])[] = [
  [{ name: "integer" }, ["0", "-2147483648", nothing]],
  [
    { name: "numeric", precision: 38, scale: 10 },
    ["'-9999999999999999999999999999.9999999999'::DECIMAL(38,10)", "0.5::DECIMAL(38,10)"],
  ],
  [{ name: "numeric", precision: 10, scale: 2 }, ["5::DECIMAL(4,2)", nothing]],
  [{ name: "boolean" }, ["true", "false", nothing]],
  [{ name: "character", length: 4 }, ["'ab'", "''", "'ä'", nothing]],
  [
    { name: "date" },
    [
      "'0044-03-15 (BC)'::DATE",
      "'infinity'::DATE",
      "'-infinity'::DATE",
      "'10000-01-01'::DATE",
      "'0001-01-01'::DATE",
      nothing,
    ],
  ],
  [
    { name: "timestamp" },
    [
      "'2024-02-29 10:00:00.500000'::TIMESTAMP",
      "'2024-02-29 10:00:00.000001'::TIMESTAMP",
      "'0044-03-15 (BC) 10:00:00'::TIMESTAMP",
      "'infinity'::TIMESTAMP",
      nothing,
    ],
  ],
  [{ name: "time" }, ["'23:59:59.120000'::TIME", "'00:00:00'::TIME", nothing]],
  [{ name: "real" }, ["1.5::FLOAT", "0.1::FLOAT", "1e10::FLOAT", "'-0'::FLOAT", "'nan'::FLOAT", nothing]],
  [
    { name: "double precision" },
    [
      "'inf'::DOUBLE",
      "'-inf'::DOUBLE",
      "'nan'::DOUBLE",
      "0::DOUBLE",
      "'-0'::DOUBLE",
      "1e15::DOUBLE",
      "1e-5::DOUBLE",
      nothing,
    ],
  ],
  [{ name: "double precision" }, randomDoubles(1_000)],
];

describe("the engine's text of a value is that of the wire", () => {
  it.each(cases)("%j %#", async (type, values) => {
    const [mine, wire] = await both(type, values);
    expect(mine).toEqual(wire);
  });

  it("for floats with fewer digits, too", async () => {
    const [mine, wire] = await both({ name: "double precision" }, randomDoubles(200), {}, -5);
    expect(mine).toEqual(wire);
  });
});

it("leaves to others what the engine writes otherwise", () => {
  const sql = (type: SqlType, digits = 0): string | undefined =>
    fieldSql({ name: "v", type, index: 0 }, "k0", settings, digits);
  expect(sql({ name: "timestamptz" })).toBeUndefined();
  expect(sql({ name: "varbyte" })).toBeUndefined();
  expect(sql({ name: "double precision" }, 1)).toBeUndefined();
  expect(
    fieldSql({ name: "v", type: { name: "integer" }, index: 0 }, "k0", { ...settings, widths: [3] }, 0),
  ).toBeUndefined();
});

it("quotes, escapes and names as the format wants it", async () => {
  const text: SqlType = { name: "character varying" };
  const values = ["'a|b'", "'\\\"'", "chr(10)", "''", nothing];
  expect((await both(text, values, { escape: true }))[0]).toEqual(["a\\|b", '\\\\"', "\\\n", "", "∅"]);
  expect((await both(text, values, { escape: true, addQuotes: true }))[0]).toEqual([
    '"a\\|b"',
    '"\\\\\\""',
    '"\\\n"',
    '""',
    '"∅"',
  ]);
  expect((await both(text, values, { format: "csv", delimiter: "|" }))[0]).toEqual([
    '"a|b"',
    '"\\"""',
    '"\n"',
    "",
    "∅",
  ]);
  expect((await both({ name: "integer" }, ["-5"], { format: "csv", delimiter: "-" }))[0]).toEqual(['"-5"']);
  expect((await both(text, values, { format: "json" }))[0].map((pair) => JSON.parse(`{${pair}}`).v)).toEqual([
    "a|b",
    '\\"',
    "\n",
    "",
    null,
  ]);
  expect(
    (await both({ name: "double precision" }, ["'nan'::DOUBLE", "0.5::DOUBLE"], { format: "json" }))[0],
  ).toEqual(['"v":"NaN"', '"v":0.5']);
});
