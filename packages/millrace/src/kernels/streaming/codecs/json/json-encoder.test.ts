import { expect, it } from "vitest";
import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { EvaluationError } from "../../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { createEncoder } from "../index.ts";
import {
  bigint,
  boolean,
  decodeAll,
  decoderOf,
  double,
  encodeAll,
  int,
  nullable,
  row,
  string,
  tableOf,
  timestamp,
} from "../test-codec.ts";

const json = { format: "json" };
const decimal: FlinkType = { kind: "decimal", precision: 20, scale: 3, nullable };

it.each<[FlinkType, Value, string]>([
  [boolean, true, "true"],
  [int, -5, "-5"],
  [bigint, 9_007_199_254_740_991, "9007199254740991"],
  [double, 1, "1.0"],
  [double, 1.5e20, "1.5E20"],
  [double, Number.NaN, '"NaN"'],
  [{ kind: "float", nullable }, Math.fround(0.1), "0.1"],
  [decimal, 1500n, "1.5"],
  [decimal, 100_000n, "1E+2"],
  [decimal, -120_000n, "-1.2E+2"],
  [decimal, 0n, "0"],
  [string, 'a"\\\n\u0001é\u{1f600}\ud800', '"a\\"\\\\\\n\\u0001é\u{1f600}\\ud800"'],
  [{ kind: "varbinary", length: 9, nullable }, new Uint8Array([1, 2]), '"AQI="'],
  [{ kind: "date", nullable }, 18_262, '"2020-01-01"'],
  [{ kind: "time", precision: 3, nullable }, 3_600_500, '"01:00:00.5"'],
  [timestamp, 1_577_836_800_000, '"2020-01-01 00:00:00"'],
  [timestamp, -1, '"1969-12-31 23:59:59.999"'],
  [{ kind: "timestamp_ltz", precision: 3, nullable }, 120, '"1970-01-01 00:00:00.12Z"'],
  [{ kind: "array", element: int, nullable }, [1, null], "[1,null]"],
  [row({ x: int, 'y"': string }), [1, null], '{"x":1,"y\\"":null}'],
  [{ kind: "map", key: string, value: boolean, nullable }, new Map([["a", true]]), '{"a":true}'],
  [{ kind: "multiset", element: string, nullable }, new Map([["a", 2]]), '{"a":2}'],
  [string, null, "null"],
])("writes %o %o as %s", (type, value, text) => {
  expect(encodeAll(tableOf({ a: type }, json), [[value]])).toEqual([`{"a":${text}}`]);
});

it("writes BIGINT in exact mode and ISO-8601 timestamps when told to", () => {
  expect(encodeAll(tableOf({ a: bigint }, json), [[2n ** 63n - 1n]], "exact")).toEqual([
    '{"a":9223372036854775807}',
  ]);
  const iso = { ...json, "json.timestamp-format.standard": "ISO-8601" };
  expect(encodeAll(tableOf({ a: timestamp }, iso), [[1000]])).toEqual(['{"a":"1970-01-01T00:00:01"}']);
});

it("leaves NULLs out, and writes plain decimals, when told to", () => {
  const options = {
    ...json,
    "json.encode.ignore-null-fields": "true",
    "json.encode.decimal-as-plain-number": "true",
  };
  const table = tableOf({ a: int, b: decimal, r: row({ x: int, y: int }) }, options);
  expect(
    encodeAll(table, [
      [null, 100_000n, [null, 1]],
      [null, null, null],
    ]),
  ).toEqual(['{"b":100,"r":{"y":1}}', "{}"]);
});

it("does with NULL as a key what the option says", () => {
  const map: FlinkType = { kind: "map", key: string, value: int, nullable };
  const value = new Map<Value, Value>([
    [null, 1],
    ["b", 2],
  ]);
  const write = (options: Readonly<Record<string, string>>) =>
    encodeAll(tableOf({ a: map }, { ...json, ...options }), [[value]]);
  expect(() => write({})).toThrow(EvaluationError);
  expect(write({ "json.map-null-key.mode": "DROP" })).toEqual(['{"a":{"b":2}}']);
  expect(write({ "json.map-null-key.mode": "LITERAL", "json.map-null-key.literal": "none" })).toEqual([
    '{"a":{"none":1,"b":2}}',
  ]);
});

it("writes the table's physical columns in its order, without those that are left out", () => {
  const table = tableOf({ a: int, b: string, c: int }, json);
  const encoder = createEncoder({
    table,
    types: [int, int, string],
    columns: [2, 0, 1],
    leaveOut: [1],
    mode: "double",
  });
  const column = (...values: number[]) => ({ values: Int32Array.from(values), nulls: undefined });
  const batch = {
    rowCount: 2,
    columns: [column(3, 6), column(1, 4), { values: ["x", "y"], nulls: undefined }],
    kinds: undefined,
  };
  const { bytes, starts, ends } = encoder.encode(batch);
  expect(Buffer.from(bytes).toString()).toBe('{"a":1,"c":3}{"a":4,"c":6}');
  expect([...starts, ...ends]).toEqual([0, 13, 13, 26]);
});

it("says where rows are among many, ASCII or not", () => {
  const table = tableOf({ a: string }, json);
  const rows = Array.from({ length: 20_000 }, (_, index) => [
    index % 777 === 0 ? `é${index}\u{1f600}` : `text ${index}`,
  ]);
  const texts = encodeAll(table, rows);
  expect(texts).toEqual(rows.map(([a]) => `{"a":"${a}"}`));
  expect(decodeAll(decoderOf(table, ["a"]), texts)).toEqual(rows);
});
