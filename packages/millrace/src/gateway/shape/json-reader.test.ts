import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import { ModelLibrary } from "../model/model-library.ts";
import type { StructureShape } from "../model/shape.ts";
import { JsonReaders } from "./json-reader.ts";
import { JsonScan } from "./json-scan.ts";

const library = new ModelLibrary();

function shapeOf(service: string, name: string): StructureShape {
  const shape = library.model(service).structure(name);
  if (shape === undefined) throw new Error(`no shape ${name}`);
  return shape;
}

function read(text: string | Buffer, shape = shapeOf("kinesis", "PutRecordsInput")): unknown {
  const scan = new JsonScan(Buffer.from(text));
  const value = new JsonReaders({ jsonNames: false }).reader(shape)(scan);
  scan.end();
  return value;
}

function refusal(text: string | Buffer, shape?: StructureShape): string {
  try {
    read(text, shape);
  } catch (thrown) {
    if (thrown instanceof ServiceError && thrown.code === "SerializationException") return thrown.message;
    throw thrown;
  }
  throw new Error(`was read: ${text}`);
}

describe("JsonReaders", () => {
  it("reads members in any order, with any space, and skips unknown ones", () => {
    const text = ` { "unknown" : {"a":[1,-2.5e3,"x\\"",null,true]}, "StreamName":\n"s",\t"Records" : [ {"PartitionKey":"k","Data":"aGk="} ] } `;
    expect(read(text)).toEqual({
      StreamName: "s",
      Records: [{ PartitionKey: "k", Data: Buffer.from("hi") }],
    });
  });

  it("takes the last of duplicates, and null for absent", () => {
    expect(read('{"StreamName":"a","StreamName":"b"}')).toEqual({ StreamName: "b" });
    expect(read('{"StreamName":"a","StreamName":null}')).toEqual({});
  });

  it("reads escapes, all of Unicode and a byte order mark", () => {
    const text = '{"StreamName":"\\u00fc \\ud83d\\ude80 \\n\\"\\/ grüße 你好 🚀"}';
    expect(read(`\ufeff${text}`)).toEqual({ StreamName: 'ü 🚀 \n"/ grüße 你好 🚀' });
    expect(read('{"Stream\\u004eame":"x"}')).toEqual({ StreamName: "x" });
  });

  it("keeps names of object properties away from prototypes", () => {
    const tags = shapeOf("kinesis", "AddTagsToStreamInput");
    const value = read('{"__proto__":{"x":1},"Tags":{"__proto__":"a","constructor":"b"}}', tags) as {
      Tags: Record<string, string>;
    };
    expect(Object.keys(value.Tags)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it.each([0, 1, 2, 3, 5, 190, 191, 192, 193, 194, 1024])("reads a blob of %i bytes", (length) => {
    const data = Buffer.from(Array.from({ length }, (_, index) => (index * 37) & 0xff));
    const text = JSON.stringify({ Records: [{ Data: data.toString("base64") }, { Data: "AQID" }] });
    expect(read(text)).toEqual({ Records: [{ Data: data }, { Data: Buffer.from([1, 2, 3]) }] });
    expect(read(text.replaceAll("/", "\\/"))).toEqual(read(text));
  });

  it.each([
    "a",
    "ab",
    "abc",
    "====",
    "a===",
    "ab=c",
    "ab!=",
    "a_-b",
    "ab==ab==",
    "YR==",
    "YWJ=",
    " YWI",
    "YWI=\\n",
    "ü===",
  ])("refuses %s as base64", (data) => {
    const long = "QUJD".repeat(100);
    expect(refusal(`{"Records":[{"Data":"${data}"}]}`)).toContain("can not be converted to a Blob");
    expect(refusal(`{"Records":[{"Data":"${long}${data}"}]}`)).toContain("can not be converted to a Blob");
  });

  it.each([
    ['{"StreamName":1}', "NUMBER_VALUE can not be converted to a String"],
    ['{"StreamName":true}', "TRUE_VALUE can not be converted to a String"],
    ['{"StreamName":{}}', "Start of structure or map found where not expected."],
    ['{"StreamName":[]}', "Start of list found where not expected"],
    ['{"Records":"x"}', "Expected list or null"],
    ['{"Records":[7]}', "Expected structure or null"],
    ['{"DryRun":"true"}', "STRING_VALUE can not be converted to a Boolean"],
    ['{"Records":[{"Data":1}]}', "NUMBER_VALUE can not be converted to a Blob"],
    ["[]", "Start of list found where not expected"],
    ['"x"', "Expected structure or null"],
  ])("says what is wrong with %s", (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it.each([
    "",
    "{",
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    "{}x",
    "{'a':1}",
    '{"a":01}',
    '{"a":1.}',
    '{"a":-}',
    '{"a":.5}',
    '{"a":tru}',
    '{"a":"\t"}',
    '{"a":"\\x"}',
    '{"StreamName":"\\x"}',
    '{"a":[1 2]}',
    "nul",
    "\u0000",
  ])("refuses %j", (text) => {
    expect(refusal(text)).toContain("Could not parse request body into json");
  });

  it("refuses invalid UTF-8", () => {
    const body = Buffer.concat([
      Buffer.from('{"StreamName":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    expect(refusal(body)).toContain("UTF-8");
  });

  it("refuses deep nesting instead of running out of stack", () => {
    const deep = '{"x":'.repeat(100_000);
    expect(refusal(deep)).toContain("nested too deeply");
    expect(refusal(`{"x":${"[".repeat(100_000)}`)).toContain("nested too deeply");
    const item = shapeOf("dynamodb", "PutItemInput");
    expect(refusal(`{"Item":{"a":${'{"M":{"a":'.repeat(50_000)}`, item)).toContain("nested too deeply");
  });

  it("reads numbers exactly, truncates fractions of integers and knows the names of the rest", () => {
    const limits = shapeOf("kinesis", "GetRecordsInput");
    for (const [text, value] of [
      ["0", 0],
      ["-1", -1],
      ["10000", 10000],
      ["1e3", 1000],
      ["2.9", 2],
      ["123456789012345678", 123456789012345680],
    ]) {
      expect(read(`{"Limit":${text}}`, limits)).toEqual({ Limit: value });
    }
    const datum = shapeOf("cloudwatch", "MetricDatum");
    expect(read('{"Value":"NaN"}', datum)).toEqual({ Value: Number.NaN });
    expect(read('{"Value":"-Infinity"}', datum)).toEqual({ Value: Number.NEGATIVE_INFINITY });
    expect(refusal('{"Value":"1"}', datum)).toBe("STRING_VALUE can not be converted to a Double");
  });

  it("reads timestamps in seconds with a fraction, and as text", () => {
    const position = shapeOf("kinesis", "StartingPosition");
    for (const text of ["1700000000.123", '"2023-11-14T22:13:20.123Z"', '"2023-11-15T00:13:20.123+02:00"']) {
      expect(read(`{"Timestamp":${text}}`, position)).toEqual({ Timestamp: new Date(1_700_000_000_123) });
    }
    for (const text of ['"yesterday"', "1e300", '"2023-99-99T00:00:00Z"']) {
      expect(refusal(`{"Timestamp":${text}}`, position)).toContain("can not be converted to a Date");
    }
  });
});
