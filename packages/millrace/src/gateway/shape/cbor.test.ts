import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import { ModelLibrary } from "../model/model-library.ts";
import type { StructureShape } from "../model/shape.ts";
import { CborReaders } from "./cbor-reader.ts";
import { CborScan } from "./cbor-scan.ts";
import { CborWriters } from "./cbor-writer.ts";

const library = new ModelLibrary();
const readers = new CborReaders({ timestamps: "milliseconds" });
const writers = new CborWriters({ timestamps: "milliseconds" });

function shapeOf(service: string, name: string): StructureShape {
  const shape = library.model(service).structure(name);
  if (shape === undefined) throw new Error(`no shape ${name}`);
  return shape;
}

function read(hex: string, shape = shapeOf("kinesis", "PutRecordsInput")): unknown {
  const scan = new CborScan(Buffer.from(hex.replaceAll(" ", ""), "hex"));
  const value = readers.reader(shape)(scan);
  scan.end();
  return value;
}

function refusal(hex: string, shape?: StructureShape): string {
  try {
    read(hex, shape);
  } catch (thrown) {
    if (thrown instanceof ServiceError && thrown.code === "SerializationException") return thrown.message;
    throw thrown;
  }
  throw new Error(`was read: ${hex}`);
}

const text = (value: string): string =>
  (0x60 + value.length).toString(16) + Buffer.from(value).toString("hex");

