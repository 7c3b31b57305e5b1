import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bytesForRow, readFacts, readRows, typeOf } from "./parquet-file.ts";
import { fileOfBytes, type RangedFile } from "./ranged-file.ts";

async function thousandNames(): Promise<RangedFile> {
  const path = join(import.meta.dirname, "../../../../../tests/fixtures/thousand-names.parquet");
  return fileOfBytes("names", "names.parquet", new Uint8Array(await readFile(path)));
}

it("tells rows, columns and row groups", async () => {
  const file = await thousandNames();
  const facts = await readFacts(file);
  expect(facts.rows).toBe(1_000);
  expect(facts.rowGroups.reduce((rows, group) => rows + group.rows, 0)).toBe(1_000);
  expect(facts.columns.length).toBeGreaterThan(0);
  for (const { codecs, compressedBytes } of facts.columns) {
    expect(codecs).not.toEqual([]);
    expect(compressedBytes).toBeGreaterThan(0);
  }
  expect(bytesForRow(facts, 0)).toBeGreaterThan(0);
  expect(bytesForRow(facts, 1_000)).toBe(0);
});

it("reads some rows", async () => {
  const file = await thousandNames();
  const facts = await readFacts(file);
  const { columns, rows } = await readRows(file, facts, 10, 15);
  expect(rows).toHaveLength(5);
  expect(columns).toHaveLength(facts.columns.length);
  for (const row of rows) for (const cell of row) expect(cell).toBeDefined();
});

it("refuses what is no Parquet file", async () => {
  await expect(readFacts(fileOfBytes("x", "x", new Uint8Array(100)))).rejects.toThrow(/parquet/i);
});

it("writes types", () => {
  expect(typeOf({ name: "a", logical_type: { type: "DECIMAL", precision: 10, scale: 2 } })).toBe(
    "DECIMAL(10,2)",
  );
  expect(
    typeOf({ name: "a", logical_type: { type: "TIMESTAMP", unit: "MICROS", isAdjustedToUTC: true } }),
  ).toBe("TIMESTAMP(MICROS, UTC)");
  expect(typeOf({ name: "a", type: "BYTE_ARRAY", converted_type: "UTF8" })).toBe("STRING");
  expect(typeOf({ name: "a", type: "INT32" })).toBe("INT32");
});
