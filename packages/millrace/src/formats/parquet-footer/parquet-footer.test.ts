import { describe, expect, it } from "vitest";
import { printHiveType } from "../schema/hive-type.ts";
import { mutated, randomFrom } from "../test-mutation.ts";
import { parquetMetadataLength, readParquetFooter } from "./parquet-footer.ts";
import { parquetColumns } from "./parquet-types.ts";
import type { SchemaElement } from "./schema-element.ts";

const leaf = (name: string, physical: number, more: Partial<SchemaElement> = {}): SchemaElement => ({
  name,
  children: 0,
  repeated: false,
  physical,
  ...more,
});
const group = (name: string, children: number, more: Partial<SchemaElement> = {}): SchemaElement => ({
  name,
  children,
  repeated: false,
  ...more,
});
const types = (...elements: SchemaElement[]) => {
  const top = elements.length;
  const columns = parquetColumns([group("schema", top), ...elements]);
  return typeof columns === "string" ? columns : columns.map(({ type }) => printHiveType(type)).join(" ");
};
const tree = (...elements: SchemaElement[]) => {
  const columns = parquetColumns([group("schema", 1), ...elements]);
  return typeof columns === "string" ? columns : columns.map(({ type }) => printHiveType(type)).join(" ");
};
const list = { logical: { kind: "list" } } as const;
const repeated = { repeated: true };

describe("types of Parquet", () => {
  it("maps physical, converted and logical types", () => {
    expect(types(leaf("a", 0), leaf("b", 1), leaf("c", 2), leaf("d", 3), leaf("e", 4), leaf("f", 5))).toBe(
      "boolean int bigint timestamp float double",
    );
    expect(
      types(leaf("a", 6), leaf("b", 6, { converted: 0 }), leaf("c", 7), leaf("d", 6, { converted: 4 })),
    ).toBe("binary string binary string");
    expect(
      types(leaf("a", 1, { converted: 6 }), leaf("b", 2, { converted: 9 }), leaf("c", 2, { converted: 8 })),
    ).toBe("date timestamp bigint");
    expect(
      types(
        leaf("a", 1, { logical: { kind: "integer", bits: 8, signed: true } }),
        leaf("b", 1, { logical: { kind: "integer", bits: 8, signed: false } }),
        leaf("c", 1, { converted: 16 }),
        leaf("d", 1, { converted: 13 }),
      ),
    ).toBe("tinyint smallint smallint bigint");
    expect(
      types(
        leaf("a", 7, { converted: 5, precision: 20, scale: 4 }),
        leaf("b", 1, { logical: { kind: "decimal", precision: 9, scale: 2 } }),
        leaf("c", 6, { logical: { kind: "decimal", precision: 50, scale: 2 } }),
      ),
    ).toBe("decimal(20,4) decimal(9,2) binary");
  });

  it("reads lists of all writers, maps and groups", () => {
    const string = leaf("element", 6, { converted: 0 });
    expect(tree(group("l", 1, list), group("list", 1, repeated), string)).toBe("array<string>");
    expect(tree(group("l", 1, { converted: 3 }), leaf("array", 1, repeated))).toBe("array<int>");
    expect(tree(group("l", 1, list), group("array", 1, repeated), string)).toBe(
      "array<struct<element:string>>",
    );
    expect(tree(group("l", 1, list), group("l_tuple", 1, repeated), string)).toBe(
      "array<struct<element:string>>",
    );
    expect(tree(group("l", 1, list), group("x", 2, repeated), leaf("a", 1), leaf("b", 2))).toBe(
      "array<struct<a:int,b:bigint>>",
    );
    expect(tree(leaf("r", 5, repeated))).toBe("array<double>");
    expect(
      tree(group("m", 1, { converted: 1 }), group("key_value", 2, repeated), string, leaf("value", 2)),
    ).toBe("map<string,bigint>");
    expect(tree(group("s", 2), leaf("a", 1), group("t", 1), leaf("b:c", 0))).toBe(
      "struct<a:int,t:struct<b_c:boolean>>",
    );
  });

  it("refuses schemas that are no trees", () => {
    expect(parquetColumns([])).toContain("not a tree");
    expect(parquetColumns([group("schema", 0)])).toContain("no columns");
    expect(parquetColumns([group("schema", 2), leaf("a", 1)])).toContain("not a tree");
    expect(parquetColumns([group("schema", 1), leaf("a", 1), leaf("b", 1)])).toContain("not a tree");
    expect(parquetColumns(Array.from({ length: 300 }, () => group("g", 1)))).toContain("not a tree");
  });
});

describe("footers", () => {
  // FileMetaData { 1: version 1, 2: schema [root with 1 child, INT32 "a"], 3: num_rows 5, 4: [] , 6: "x" }
  const metadata = Buffer.from([
    0x15, 0x02, 0x19, 0x2c, 0x48, 0x01, 0x72, 0x15, 0x02, 0x00, 0x15, 0x02, 0x38, 0x01, 0x61, 0x00, 0x16,
    0x0a, 0x19, 0x0c, 0x28, 0x01, 0x78, 0x00,
  ]);

  it("reads columns, records and the writer", () => {
    expect(readParquetFooter(metadata)).toEqual({
      columns: [{ name: "a", type: { kind: "primitive", name: "int" } }],
      records: 5,
      rowGroups: 0,
      uncompressedBytes: 0,
      columnBytes: new Map(),
      utcColumns: [],
      createdBy: "x",
    });
  });

  it("says why metadata cannot be read", () => {
    for (let length = 0; length < metadata.length; length += 1) {
      expect(typeof readParquetFooter(metadata.subarray(0, length))).toBe("string");
    }
    // A list of 2^31 elements in three bytes, and structs without end.
    expect(readParquetFooter(Buffer.from([0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07]))).toContain("longer");
    expect(readParquetFooter(Buffer.alloc(10_000, 0x1c))).toContain("deeper");
    for (let seed = 1; seed <= 3_000; seed += 1) {
      expect(["string", "object"]).toContain(typeof readParquetFooter(mutated(metadata, randomFrom(seed))));
    }
  });

  it("finds the metadata from the file's end", () => {
    const trailer = (length: number, magic = "PAR1") => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32LE(length);
      bytes.write(magic, 4, "latin1");
      return bytes;
    };
    expect(parquetMetadataLength(trailer(100), 1_000)).toBe(100);
    expect(parquetMetadataLength(trailer(989), 1_000)).toContain("longer than the file");
    expect(parquetMetadataLength(trailer(100, "PARE"), 1_000)).toContain("encrypted");
    expect(parquetMetadataLength(trailer(100, "XXXX"), 1_000)).toContain("cut off");
    expect(parquetMetadataLength(trailer(0xffff_ffff), 2 ** 40)).toContain("longer");
    expect(parquetMetadataLength(Buffer.from("PAR1"), 4)).toContain("too short");
  });
});
