import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageCodec } from "./codec.ts";
import { ParquetFile } from "./file-writer.ts";
import { RowGroupWriter } from "./row-group.ts";
import { Int96, type RowValue, RowWriter } from "./row-writer.ts";
import { compileSchema, type ParquetNode } from "./schema.ts";
import { Random, randomNode, randomValue } from "./test-random-table.ts";
import { comparable, duckValue, hyparquetValue } from "./test-readers.ts";

type Row = Record<string, RowValue>;

interface Layout {
  readonly codec?: "UNCOMPRESSED" | "SNAPPY" | "GZIP";
  readonly pageBytes?: number;
  readonly useDictionaries?: boolean;
  readonly pageVersion?: 1 | 2;
  readonly rowsPerGroup?: number;
}

async function fileOf(
  nodes: readonly ParquetNode[],
  rows: readonly Row[],
  layout: Layout = {},
): Promise<Buffer> {
  const schema = compileSchema(nodes);
  const { rowsPerGroup = 1000, codec = "SNAPPY", ...options } = layout;
  const rowGroup = new RowGroupWriter(schema, { ...options, codec: await pageCodec(codec) });
  const writer = new RowWriter(schema, rowGroup);
  const file = new ParquetFile(schema, { createdBy: "test", keyValues: { purpose: "test" } });
  const parts: Uint8Array[] = [];
  for (let at = 0; at < rows.length; at += rowsPerGroup) {
    for (const row of rows.slice(at, at + rowsPerGroup)) writer.write(row);
    parts.push(...file.add(rowGroup.finish()));
  }
  return Buffer.concat([...parts, ...file.finish()]);
}

let folder = "";
let duck: Awaited<ReturnType<DuckDBInstance["connect"]>>;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-parquet-"));
  duck = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await duck.run("SET TimeZone = 'UTC'");
});

afterAll(() => {
  duck.closeSync();
  fs.rmSync(folder, { recursive: true });
});

async function query(bytes: Buffer, sql: string): Promise<Record<string, unknown>[]> {
  const name = path.join(folder, "file.parquet");
  fs.writeFileSync(name, bytes);
  const reader = await duck.runAndReadAll(sql.replace("FILE", `'${name}'`));
  return reader.getRowObjectsJson();
}

async function hyparquetRows(bytes: Buffer): Promise<Record<string, unknown>[]> {
  const { buffer, byteOffset, length } = bytes;
  const file = buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
  return (await parquetReadObjects({ file, compressors })) as Record<string, unknown>[];
}

function expectSame(
  nodes: readonly ParquetNode[],
  rows: readonly Row[],
  read: readonly Record<string, unknown>[],
  as: typeof duckValue,
): void {
  expect(read).toHaveLength(rows.length);
  rows.forEach((row, index) => {
    const wanted = Object.fromEntries(nodes.map((node) => [node.name, as(node, row[node.name])]));
    const isExact = as === duckValue;
    expect(isExact ? read[index] : comparable(read[index]), `row ${index}`).toEqual(
      isExact ? wanted : comparable(wanted),
    );
  });
}

describe("what is written is read by DuckDB and by hyparquet", () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))("random table, seed %i", async (seed) => {
    const random = new Random(seed);
    const nodes = Array.from({ length: 1 + random.below(6) }, (_, index) => randomNode(random, `c${index}`));
    const count = random.pick([0, 1, 9, 100, 700]);
    const rows = Array.from({ length: count }, () =>
      Object.fromEntries(nodes.map((node) => [node.name, randomValue(random, node)])),
    );
    const layout: Layout = {
      codec: random.pick(["UNCOMPRESSED", "SNAPPY", "GZIP"]),
      pageBytes: random.pick([64, 1000, 1_000_000]),
      useDictionaries: random.chance(0.5),
      pageVersion: random.pick([1, 2]),
      rowsPerGroup: random.pick([7, 100, 1000]),
    };
    const bytes = await fileOf(nodes, rows, layout);
    expectSame(nodes, rows, await query(bytes, "SELECT * FROM read_parquet(FILE)"), duckValue);
    expectSame(nodes, rows, await hyparquetRows(bytes), hyparquetValue);
  });
});

const text: ParquetNode = {
  kind: "leaf",
  name: "t",
  optional: true,
  type: "BYTE_ARRAY",
  logical: { kind: "string" },
};
const number: ParquetNode = { kind: "leaf", name: "n", optional: false, type: "INT64" };

test("a file without rows has a schema", async () => {
  const bytes = await fileOf([text, number], []);
  expect(await query(bytes, "SELECT count(*)::int AS n FROM read_parquet(FILE)")).toEqual([{ n: 0 }]);
  const names = await query(bytes, "SELECT name, type FROM parquet_schema(FILE) WHERE type IS NOT NULL");
  expect(names).toEqual([
    { name: "t", type: "BYTE_ARRAY" },
    { name: "n", type: "INT64" },
  ]);
});

