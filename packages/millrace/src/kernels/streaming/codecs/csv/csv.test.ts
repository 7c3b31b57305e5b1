import { expect, it } from "vitest";
import type { Value } from "../../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import { checkFormat, DecodeError } from "../index.ts";
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

const csv = { format: "csv" };
const abc = { a: int, b: string, c: double };

function read(record: string, options: Readonly<Record<string, string>> = {}): readonly Value[] | undefined {
  return decodeAll(decoderOf(tableOf(abc, { ...csv, ...options }), ["a", "b", "c"]), [record])[0];
}

it.each<[string, Readonly<Record<string, string>>, readonly Value[]]>([
  ["1,x,2.5", {}, [1, "x", 2.5]],
  ["1,x,2.5\r\n", {}, [1, "x", 2.5]],
  [' 1 ,"a,""b""",2', {}, [1, 'a,"b"', 2]],
  ['1,"",2', {}, [1, "", 2]],
  ['1,a"b,2', {}, [1, 'a"b', 2]],
  ["1;x;2", { "csv.field-delimiter": ";" }, [1, "x", 2]],
  ["1\tx\t2", { "csv.field-delimiter": "\\t" }, [1, "x", 2]],
  ["1\u0001x\u00012", { "csv.field-delimiter": "\\u0001" }, [1, "x", 2]],
  ["1,'a,b',2", { "csv.quote-character": "'" }, [1, "a,b", 2]],
  ['1,"x",2', { "csv.disable-quote-character": "true" }, [1, '"x"', 2]],
  ["1,a\\,b,2", { "csv.escape-character": "\\" }, [1, "a,b", 2]],
  ['1,"a\\"b",2', { "csv.escape-character": "\\" }, [1, 'a"b', 2]],
  ["n/a,x,n/a", { "csv.null-literal": "n/a" }, [null, "x", null]],
  ["oops,x,2", { "csv.ignore-parse-errors": "true" }, [null, "x", 2]],
  ["1,x", { "csv.ignore-parse-errors": "true" }, [1, "x", null]],
])("reads %j with %o", (record, options, values) => {
  expect(read(record, options)).toEqual(values);
});

it.each(["1,x", "1,x,2,3", "one,x,2", "1,x,", '1,"x,2', '1,"x"y,2', "2147483648,x,1", "1.5,x,1"])(
  "refuses %j",
  (record) => {
    expect(() => read(record)).toThrow(DecodeError);
  },
);

it("skips empty records, comments, and what is wrong when told to", () => {
  const options = { ...csv, "csv.allow-comments": "true", "csv.ignore-parse-errors": "true" };
  const decoder = decoderOf(tableOf(abc, options), ["c", "a"]);
  expect(decodeAll(decoder, ["", "# 1,x,2", '1,"x', "3,y,4"])).toEqual([[4, 3]]);
  expect(decoder.ignored).toBe(1);
});

const types: Readonly<Record<string, FlinkType>> = {
  flag: boolean,
  big: bigint,
  price: { kind: "decimal", precision: 10, scale: 2, nullable },
  day: { kind: "date", nullable },
  clock: { kind: "time", precision: 3, nullable },
  at: timestamp,
  local: { kind: "timestamp_ltz", precision: 3, nullable },
  bytes: { kind: "varbinary", length: 10, nullable },
  list: { kind: "array", element: int, nullable },
  pair: row({ x: int, y: string }),
};

it("writes all types, quoted as Jackson quotes, and reads them again", () => {
  const table = tableOf(types, { ...csv, "csv.null-literal": "null" });
  const values: readonly Value[] = [
    true,
    5,
    1250n,
    1,
    3_600_500,
    1500,
    1000,
    new Uint8Array([1, 2]),
    [1, 2],
    [3, "x"],
  ];
  const nulls = values.map(() => null);
  const texts = encodeAll(table, [values, nulls]);
  expect(texts).toEqual([
    'true,5,12.5,1970-01-02,01:00:00.5,"1970-01-01 00:00:01.5","1970-01-01 00:00:01Z",AQI=,1;2,3;x',
    nulls.map(() => "null").join(","),
  ]);
  expect(decodeAll(decoderOf(table, Object.keys(types)), texts)).toEqual([values, nulls]);
});

it.each<[string, Readonly<Record<string, string>>, string]>([
  ["plain", {}, "plain"],
  ["", {}, ""],
  ["a b", {}, '"a b"'],
  ["a,b", {}, '"a,b"'],
  ['say "x"', {}, '"say ""x"""'],
  ["twenty-five-characters-xx", {}, '"twenty-five-characters-xx"'],
  ["a,b", { "csv.disable-quote-character": "true" }, "a,b"],
  ['a"b', { "csv.escape-character": "\\" }, '"a\\"b"'],
  ["it's", { "csv.quote-character": "'" }, "'it''s'"],
])("writes %j with %o as %s", (text, options, wanted) => {
  expect(encodeAll(tableOf({ a: string }, { ...csv, ...options }), [[text]])).toEqual([wanted]);
});

it("writes decimals in full when told to", () => {
  const decimal: FlinkType = { kind: "decimal", precision: 10, scale: 2, nullable };
  const plain = { ...csv, "csv.write-bigdecimal-in-scientific-notation": "false" };
  expect(encodeAll(tableOf({ a: decimal }, csv), [[10_000n]])).toEqual(["1E+2"]);
  expect(encodeAll(tableOf({ a: decimal }, plain), [[10_000n]])).toEqual(["100.00"]);
});

it.each([
  { "csv.field-delimiter": ",," },
  { "csv.quote-character": "'", "csv.disable-quote-character": "true" },
  { "csv.allow-comments": "yes" },
  { "csv.no-such-option": "1" },
])("refuses the options %o", (options) => {
  expect(() =>
    checkFormat(tableOf(abc, { ...csv, ...(options as Record<string, string>) }), "source"),
  ).toThrow(SqlError);
});
