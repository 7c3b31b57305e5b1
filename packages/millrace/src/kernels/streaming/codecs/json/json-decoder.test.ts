import { expect, it } from "vitest";
import { NeedsExactIntegers } from "../../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { DecodeError } from "../index.ts";
import {
  bigint,
  blockOf,
  boolean,
  decodeAll,
  decoderOf,
  double,
  int,
  nullable,
  row,
  string,
  tableOf,
  timestamp,
} from "../test-codec.ts";

const json = { format: "json" };

function one(type: FlinkType, value: string, options: Readonly<Record<string, string>> = {}): unknown {
  const decoder = decoderOf(tableOf({ a: type }, { ...json, ...options }), ["a"]);
  return decodeAll(decoder, [`{"a":${value}}`])[0]?.[0];
}

const decimal: FlinkType = { kind: "decimal", precision: 10, scale: 2, nullable };
const local: FlinkType = { kind: "timestamp_ltz", precision: 3, nullable };
const micro: FlinkType = { kind: "timestamp", precision: 6, nullable };

it.each<[FlinkType, string, unknown]>([
  [boolean, "true", true],
  [boolean, "false", false],
  [boolean, '"TRUE"', true],
  [boolean, '"yes"', false],
  [boolean, "1", false],
  [int, "12", 12],
  [int, "-0", 0],
  [int, "1.9", 1],
  [int, "1e2", 100],
  [int, '" -7 "', -7],
  [{ kind: "tinyint", nullable }, "-128", -128],
  [bigint, "9007199254740991", 9_007_199_254_740_991],
  [bigint, '"42"', 42],
  [bigint, "1.5", 1],
  [double, "1", 1],
  [double, "0.1", 0.1],
  [double, "-2.5e-3", -0.0025],
  [double, "123456789012345678", Number("123456789012345678")],
  [double, '"NaN"', Number.NaN],
  [double, '"1.5"', 1.5],
  [{ kind: "float", nullable }, "0.1", Math.fround(0.1)],
  [string, '"a"', "a"],
  [string, '"a\\u00e9\\n\\"\\ud83d\\ude00"', 'aé\n"\u{1f600}'],
  [string, '"é\u{1f600}"', "é\u{1f600}"],
  [string, "1.50", "1.50"],
  [string, "true", "true"],
  [string, '{ "b" : [ 1, "x y" ] }', '{"b":[1,"x y"]}'],
  [decimal, "1.005", 101n],
  [decimal, '"-3"', -300n],
  [decimal, "1e3", 100_000n],
  [decimal, "123456789012", null],
  [{ kind: "varbinary", length: 10, nullable }, '"AQI="', new Uint8Array([1, 2])],
  [{ kind: "date", nullable }, '"1970-01-02"', 1],
  [{ kind: "time", precision: 3, nullable }, '"01:00:00.5"', 3_600_500],
  [timestamp, '"1970-01-01 00:00:01"', 1000],
  [timestamp, '"1970-01-01 00:00:01.5"', 1500],
  [timestamp, '"1970-01-01 00:00:01.123456"', 1123],
  [micro, '"1970-01-01 00:00:01.123456"', 1123.456],
  [timestamp, '"1969-12-31 23:59:59.999"', -1],
  [local, '"1970-01-01 00:00:01Z"', 1000],
  [{ kind: "array", element: int, nullable }, "[1, null ,3]", [1, null, 3]],
  [{ kind: "array", element: int, nullable }, "[]", []],
  [row({ x: int, y: string }), '{"y":"b","z":{},"x":1}', [1, "b"]],
  [row({ x: int, y: string }), "{}", [null, null]],
  [
    { kind: "map", key: string, value: int, nullable },
    '{"a":1,"b":null}',
    new Map([
      ["a", 1],
      ["b", null],
    ]),
  ],
  [{ kind: "multiset", element: string, nullable }, '{"a":2}', new Map([["a", 2]])],
  [int, "null", null],
  [string, "null", null],
  [row({ x: int }), "null", null],
])("reads %o from %s", (type, text, value) => {
  expect(one(type, text)).toEqual(value);
});