describe("CBOR", () => {
  it("writes timestamps as integer milliseconds under tag 1, as Java clients read them", () => {
    const position = shapeOf("kinesis", "StartingPosition");
    const bytes = writers.encode(position, { Type: "AT_TIMESTAMP", Timestamp: new Date(0x018bcfe5687b) });
    expect(bytes.toString("hex")).toContain("c11b0000018bcfe5687b");
    expect(read(bytes.toString("hex"), position)).toEqual({
      Type: "AT_TIMESTAMP",
      Timestamp: new Date(0x018bcfe5687b),
    });
  });

  it("counts seconds in rpcv2Cbor", () => {
    const position = shapeOf("kinesis", "StartingPosition");
    const value = { Timestamp: new Date(1_700_000_000_250) };
    const bytes = new CborWriters({ timestamps: "seconds" }).encode(position, value);
    expect(bytes.toString("hex")).toContain("c1fb41d954fc40100000");
    expect(new CborReaders({ timestamps: "seconds" }).reader(position)(new CborScan(bytes))).toEqual(value);
  });

  it("reads definite and indefinite lengths alike", () => {
    const record = `a2 ${text("Data")} 42 6869 ${text("PartitionKey")} 61 6b`;
    const pieces = `bf ${text("Data")} 5f 41 68 41 69 ff ${text("PartitionKey")} 7f 61 6b ff ff`;
    const expected = { Records: [{ Data: Buffer.from("hi"), PartitionKey: "k" }] };
    expect(read(`a1 ${text("Records")} 81 ${record}`)).toEqual(expected);
    expect(read(`bf ${text("Records")} 9f ${pieces} ff ff`)).toEqual(expected);
    // A name in a longer head than it needs, and null and undefined for absent members.
    expect(
      read(`a3 78 07 ${text("Records").slice(2)} 80 ${text("StreamName")} f6 ${text("StreamId")} f7`),
    ).toEqual({
      Records: [],
    });
  });

  it("reads blobs as views on the body", () => {
    const body = Buffer.from(`a1${text("Data")}43010203`, "hex");
    const { Data } = readers.reader(shapeOf("kinesis", "PutRecordsRequestEntry"))(new CborScan(body)) as {
      Data: Buffer;
    };
    expect(Data).toEqual(Buffer.from([1, 2, 3]));
    expect(Data.buffer).toBe(body.buffer);
  });

  it.each([
    ["00", 0],
    ["17", 23],
    ["18 ff", 255],
    ["19 0100", 256],
    ["1a 00010000", 65_536],
    ["1b 001fffffffffffff", Number.MAX_SAFE_INTEGER],
    ["20", -1],
    ["3b 001ffffffffffffe", -Number.MAX_SAFE_INTEGER],
    ["f9 3c00", 1],
    ["f9 c400", -4],
    ["f9 0001", 2 ** -24],
    ["f9 7c00", Number.POSITIVE_INFINITY],
    ["f9 7e00", Number.NaN],
    ["fa 3fc00000", 1.5],
    ["fb 3ff8000000000000", 1.5],
  ])("reads the number %s", (hex, value) => {
    expect(read(`a1 ${text("Value")} ${hex}`, shapeOf("cloudwatch", "MetricDatum"))).toEqual({
      Value: value,
    });
  });

  it.each([
    23,
    24,
    255,
    256,
    65_535,
    65_536,
    2 ** 32,
    2 ** 53 - 1,
    -1,
    -24,
    -25,
    -(2 ** 40),
    1.5,
    -0.1,
    Number.NaN,
  ])("writes the number %d so that it reads the same", (value) => {
    const datum = shapeOf("cloudwatch", "MetricDatum");
    const bytes = writers.encode(datum, { MetricName: "m", Value: value });
    expect(read(bytes.toString("hex"), datum)).toEqual({ MetricName: "m", Value: value });
  });

  it("skips members that the shape does not have, whatever they hold", () => {
    const unknown = [
      `a1 ${text("x")} 82 01 f5`,
      "c1 1b 0000018bcfe5687b",
      "9f 01 bf 61 61 f6 ff ff",
      "5f 41 00 ff",
      "f9 0000",
    ];
    for (const item of unknown) {
      expect(read(`a2 ${text("unknown")} ${item} ${text("StreamName")} ${text("s")}`)).toEqual({
        StreamName: "s",
      });
    }
  });

  it.each([
    "",
    "a1",
    "80 00",
    "a0 00",
    "ff",
    "a1 01 02",
    // Lengths that no body could hold.
    `a1 ${text("StreamName")} 7b 7fffffffffffffff 61`,
    `a1 ${text("StreamName")} 7a ffffffff 61`,
    `a1 ${text("Records")} 9b 00000000ffffffff 00`,
    "bb ffffffffffffffff",
    // A reserved head, a break in the wrong place, pieces of another type.
    `a1 ${text("StreamName")} 7c`,
    `a1 ${text("StreamName")} ff`,
    `a1 ${text("StreamName")} 7f 41 00 ff`,
    `a1 ${text("StreamName")} 7f 7f ff ff`,
  ])("refuses %s", (hex) => {
    expect(refusal(hex)).not.toBe("");
  });

  it.each([
    [`a1 ${text("StreamName")} 01`, "NUMBER_VALUE can not be converted to a String"],
    [`a1 ${text("StreamName")} 80`, "Start of list found where not expected"],
    [`a1 ${text("StreamName")} a0`, "Start of structure or map found where not expected."],
    [`a1 ${text("DryRun")} 61 78`, "STRING_VALUE can not be converted to a Boolean"],
    [`a1 ${text("StreamName")} 62 c328`, "The request body is not valid UTF-8."],
  ])("says what is wrong with %s", (hex, message) => {
    expect(refusal(hex)).toBe(message);
  });

  it("refuses deep nesting instead of running out of stack", () => {
    expect(refusal(`a1 ${text("unknown")} ${"81".repeat(100_000)}`)).toContain("nested too deeply");
    expect(refusal(`a1 ${text("unknown")} ${"c1".repeat(100_000)}`)).toContain("nested too deeply");
    const item = shapeOf("dynamodb", "PutItemInput");
    const deep = `a1 ${text("M")} a1 ${text("a")}`.repeat(10_000);
    expect(refusal(`a1 ${text("Item")} a1 ${text("a")} ${deep}`, item)).toContain("nested too deeply");
  });
});
