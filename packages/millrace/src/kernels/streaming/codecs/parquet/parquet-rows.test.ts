import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import type { Value } from "../../../../sql/flink/bound-expression.ts";
import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import { BatchBuilder, lanesOf } from "../../columns/index.ts";
import { checkFormat, createEncoder } from "../index.ts";
import { bigint, boolean, double, int, nullable, row, string, tableOf, timestamp } from "../test-codec.ts";
import { ParquetRows } from "./parquet-rows.ts";

const types: Readonly<Record<string, FlinkType>> = {
  flag: boolean,
  tiny: { kind: "tinyint", nullable },
  whole: int,
  big: bigint,
  real: { kind: "float", nullable },
  wide: double,
  text: string,
  bytes: { kind: "varbinary", length: 10, nullable },
  price: { kind: "decimal", precision: 12, scale: 2, nullable },
  long: { kind: "decimal", precision: 38, scale: 0, nullable },
  day: { kind: "date", nullable },
  at: { kind: "timestamp", precision: 6, nullable },
  list: { kind: "array", element: int, nullable },
  map: { kind: "map", key: string, value: double, nullable },
  pair: row({ x: int, __proto__x: string }),
};
const values: readonly Value[] = [
  true,
  -5,
  7,
  2n ** 63n - 1n,
  Math.fround(0.1),
  Number.NaN,
  "é\u{1f600}\n",
  new Uint8Array([0, 255]),
  -12_345n,
  10n ** 38n - 1n,
  18_262,
  -1.001,
  [1, null, 3],
  new Map([["a", 1.5]]),
  [1, null],
];

async function written(
  table: TableDefinition,
  rows: readonly (readonly Value[])[],
  leaveOut: readonly number[] = [],
): Promise<Buffer> {
  const file = await ParquetRows.open(table, leaveOut);
  const all = table.columns.map((column) => column.field.type);
  const encoder = createEncoder({
    table,
    types: all,
    columns: all.map((_, index) => index),
    leaveOut,
    mode: "exact",
  });
  const parts: Uint8Array[] = [];
  for (const each of rows) {
    const builder = new BatchBuilder(lanesOf(all, "exact"));
    builder.appendValues(each, 0);
    const batch = builder.take();
    if (batch !== undefined) parts.push(...file.add(encoder.encode(batch)));
  }
  expect(file.rowCount).toBe(rows.length);
  return Buffer.concat([...parts, ...file.finish()]);
}

async function readBack(bytes: Uint8Array, sql: string): Promise<unknown[]> {
  const directory = mkdtempSync(path.join(tmpdir(), "parquet-rows-"));
  try {
    const file = path.join(directory, "a.parquet");
    writeFileSync(file, bytes);
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(sql.replace("$file", `read_parquet('${file}')`));
    const rows = reader.getRowObjectsJson();
    connection.closeSync();
    instance.closeSync();
    return rows;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

it.each([
  {},
  { "parquet.compression": "GZIP", "parquet.write.int64.timestamp": "true" },
  { "parquet.compression": "uncompressed" },
])("writes all types so that DuckDB reads them, with %o", async (options) => {
  const table = tableOf(types, { format: "parquet", ...(options as Record<string, string>) });
  const bytes = await written(table, [values, values.map(() => null)]);
  const [full, empty] = await readBack(bytes, 'SELECT * REPLACE ("at"::VARCHAR AS "at") FROM $file');
  expect(full).toEqual({
    flag: true,
    tiny: -5,
    whole: 7,
    big: "9223372036854775807",
    real: Math.fround(0.1),
    wide: "NaN",
    text: "é\u{1f600}\n",
    bytes: "\\x00\\xFF",
    price: "-123.45",
    long: "99999999999999999999999999999999999999",
    day: "2020-01-01",
    at: "1969-12-31 23:59:59.998999",
    list: [1, null, 3],
    map: [{ key: "a", value: 1.5 }],
    pair: { x: 1, __proto__x: null },
  });
  expect(Object.values(empty as object).every((value) => value === null)).toBe(true);
});

it("leaves out what is told, and writes files without rows", async () => {
  const table = tableOf({ a: int, b: string }, { format: "parquet" });
  expect(await readBack(await written(table, [[1, "x"]], [1]), "SELECT * FROM $file")).toEqual([{ a: 1 }]);
  expect(await readBack(await written(table, []), "SELECT count(*)::INT AS n FROM $file")).toEqual([
    { n: 0 },
  ]);
});

it("refuses to read, types without a place, and options that are not there", () => {
  const table = (fields: Readonly<Record<string, FlinkType>>, options = {}) =>
    tableOf(fields, { format: "parquet", ...options });
  expect(() => checkFormat(table({ a: int }), "source")).toThrow("format 'parquet' cannot be read");
  expect(() => checkFormat(table({ a: { kind: "map", key: int, value: int, nullable } }), "sink")).toThrow(
    SqlError,
  );
  expect(() => checkFormat(table({ a: int }, { "parquet.compression": "ZSTD" }), "sink")).toThrow(
    "is one of UNCOMPRESSED, SNAPPY, GZIP",
  );
  expect(() => checkFormat(table({ a: int }, { "parquet.utc-timezone": "false" }), "sink")).toThrow(SqlError);
  expect(() => checkFormat(table({ a: timestamp }), "sink")).not.toThrow();
});