it.each<[FlinkType, string]>([
  [int, '"a"'],
  [int, "2147483648"],
  [int, "true"],
  [{ kind: "tinyint", nullable }, "128"],
  [{ kind: "tinyint", nullable }, "1.0"],
  [bigint, "9223372036854775808"],
  [bigint, '""'],
  [double, '"x"'],
  [decimal, '"x"'],
  [timestamp, '"1970-01-01T00:00:01"'],
  [timestamp, '"1970-02-30 00:00:01"'],
  [timestamp, '"1970-01-01 00:00:01Z"'],
  [timestamp, "5"],
  [local, '"1970-01-01 00:00:01"'],
  [{ kind: "date", nullable }, '"1970-1-2"'],
  [{ kind: "varbinary", length: 10, nullable }, '"?"'],
  [{ kind: "array", element: int, nullable }, '"a"'],
  [{ kind: "array", element: int, nullable }, '["a"]'],
  [row({ x: int }), "[1]"],
])("refuses to read %o from %s, or makes NULL of it", (type, text) => {
  expect(() => one(type, text)).toThrow(DecodeError);
  expect(one(type, text, { "json.ignore-parse-errors": "true" }) ?? null).toEqual(
    type.kind === "array" && text === '["a"]' ? [null] : null,
  );
});

it("reads ISO-8601 timestamps when told to", () => {
  const iso = { "json.timestamp-format.standard": "ISO-8601" };
  expect(one(timestamp, '"1970-01-01T00:00:01.25"', iso)).toBe(1250);
  expect(one(local, '"1970-01-01T00:00:01Z"', iso)).toBe(1000);
  expect(() => one(timestamp, '"1970-01-01 00:00:01"', iso)).toThrow(DecodeError);
});

it("takes BIGINTs beyond the doubles only in exact mode", () => {
  const table = tableOf({ a: bigint }, json);
  const record = '{"a":9223372036854775807}';
  expect(() => decodeAll(decoderOf(table, ["a"]), [record])).toThrow(NeedsExactIntegers);
  expect(decodeAll(decoderOf(table, ["a"], "exact"), [record])).toEqual([[9_223_372_036_854_775_807n]]);
});

it("reads fields of rows without the rows, whatever the order of keys", () => {
  const table = tableOf(
    { type: int, bid: row({ price: bigint, who: row({ name: string }) }), ask: row({ price: bigint }) },
    json,
  );
  const decoder = decoderOf(table, ["bid.price", "type", "bid.who.name", "ask.price"]);
  const records = [
    '{"type":1,"bid":{"price":5,"who":{"name":"a"}},"ask":null}',
    '{"ask":{"price":7},"bid":{"who":{"age":1,"name":"b"},"price":6},"type":2}',
    '{"type":3,"bid":null,"ask":{}}',
    '{"type":4,"bid":{"who":null,"price":8},"other":{"bid":{"price":1}}}',
    "{}",
  ];
  const rows = [
    [5, 1, "a", null],
    [6, 2, "b", 7],
    [null, 3, null, null],
    [8, 4, null, null],
    [null, null, null, null],
  ];
  expect(decodeAll(decoder, records)).toEqual(rows);
  expect(decodeAll(decoder, [...records].reverse())).toEqual([...rows].reverse());
});

it("gives a row and fields of it, and a column twice", () => {
  const table = tableOf({ bid: row({ price: bigint, ok: boolean }) }, json);
  const decoder = decoderOf(table, ["bid.price", "bid", "bid.ok", "bid.price"]);
  expect(decodeAll(decoder, ['{"bid":{"price":5,"ok":true}}', '{"bid":null}'])).toEqual([
    [5, [5, true], true, 5],
    [null, null, null, null],
  ]);
});

it("makes rows of arrays of objects, and none of nothing", () => {
  const decoder = decoderOf(tableOf({ a: int, b: string }, json), ["a", "b"]);
  const rows = decodeAll(decoder, [
    '[{"a":1,"b":"x"},{"a":2}]',
    "",
    "  \r\n",
    "[ ]",
    '{"a":3,"b":"y"}\n',
    '[{"a":4},{"a":5},{"b":"z"}]',
  ]);
  expect(rows).toEqual([
    [1, "x"],
    [2, null],
    [3, "y"],
    [4, null],
    [5, null],
    [null, "z"],
  ]);
});

