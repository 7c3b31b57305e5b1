import { expect, it } from "vitest";
import type { SchemaTable } from "./schema.ts";
import { treeRows } from "./tree-rows.ts";

const columns = [{ name: "city", type: "varchar(3)", isDistKey: true, sortKey: 1 }];
const tables: readonly SchemaTable[] = [
  { schema: "public", name: "sales", type: "TABLE", columns },
  { schema: "mart", name: "daily", type: "VIEW", columns: [] },
  { schema: "pg_catalog", name: "pg_class", type: "SYSTEM TABLE", columns: [] },
];
const keys = (open: readonly string[], filter = ""): readonly string[] =>
  treeRows(tables, new Set(open), filter).map(({ key }) => key);

it("closed schemas are one row, open ones show their tables and these their columns", () => {
  expect(keys([])).toEqual(["public", "mart", "pg_catalog"]);
  expect(keys(["public", "public.sales"])).toEqual([
    "public",
    "public.sales",
    "public.sales.city",
    "mart",
    "pg_catalog",
  ]);
});

it("a column says its type and its part in the keys", () => {
  expect(treeRows(tables, new Set(["public", "public.sales"]), "")[2]?.detail).toBe("varchar(3) D S1");
});

it("a filter opens what it finds, by table and by column", () => {
  expect(keys([], "dai")).toEqual(["mart", "mart.daily"]);
  expect(keys([], "CITY")).toEqual(["public", "public.sales"]);
  expect(keys(["public"], "sal")).toEqual(["public", "public.sales"]);
  expect(keys([], "nothing")).toEqual([]);
});
