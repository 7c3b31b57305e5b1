import { describe, expect, it } from "vitest";
import { printHiveType } from "../schema/hive-type.ts";
import { mutated, randomFrom } from "../test-mutation.ts";
import { scanJsonDocuments } from "./json-documents.ts";
import { parseJsonPath } from "./json-path.ts";

const scan = (text: string, path?: string) =>
  scanJsonDocuments(Buffer.from(text), path === undefined ? undefined : (parseJsonPath(path) ?? []));
const typeOf = (text: string) => printHiveType(scan(text).shape.type());

describe("shapes of documents", () => {
  it.each([
    ['{"a":1,"b":1.0,"c":"x","d":true,"e":null}', "struct<a:int,b:double,c:string,d:boolean,e:void>"],
    ['{"a":2147483647,"b":2147483648,"c":-2147483648}', "struct<a:int,b:bigint,c:int>"],
    [
      '{"a":9223372036854775807,"b":9223372036854775808,"c":-9223372036854775808}',
      "struct<a:bigint,b:decimal(38,0),c:bigint>",
    ],
    [`{"a":${"9".repeat(39)}}`, "struct<a:double>"],
    ['{"a":1e3,"b":-0,"c":NaN,"d":-Infinity}', "struct<a:double,b:int,c:double,d:double>"],
    ['{"a":1}{"a":"x"}', "struct<a:string>"],
    ['{"a":{"x":1}}\n{"a":[1]}', "struct<a:string>"],
    ['{"a":[]}\n{"a":[null,1,2.5]}', "struct<a:array<double>>"],
    ['{"a":[{"x":1},{"y":[["z"]]}]}', "struct<a:array<struct<x:int,y:array<array<string>>>>>"],
    ['{"a":{}}', "struct<a:void>"],
    ['{"a":{"k:1":1,"K:1":2.5}}', "struct<a:struct<k_1:double>>"],
    ['{"\\u0061":1,"a":2,"b\\"":3}', 'struct<a:int,b":int>'],
    ['\uFEFF {\n  "a": 1\n}\n\n{ "a" : 2 }', "struct<a:int>"],
  ])("%s is %s", (text, type) => {
    expect(typeOf(text)).toBe(type);
  });

  it("takes the elements of arrays at the top for records", () => {
    const { shape, records, documents, startsWithArray } = scan('[{"a":1},{"b":2}]\n[{"a":null}]');
    expect(printHiveType(shape.element().type())).toBe("struct<a:int,b:int>");
    expect([records, documents, startsWithArray]).toEqual([3, 2, true]);
  });

  it.each([
    ['{"a":1', "truncated"],
    ['{"a', "truncated"],
    ['{"a":tru', "truncated"],
    ['{"a":"x\\', "truncated"],
    ['[{"a":1},', "truncated"],
    ['{"a" 1}', "invalid"],
    ['{"a":1,}', "invalid"],
    ['{"a":01}', "invalid"],
    ['{"a":1.}', "invalid"],
    ['{"a":truth}', "invalid"],
    ["{a:1}", "invalid"],
    ['{"a":"x\ny"}', "invalid"],
    ['{"a":1} x', "invalid"],
    ["12", "invalid"],
    ["[1,]", "invalid"],
    ["", "complete"],
  ])("%j ends %s", (text, end) => {
    expect(scan(text).end).toBe(end);
  });

  it("passes over what is nested too deep, and over names beyond its limits", () => {
    const deep = `{"a":${"[".repeat(150)}1${"]".repeat(150)},"b":1}`;
    const { end, shape } = scan(deep);
    expect(end).toBe("complete");
    expect(shape.field("b")).toBeDefined();
    const wide = scan(`{${Array.from({ length: 6_000 }, (_, index) => `"k${index}":{"x":1}`).join(",")}}`);
    expect([wide.end, wide.shape.fieldCount]).toEqual(["complete", 5_000]);
  });

  it("agrees with JSON.parse on what is JSON", () => {
    const text = '[{"a":[1,-2.5e3,"x\\n\\u00e4"],"b":{"c":null,"d":[true,false]}},{"a":[],"b":{}}]';
    let [agreed, valid] = [0, 0];
    for (let seed = 1; seed <= 10_000; seed += 1) {
      const changed = mutated(Buffer.from(text), randomFrom(seed)).toString("latin1");
      const ours = scan(changed);
      let parsed: unknown;
      try {
        parsed = JSON.parse(changed);
      } catch {
        // Several documents, a document cut off, and words of Python are no single JSON text.
        continue;
      }
      if (typeof parsed !== "object" || parsed === null) continue;
      valid += 1;
      if (ours.end === "complete") agreed += 1;
    }
    expect(valid).toBeGreaterThan(100);
    expect(agreed).toBe(valid);
  });
});

describe("paths", () => {
  it.each([
    ["$.a", '{"a":1,"b":"x"}\n{"a":2}', "int", 2],
    ["$['a b'][*].c", '{"a b":[{"c":1},{"c":2.5},{"d":1}]}', "double", 2],
    ["$[*]", '[{"a":1},{"a":2}]', "struct<a:int>", 2],
    ["$[1]", "[true,1.5]", "double", 1],
    ["$.*.x", '{"a":{"x":1},"b":{"x":"y"},"c":2}', "string", 2],
    ["$", '{"a":1}', "struct<a:int>", 1],
    ["$.missing", '{"a":{"missing":1}}', "void", 0],
  ])("%s of %s is %s", (path, text, type, records) => {
    const scanned = scan(text, path);
    expect(printHiveType(scanned.shape.type())).toBe(type);
    expect([scanned.records, scanned.end]).toEqual([records, "complete"]);
  });

  it.each(["", "a", "$..a", "$.a[?(@.b)]", "$[-1]", "$['a", "$.", "$[1:2]", `$${".a".repeat(65)}`])(
    "refuses %j",
    (path) => {
      expect(parseJsonPath(path)).toBeUndefined();
    },
  );
});
