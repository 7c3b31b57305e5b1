import { expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import { NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { readRow } from "../columns/index.ts";
import { checkFormat, createDecoder, createEncoder, DecodeError } from "./index.ts";
import {
  bigint,
  blockOf,
  boolean,
  decodeAll,
  decoderOf,
  double,
  encodeAll,
  int,
  nullable,
  string,
  tableOf,
  timestamp,
} from "./test-codec.ts";

it.each<[FlinkType, string, Value, readonly number[]]>([
  [string, "big-endian", "aé", [97, 0xc3, 0xa9]],
  [{ kind: "varbinary", length: 9, nullable }, "big-endian", new Uint8Array([1, 2]), [1, 2]],
  [boolean, "big-endian", true, [1]],
  [{ kind: "tinyint", nullable }, "big-endian", -2, [0xfe]],
  [{ kind: "smallint", nullable }, "big-endian", 258, [1, 2]],
  [int, "big-endian", 1, [0, 0, 0, 1]],
  [int, "little-endian", 1, [1, 0, 0, 0]],
  [bigint, "big-endian", -1, [255, 255, 255, 255, 255, 255, 255, 255]],
  [{ kind: "float", nullable }, "big-endian", 1.5, [0x3f, 0xc0, 0, 0]],
  [double, "little-endian", 1, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
])("raw: %o, %s: %o is %o", (type, endianness, value, bytes) => {
  const table = tableOf({ a: type }, { format: "raw", "raw.endianness": endianness });
  expect(decodeAll(decoderOf(table, ["a"]), [Uint8Array.from(bytes)])).toEqual([[value]]);
  const builder = { values: [value], nulls: undefined };
  const lane =
    typeof value === "number"
      ? Float64Array.of(value)
      : typeof value === "boolean"
        ? Uint8Array.of(1)
        : builder.values;
  const encoder = createEncoder({ table, types: [type], columns: [0], leaveOut: [], mode: "double" });
  const encoded = encoder.encode({
    rowCount: 1,
    columns: [{ values: lane, nulls: undefined }],
    kinds: undefined,
  });
  expect([...encoded.bytes]).toEqual(bytes);
});

it("raw: refuses other lengths, BIGINTs beyond doubles, other columns and types", () => {
  const table = tableOf({ a: bigint }, { format: "raw" });
  expect(() => decodeAll(decoderOf(table, ["a"]), [new Uint8Array(3)])).toThrow(DecodeError);
  const great = Uint8Array.of(0x7f, 255, 255, 255, 255, 255, 255, 255);
  expect(() => decodeAll(decoderOf(table, ["a"]), [great])).toThrow(NeedsExactIntegers);
  expect(decodeAll(decoderOf(table, ["a"], "exact"), [great])).toEqual([[2n ** 63n - 1n]]);
  expect(() => checkFormat(tableOf({ a: int, b: int }, { format: "raw" }), "source")).toThrow(SqlError);
  expect(() => checkFormat(tableOf({ a: timestamp }, { format: "raw" }), "sink")).toThrow(SqlError);
});

it.each([
  "avro",
  "avro-confluent",
  "debezium-json",
  "canal-json",
  "maxwell-json",
  "ogg-json",
  "protobuf",
  "orc",
])("refuses %s by name", (format) => {
  const table = tableOf({ a: int }, { format });
  const message = `format '${format}' is not supported yet; it runs on Apache Flink itself`;
  expect(() => checkFormat(table, "source")).toThrow(message);
  expect(() => checkFormat(table, "sink")).toThrow(message);
  expect(() => createDecoder({ table, columns: [], mode: "double", name: "t" })).toThrow(message);
});

it("says which formats there are, and refuses options that there are not", () => {
  expect(() => checkFormat(tableOf({ a: int }, { format: "xml" }), "source")).toThrow(
    /there is no format 'xml'; formats are json, csv/,
  );
  expect(() => checkFormat(tableOf({ a: int }, {}), "source")).toThrow("table t has no option 'format'");
  expect(() => checkFormat(tableOf({ a: int }, { format: "json", "json.x": "1" }), "source")).toThrow(
    "there is no option 'json.x'",
  );
  expect(() =>
    checkFormat(tableOf({ a: int }, { format: "json", "json.ignore-parse-errors": "maybe" }), "source"),
  ).toThrow("option 'json.ignore-parse-errors' is true or false, not 'maybe'");
  const both = { format: "json", "json.ignore-parse-errors": "true", "json.fail-on-missing-field": "true" };
  expect(() => checkFormat(tableOf({ a: int }, both), "source")).toThrow("cannot be true together");
  expect(() => checkFormat(tableOf({ a: int }, { format: "print" }), "sink")).toThrow(
    "there is no format 'print'",
  );
});

it("prints rows for people", () => {
  const local: FlinkType = { kind: "timestamp_ltz", precision: 3, nullable };
  const table = tableOf({ a: int, b: string, c: double, d: local }, { format: "print" });
  expect(
    encodeAll(table, [
      [1, "x", 2, 0],
      [null, null, null, null],
    ]),
  ).toEqual(["1, x, 2.0, 1970-01-01 00:00:00.000", "null, null, null, null"]);
});

it.each(["json", "csv", "raw"])("takes partition keys of files from their paths: %s", (format) => {
  const fields = { day: { kind: "date", nullable } as const, text: string };
  const table = { ...tableOf(fields, { connector: "filesystem", format }), partitionKeys: [0] };
  checkFormat(table, "source");
  const record = format === "json" ? '{"day":"1999-01-01","text":"x"}' : "x";
  const paths = ["1970-01-02", "__DEFAULT_PARTITION__"];
  const block = { ...blockOf([record, record]), metadata: { "partition.day": paths } };
  const batch = decoderOf(table, ["text", "day"]).decode(block, "s");
  expect([readRow(batch, 0), readRow(batch, 1)]).toEqual([
    ["x", 1],
    ["x", null],
  ]);
});

it("decodes blocks of nothing", () => {
  for (const format of ["json", "csv", "raw"]) {
    const decoder = decoderOf(tableOf({ a: string }, { format }), ["a"]);
    expect(decoder.decode(blockOf([]), "s").rowCount).toBe(0);
  }
});