it("leaves out records that are no JSON when told to, and keeps rows with their records' metadata", () => {
  const table = tableOf({ a: int }, { ...json, "json.ignore-parse-errors": "true" });
  const withTime = {
    ...table,
    columns: [
      ...table.columns,
      { kind: "metadata" as const, key: "timestamp", isVirtual: true, field: { name: "at", type: local } },
    ],
  };
  const decoder = decoderOf(withTime, ["at", "a"]);
  const block = {
    ...blockOf(['{"a":1}', "oops", '{"a":"x"}', "", '[{"a":4},{"a":5}]', '[{"a":6},{]']),
    metadata: { timestamp: Float64Array.of(10, 20, 30, 40, 50, 60) },
  };
  const batch = decoder.decode(block, "s");
  expect(Array.from(batch.columns[0]?.values ?? [])).toEqual([10, 30, 50, 50]);
  expect(Array.from(batch.columns[1]?.values ?? [])).toEqual([1, 0, 4, 5]);
  expect([...(batch.columns[1]?.nulls ?? [])]).toEqual([0, 1, 0, 0]);
  expect(decoder.ignored).toBe(2);
});

it("casts metadata to the column's type, in the session's zone", () => {
  const table = tableOf({ a: int }, json);
  const at = {
    kind: "metadata" as const,
    key: "timestamp",
    sourceType: local,
    isVirtual: true,
    field: { name: "at", type: timestamp },
  };
  const withTime = { ...table, columns: [...table.columns, at] };
  const decoder = decoderOf(withTime, ["at"]);
  const block = { ...blockOf(["{}"]), metadata: { timestamp: Float64Array.of(10) } };
  expect(Array.from(decoder.decode(block, "s").columns[0]?.values ?? [])).toEqual([10]);
});

it("fails for missing fields when told to", () => {
  const table = tableOf({ a: int, b: row({ c: int }) }, { ...json, "json.fail-on-missing-field": "true" });
  const decoder = decoderOf(table, ["a", "b.c"]);
  expect(decodeAll(decoder, ['{"a":1,"b":{"c":2}}', '{"a":1,"b":null}'])).toEqual([
    [1, 2],
    [1, null],
  ]);
  expect(() => decodeAll(decoder, ['{"a":1,"b":{}}'])).toThrow(/has not all of the fields/);
  expect(() => decodeAll(decoder, ['{"a":1,"b":{}}'])).toThrow(/has not all of the fields/);
});

it("names split, record and what is wrong", () => {
  const decoder = decoderOf(tableOf({ a: int }, json), ["a"]);
  expect(() => decodeAll(decoder, ['{"a":1}', '{"a":"five","b":2}'])).toThrow(
    `t: record 2 of 2 before position 25 of 'split-0': JSON "five" is no INT: {"a":"five","b":2}`,
  );
  expect(() => decodeAll(decoder, ['{"b":1'])).toThrow("JSON ends where '}' is expected");
  expect(() => decodeAll(decoder, ["[1]"])).toThrow("JSON is no object");
  expect(() => decodeAll(decoder, ['{"b":01}'])).toThrow("JSON has no digit at byte 5");
});

it("refuses nesting without end", () => {
  const decoder = decoderOf(tableOf({ a: int }, json), ["a"]);
  const deep = (levels: number): string => `{"b":${"[".repeat(levels)}${"]".repeat(levels)},"a":1}`;
  expect(decodeAll(decoder, [deep(900)])).toEqual([[1]]);
  expect(() => decodeAll(decoder, [deep(100_000)])).toThrow("nested deeper than 1000 levels");
});

it("keeps its memory of keys bounded", () => {
  const decoder = decoderOf(tableOf({ a: int }, json), ["a"]);
  const records = Array.from({ length: 20_000 }, (_, index) => `{"key${index}":1,"a":${index}}`);
  const rows = decodeAll(decoder, records);
  expect(rows.map(([a]) => a)).toEqual(records.map((_, index) => index));
});

it("counts rows without reading anything", () => {
  const decoder = decoderOf(tableOf({ a: int }, json), []);
  expect(decoder.decode(blockOf(['{"a":1}', "{}"]), "s").rowCount).toBe(2);
});
