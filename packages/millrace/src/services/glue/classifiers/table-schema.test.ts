import { describe, expect, it } from "vitest";
import type { Column } from "./classification.ts";
import { mergeSchemas, schemaSimilarity } from "./table-schema.ts";
import { recognise } from "./test-objects.ts";

/** `name type; name type` as columns. */
const columns = (text: string): Column[] =>
  text
    .split(";")
    .filter((column) => column.trim() !== "")
    .map((column) => {
      const [name = "", type = ""] = column.trim().split(" ");
      return { name, type };
    });
const text = (schema: readonly Column[]) => schema.map(({ name, type }) => `${name} ${type}`).join("; ");

describe("mergeSchemas", () => {
  it.each([
    ["a int", "a bigint", "a bigint"],
    ["a int", "a double", "a double"],
    ["a tinyint", "a float", "a double"],
    ["a boolean", "a int", "a string"],
    ["a date", "a timestamp", "a timestamp"],
    ["a decimal(10,2)", "a int", "a decimal(12,2)"],
    ["a decimal(38,0)", "a decimal(38,18)", "a decimal(38,0)"],
    ["a struct<x:int>", "a struct<X:double,y:string>", "a struct<x:double,y:string>"],
    ["a array<int>", "a array<struct<x:int>>", "a array<string>"],
    ["a map<string,int>", "a map<string,bigint>", "a map<string,bigint>"],
    ["a struct<x:int>", "a string", "a string"],
    ["a int", "A bigint; b string", "a bigint; b string"],
    ["a int; b int", "c int; a int", "a int; b int; c int"],
    ["a no such type", "a int", "a string"],
  ])("%s with %s is %s", (a, b, merged) => {
    expect(text(mergeSchemas(columns(a), columns(b)))).toBe(merged);
  });

  it("answers the same schema where the other adds nothing", () => {
    const a = columns("a double; b string");
    expect(mergeSchemas(a, columns("B string; a int"))).toBe(a);
  });

  it("takes the type of a column without values from the other, deep inside too", async () => {
    const open = await recognise('{"a":null,"b":[],"c":{"d":null},"e":1}\n{"a":null}');
    expect(text(open.columns)).toBe("a string; b array<string>; c struct<d:string>; e int");
    const full = await recognise('{"a":1,"b":[{"x":2.5}],"c":{"d":[true]},"e":null}\n{"a":2}');
    const wanted = "a int; b array<struct<x:double>>; c struct<d:array<boolean>>; e int";
    expect(text(mergeSchemas(open.columns, full.columns))).toBe(wanted);
    expect(text(mergeSchemas(full.columns, open.columns))).toBe(wanted);
    const kept: unknown = JSON.parse(JSON.stringify(open.columns));
    expect(text(mergeSchemas(kept as Column[], full.columns))).toBe(wanted);
  });
});

describe("schemaSimilarity", () => {
  it.each([
    ["a int; b int", "a int; b int", 1],
    ["a int; b int", "c int; d int", 0],
    ["a int; b int", "A bigint; b double", 1],
    ["a int; b int", "a string; b int", 0.5],
    ["a int; b int; c int", "a int; b int; c int; d int", 0.75],
    ["", "", 1],
    ["a int", "", 0],
  ])("%s and %s: %d", (a, b, similarity) => {
    expect(schemaSimilarity(columns(a), columns(b))).toBe(similarity);
    expect(schemaSimilarity(columns(b), columns(a))).toBe(similarity);
  });
});