test("large values and many pages", async () => {
  const rows = Array.from({ length: 3000 }, (_, index) => ({ t: "y".repeat((index % 50) * 200), n: index }));
  rows.push({ t: "z".repeat(3_000_000), n: -1 });
  const bytes = await fileOf([text, number], rows, { pageBytes: 65_536, rowsPerGroup: 100_000 });
  expect(
    await query(bytes, "SELECT sum(length(t))::int AS chars, sum(n)::int AS n FROM read_parquet(FILE)"),
  ).toEqual([{ chars: rows.reduce((sum, row) => sum + row.t.length, 0), n: (3000 * 2999) / 2 - 1 }]);
});

test("statistics bound the values, and are shortened to text that is larger", async () => {
  const rows = [
    { t: "b".repeat(100), n: 5 },
    { t: `~~${"日".repeat(40)}`, n: -7 },
    { t: null, n: 3 },
    { t: `zé${"m".repeat(80)}`, n: 0 },
  ];
  const bytes = await fileOf([text, number], rows);
  const found = await query(
    bytes,
    "SELECT stats_min_value AS min, stats_max_value AS max, stats_null_count::int AS nulls FROM parquet_metadata(FILE)",
  );
  // The largest text begins with what no ASCII character follows: it has no bound above.
  expect(found).toEqual([
    { min: "b".repeat(64), max: null, nulls: 1 },
    { min: "-7", max: "5", nulls: 0 },
  ]);
  expect(
    await query(bytes, "SELECT n::int AS n FROM read_parquet(FILE) WHERE t > 'zé' AND t < 'zên'"),
  ).toEqual([{ n: 0 }]);
});

test("an upper bound that was shortened sorts behind the value", async () => {
  const bytes = await fileOf([text], [{ t: "k".repeat(100) }]);
  const buffer = Uint8Array.from(bytes).buffer;
  const { statistics } = parquetMetadata(buffer).row_groups[0]?.columns[0]?.meta_data ?? {};
  expect(statistics).toMatchObject({
    min_value: "k".repeat(64),
    max_value: `${"k".repeat(63)}l`,
    is_min_value_exact: false,
    is_max_value_exact: false,
  });
});

test("statistics of floats that are not a number are left out, zeros have both signs", async () => {
  const node: ParquetNode = { kind: "leaf", name: "d", optional: false, type: "DOUBLE" };
  const bounds = async (values: readonly number[]): Promise<unknown> => {
    const bytes = await fileOf(
      [node],
      values.map((d) => ({ d })),
    );
    const found = parquetMetadata(Uint8Array.from(bytes).buffer).row_groups[0]?.columns[0]?.meta_data
      ?.statistics;
    return [found?.min_value, found?.max_value];
  };
  expect(await bounds([1, Number.NaN])).toEqual([undefined, undefined]);
  expect(await bounds([0, 0])).toEqual([-0, 0]);
  expect(await bounds([-0, 3.5])).toEqual([-0, 3.5]);
});

test("a dictionary is used where values repeat, and given up where they do not", async () => {
  const rows = Array.from({ length: 2000 }, (_, index) => ({ t: `v${index % 5}`, n: index }));
  const bytes = await fileOf([text, number], rows, { useDictionaries: true, rowsPerGroup: 5000 });
  const encodings = await query(bytes, "SELECT path_in_schema AS c, encodings FROM parquet_metadata(FILE)");
  expect(encodings).toEqual([
    { c: "t", encodings: "PLAIN, RLE, RLE_DICTIONARY" },
    { c: "n", encodings: "PLAIN, RLE" },
  ]);
  expect(await query(bytes, "SELECT count(DISTINCT t)::int AS d FROM read_parquet(FILE)")).toEqual([
    { d: 5 },
  ]);
});

test("rows that are taken back leave nothing behind", async () => {
  const list: ParquetNode = { kind: "list", name: "l", optional: true, element: text };
  const schema = compileSchema([list, number]);
  const rowGroup = new RowGroupWriter(schema);
  const writer = new RowWriter(schema, rowGroup);
  writer.write({ l: ["a", null], n: 1 });
  rowGroup.columns[0]?.addBytes(Buffer.from("half a row"), 0, 10, 0, 3);
  rowGroup.columns[0]?.addNull(1, 2);
  rowGroup.rollback();
  writer.write({ l: [], n: 2 });
  const file = new ParquetFile(schema, { createdBy: "test" });
  const bytes = Buffer.concat([...file.add(rowGroup.finish()), ...file.finish()]);
  const rows = await query(bytes, "SELECT * FROM read_parquet(FILE)");
  expect(rows).toEqual([
    { l: ["a", null], n: "1" },
    { l: [], n: "2" },
  ]);
});

test("INT96 holds dates before 1970", async () => {
  const node: ParquetNode = { kind: "leaf", name: "ts", optional: false, type: "INT96" };
  const bytes = await fileOf([node], [{ ts: new Int96(3_600e9, 2_440_588 - 1) }]);
  expect(await query(bytes, "SELECT ts FROM read_parquet(FILE)")).toEqual([{ ts: "1969-12-31 01:00:00" }]);
});
