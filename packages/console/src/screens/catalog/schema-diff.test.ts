import type { Table } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { changeText, schemaChanges } from "./schema-diff.ts";

function table(columns: Readonly<Record<string, string>>, more: Partial<Table> = {}): Table {
  return {
    Name: "t",
    StorageDescriptor: {
      Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
      Location: "s3://lake/t/",
    },
    ...more,
  };
}

it("tells columns that came, went and changed", () => {
  const changes = schemaChanges(table({ id: "int", gone: "string" }), table({ id: "bigint", day: "date" }));
  expect(changes).toEqual([
    { kind: "changed", what: "column id", before: "int", after: "bigint" },
    { kind: "removed", what: "column gone", before: "string", after: undefined },
    { kind: "added", what: "column day", before: undefined, after: "date" },
  ]);
  expect(changeText(changes)).toBe("1 column added, 1 column removed, 1 column changed");
});

it("tells another order, but not because of a new column", () => {
  expect(schemaChanges(table({ a: "int", b: "int" }), table({ b: "int", a: "int" }))).toEqual([
    { kind: "changed", what: "order of columns", before: "a, b", after: "b, a" },
  ]);
  expect(schemaChanges(table({ a: "int", b: "int" }), table({ a: "int", x: "int", b: "int" }))).toHaveLength(
    1,
  );
});

it("leaves out what each crawl counts anew", () => {
  const before = table({ a: "int" }, { Parameters: { recordCount: "1", classification: "json" } });
  const after = table({ a: "int" }, { Parameters: { recordCount: "2", classification: "csv" } });
  expect(schemaChanges(before, after)).toEqual([
    { kind: "changed", what: "parameter classification", before: "json", after: "csv" },
  ]);
  expect(changeText(schemaChanges(before, before))).toBe("no change of the schema");
});

it("tells partition keys and the location", () => {
  const before = table({ a: "int" }, { PartitionKeys: [{ Name: "day", Type: "string" }] });
  const after = {
    ...table({ a: "int" }),
    StorageDescriptor: { Columns: [{ Name: "a", Type: "int" }], Location: "s3://b/" },
  };
  expect(schemaChanges(before, after).map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    "removed partition key day",
    "changed location",
  ]);
});
