import { describe, expect, it } from "vitest";
import { printHiveType } from "../schema/hive-type.ts";
import { avroMagic, readAvroHeader } from "./avro-header.ts";
import { avroColumns } from "./avro-types.ts";

const schema = (value: unknown) => {
  const columns = avroColumns(JSON.stringify(value));
  if (typeof columns === "string") return columns;
  return columns.map(({ name, type }) => `${name} ${printHiveType(type)}`).join(", ");
};
const record = (...fields: unknown[]) => ({
  type: "record",
  name: "R",
  fields: fields.map((type, index) => ({ name: `f${index}`, type })),
});

describe("types of Avro", () => {
  it.each([
    [["int", "long", "float", "double"], "f0 int, f1 bigint, f2 float, f3 double"],
    [["boolean", "bytes", "string", "null"], "f0 boolean, f1 binary, f2 string, f3 void"],
    [[["null", "int"], ["int"], ["null", "int", "string"]], "f0 int, f1 int, f2 uniontype<int,string>"],
    [
      [
        { type: "array", items: ["null", "long"] },
        { type: "map", values: "int" },
      ],
      "f0 array<bigint>, f1 map<string,int>",
    ],
    [[{ type: "enum", name: "E", symbols: ["A"] }, "E"], "f0 string, f1 string"],
    [[{ type: "fixed", name: "F", size: 4 }], "f0 binary"],
    [
      [
        { type: "int", logicalType: "date" },
        { type: "long", logicalType: "timestamp-micros" },
      ],
      "f0 date, f1 timestamp",
    ],
    [[{ type: "bytes", logicalType: "decimal", precision: 12, scale: 2 }], "f0 decimal(12,2)"],
    [
      [
        { type: "bytes", logicalType: "decimal", precision: 99 },
        { type: "string", logicalType: "uuid" },
      ],
      "f0 binary, f1 string",
    ],
    [
      [{ type: "record", name: "S", fields: [{ name: "x", type: "int" }] }, ["null", "S"]],
      "f0 struct<x:int>, f1 struct<x:int>",
    ],
    [[{ type: { type: "string" } }], "f0 string"],
  ])("%j is %s", (fields, columns) => {
    expect(schema(record(...fields))).toBe(columns);
  });

  it("resolves names in namespaces, and cuts types that hold themselves", () => {
    const inner = { type: "record", name: "In", fields: [{ name: "x", type: "int" }] };
    const outer = { ...record(inner, "a.b.In", "In"), namespace: "a.b" };
    expect(schema(outer)).toBe("f0 struct<x:int>, f1 struct<x:int>, f2 struct<x:int>");
    expect(schema(record("int", ["null", "R"]))).toBe("f0 int, f1 string");
    expect(schema("long")).toBe("value bigint");
  });

  it("says why a schema cannot be used", () => {
    expect(avroColumns("{")).toContain("not JSON");
    expect(schema(record("Nobody"))).toContain("does not define Nobody");
    expect(schema({ type: "record", name: "R" })).toContain("no fields");
    expect(schema({ type: "record", fields: [] })).toContain("no name");
    expect(schema(7)).toContain("none");
    let deep: unknown = "int";
    for (let level = 0; level < 200; level += 1) deep = { type: "array", items: deep };
    expect(schema(record(deep))).toContain("deeper");
    // Each record names the one before twice: 2^40 types.
    let doubling: unknown = { type: "record", name: "T0", fields: [] };
    for (let level = 1; level <= 40; level += 1) {
      const fields = [
        { name: "a", type: doubling },
        { name: "b", type: `T${level - 1}` },
      ];
      doubling = { type: "record", name: `T${level}`, fields };
    }
    expect(schema(doubling)).toContain("more than");
  });
});

describe("headers", () => {
  const entry = (text: string) => Buffer.concat([Buffer.from([text.length * 2]), Buffer.from(text)]);
  const header = (...parts: Buffer[]) => Buffer.concat([avroMagic, ...parts]);
  const sync = Buffer.alloc(16);

  it("reads schema, codec and the first block", () => {
    const bytes = header(
      Buffer.from([4]),
      entry("avro.schema"),
      entry('"int"'),
      entry("avro.codec"),
      entry("snappy"),
      Buffer.from([0]),
      sync,
      Buffer.from([6, 40]),
    );
    expect(readAvroHeader(bytes)).toMatchObject({
      schema: '"int"',
      codec: "snappy",
      blockRecords: 3,
      blockBytes: 20,
    });
  });

  it("tells a header that goes on from one that is damaged", () => {
    const sized = header(Buffer.from([1, 20]), entry("avro.schema"), entry('"int"'), Buffer.from([0]), sync);
    expect(readAvroHeader(sized)).toMatchObject({ schema: '"int"', codec: "null", blockRecords: 0 });
    expect(readAvroHeader(sized.subarray(0, 12))).toBe("truncated");
    expect(readAvroHeader(avroMagic)).toBe("truncated");
    expect(readAvroHeader(header(Buffer.from([0])))).toMatchObject({
      problem: expect.stringContaining("no schema"),
    });
    expect(readAvroHeader(header(Buffer.alloc(12, 0xff)))).toHaveProperty("problem");
    expect(readAvroHeader(header(Buffer.from([2, 1])))).toHaveProperty("problem");
  });
});
