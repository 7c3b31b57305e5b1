import { expect, it } from "vitest";
import { completionNames, quotedName, schemaTables } from "./schema.ts";

const tables = schemaTables(
  [
    { schema_name: "pg_catalog", table_name: "pg_class", table_type: "SYSTEM TABLE" },
    { schema_name: "public", table_name: "sales", table_type: "TABLE" },
  ],
  [
    {
      ...{ schema_name: "public", table_name: "sales", column_name: "city", data_type: "character varying" },
      ...{ character_maximum_length: 30, dist_key: 1, sort_key: null },
    },
    {
      ...{ schema_name: "public", table_name: "sales", column_name: "price", data_type: "numeric" },
      ...{
        character_maximum_length: null,
        numeric_precision: 8,
        numeric_scale: 2,
        dist_key: null,
        sort_key: 2,
      },
    },
  ],
);

it("users' tables come first, with types as they are written", () => {
  expect(tables.map(({ name }) => name)).toEqual(["sales", "pg_class"]);
  expect(tables[0]?.columns).toEqual([
    { name: "city", type: "varchar(30)", isDistKey: true, sortKey: undefined },
    { name: "price", type: "numeric(8,2)", isDistKey: false, sortKey: 2 },
  ]);
});

it("completes schemas, tables and columns", () => {
  expect(completionNames(tables)).toEqual({
    public: { sales: ["city", "price"] },
    pg_catalog: { pg_class: [] },
  });
});

it("quotes names that need it", () => {
  expect(["sales", "Sales", 'a"b', "1a"].map(quotedName)).toEqual(["sales", '"Sales"', '"a""b"', '"1a"']);
});
