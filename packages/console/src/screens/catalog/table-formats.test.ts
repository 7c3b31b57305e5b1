import { expect, it } from "vitest";
import { columnsOf, formatOf, inputOfTable, tableInputOf } from "./table-formats.ts";

it("reads columns from lines", () => {
  expect(
    columnsOf("id bigint\n\n  name: string,\nprice decimal(10, 2) -- in euros\ntags array<struct<a:int>>"),
  ).toEqual([
    { Name: "id", Type: "bigint" },
    { Name: "name", Type: "string" },
    { Name: "price", Type: "decimal(10, 2)", Comment: "in euros" },
    { Name: "tags", Type: "array<struct<a:int>>" },
  ]);
  expect(() => columnsOf("id bigint\nname")).toThrow("Line 2");
});

it("makes the input of a table", () => {
  const input = tableInputOf({
    name: "orders",
    description: "",
    location: "s3://lake/orders",
    format: "parquet",
    columns: "id bigint",
    partitionKeys: "day date",
  });
  expect(input).toMatchObject({
    Name: "orders",
    PartitionKeys: [{ Name: "day", Type: "date" }],
    StorageDescriptor: { Location: "s3://lake/orders/", Columns: [{ Name: "id", Type: "bigint" }] },
  });
  expect(formatOf({ ...input, Name: "orders" })).toBe("parquet");
  expect(() => tableInputOf({ ...input, format: "x" } as never)).toThrow("format");
});

it("names the format by the serializer where nothing else does", () => {
  const serde = (SerializationLibrary: string) => ({
    Name: "t",
    StorageDescriptor: { SerdeInfo: { SerializationLibrary } },
  });
  expect(formatOf(serde("org.openx.data.jsonserde.JsonSerDe"))).toBe("json");
  expect(formatOf(serde("org.example.OwnSerDe"))).toBe("OwnSerDe");
  expect(formatOf({ Name: "t" })).toBe("");
});

it("leaves out what an update does not take", () => {
  const input = inputOfTable({
    Name: "t",
    DatabaseName: "d",
    CreateTime: new Date(0),
    VersionId: "3",
    CatalogId: "0",
    Description: undefined,
    Parameters: { a: "b" },
  });
  expect(input).toEqual({ Name: "t", StorageDescriptor: {}, Parameters: { a: "b" } });
});
