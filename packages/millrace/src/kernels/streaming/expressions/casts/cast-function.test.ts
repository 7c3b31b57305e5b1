import { expect, it } from "vitest";
import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { EvaluationError, NeedsExactIntegers } from "../../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { castFunction } from "./cast-function.ts";

const nullable = true;
const types = {
  boolean: { kind: "boolean", nullable },
  tinyint: { kind: "tinyint", nullable },
  smallint: { kind: "smallint", nullable },
  int: { kind: "int", nullable },
  bigint: { kind: "bigint", nullable },
  float: { kind: "float", nullable },
  double: { kind: "double", nullable },
  date: { kind: "date", nullable },
  string: { kind: "varchar", length: 2_147_483_647, nullable },
  varchar3: { kind: "varchar", length: 3, nullable },
  char3: { kind: "char", length: 3, nullable },
  bytes: { kind: "varbinary", length: 2_147_483_647, nullable },
  binary3: { kind: "binary", length: 3, nullable },
  decimal: { kind: "decimal", precision: 10, scale: 2, nullable },
  wide: { kind: "decimal", precision: 38, scale: 3, nullable },
  whole: { kind: "decimal", precision: 4, scale: 0, nullable },
  time0: { kind: "time", precision: 0, nullable },
  time3: { kind: "time", precision: 3, nullable },
  timestamp0: { kind: "timestamp", precision: 0, nullable },
  timestamp3: { kind: "timestamp", precision: 3, nullable },
  timestamp6: { kind: "timestamp", precision: 6, nullable },
  local3: { kind: "timestamp_ltz", precision: 3, nullable },
  months: { kind: "interval_months", nullable },
  millis: { kind: "interval_millis", nullable },
  ints: { kind: "array", element: { kind: "int", nullable }, nullable },
  texts: { kind: "array", element: { kind: "varchar", length: 2_147_483_647, nullable }, nullable },
  map: {
    kind: "map",
    key: { kind: "varchar", length: 10, nullable },
    value: { kind: "double", nullable },
    nullable,
  },
  bag: { kind: "multiset", element: { kind: "int", nullable }, nullable },
  row: {
    kind: "row",
    fields: [
      { name: "a", type: { kind: "int", nullable } },
      { name: "b", type: { kind: "varchar", length: 10, nullable } },
    ],
    nullable,
  },
  row2: {
    kind: "row",
    fields: [
      { name: "c", type: { kind: "varchar", length: 2, nullable } },
      { name: "d", type: { kind: "varchar", length: 2, nullable } },
    ],
    nullable,
  },
} as const satisfies Readonly<Record<string, FlinkType>>;
type Name = keyof typeof types;

const day = 86_400_000;

/** What Flink answers, by its page on data types and the tests of its cast rules. */
it.each<[Name, Value, Name, Value]>([
  ["boolean", true, "string", "TRUE"],
  ["boolean", false, "string", "FALSE"],
  ["boolean", true, "int", 1],
  ["int", 0, "boolean", false],
  ["int", -5, "boolean", true],
  ["string", " Yes ", "boolean", true],
  ["string", "F", "boolean", false],
  ["string", "0", "boolean", false],
  ["int", 300, "tinyint", 44],
  ["int", 40_000, "smallint", -25_536],
  ["bigint", 4_294_967_297, "int", 1],
  ["double", 1e20, "int", 2_147_483_647],
  ["double", -1.9, "int", -1],
  ["double", Number.NaN, "int", 0],
  ["double", 300.7, "tinyint", 44],
  ["double", 0.1, "float", Math.fround(0.1)],
  ["float", Math.fround(0.1), "double", Math.fround(0.1)],
  ["decimal", -199n, "int", -1],
  ["decimal", 12_345n, "double", 123.45],
  ["decimal", 12_345n, "whole", 123n],
  ["decimal", 12_350n, "whole", 124n],
  ["decimal", -12_350n, "whole", -124n],
  ["decimal", 1_234_567n, "whole", null],
  ["int", 12_345, "whole", null],
  ["int", 12, "decimal", 1200n],
  ["double", 1.005, "decimal", 101n],
  ["double", Number.NaN, "decimal", null],
  ["string", "1.005", "decimal", 101n],
  ["string", " -1e3 ", "decimal", -100_000n],
  ["string", "1e30", "decimal", null],
  ["string", "0.00000000000000000000000000000000000000000001", "decimal", 0n],
  ["string", "42", "int", 42],
  ["string", " -42.9 ", "int", -42],
  ["string", "+127", "tinyint", 127],
  ["string", "9007199254740991", "bigint", 9_007_199_254_740_991],
  ["string", "1.5", "double", 1.5],
  ["string", "1e400", "double", Number.POSITIVE_INFINITY],
  ["string", "-Infinity", "double", Number.NEGATIVE_INFINITY],
  ["string", "3.0f", "float", 3],
  ["int", -12, "string", "-12"],
  ["bigint", 1234, "varchar3", "123"],
  ["double", 1, "string", "1.0"],
  ["double", 1e7, "string", "1.0E7"],
  ["double", 123_456.5, "string", "123456.5"],
  ["double", 0.001, "string", "0.001"],
  ["double", 0.00012, "string", "1.2E-4"],
  ["double", 1.5e300, "string", "1.5E300"],
  ["double", -0, "string", "-0.0"],
  ["double", Number.NaN, "string", "NaN"],
  ["double", Number.NEGATIVE_INFINITY, "string", "-Infinity"],
  ["double", 123_456_789_012, "string", "1.23456789012E11"],
  ["float", Math.fround(0.1), "string", "0.1"],
  ["float", Math.fround(3.4e38), "string", "3.4E38"],
  ["float", Math.fround(16_777_216), "string", "1.6777216E7"],
  ["decimal", 1200n, "string", "12.00"],
  ["decimal", -5n, "string", "-0.05"],
  ["string", "abcd", "varchar3", "abc"],
  ["string", "ab", "char3", "ab "],
  ["char3", "ab ", "string", "ab "],
  ["string", "ab", "bytes", new Uint8Array([97, 98])],
  ["string", "ab", "binary3", new Uint8Array([97, 98, 0])],
  ["bytes", new Uint8Array([104, 105]), "string", "hi"],
  ["bytes", new Uint8Array([1, 2, 3, 4]), "binary3", new Uint8Array([1, 2, 3])],
  ["date", 18_262, "string", "2020-01-01"],
  ["string", "2020-01-01", "date", 18_262],
  ["string", "2020-1-1 10:00:00", "date", 18_262],
  ["string", "2020", "date", 18_262],
  ["time0", 45_296_000, "string", "12:34:56"],
  ["time3", 45_296_120, "string", "12:34:56.12"],
  ["time3", 45_296_000, "string", "12:34:56.0"],
  ["string", "12:34:56.789", "time3", 45_296_789],
  ["string", "12:34:56.789", "time0", 45_296_000],
  ["string", "12:34", "time0", 45_240_000],
  ["timestamp3", 1_577_836_800_120, "string", "2020-01-01 00:00:00.120"],
  ["timestamp0", 1_577_836_800_000, "string", "2020-01-01 00:00:00"],
  ["timestamp6", 1_577_836_800_000.123, "string", "2020-01-01 00:00:00.000123"],
  ["timestamp3", -1, "string", "1969-12-31 23:59:59.999"],
  ["string", "2020-01-01 00:00:00.12", "timestamp3", 1_577_836_800_120],
  ["string", "2020-01-01 00:00:00.123456789", "timestamp6", 1_577_836_800_123.456],
  ["string", "2020-1-1", "timestamp0", 1_577_836_800_000],
  ["string", "2020-02-31 00:00:00", "timestamp0", 1_582_934_400_000],
  ["timestamp6", 1999.999, "timestamp3", 1999],
  ["timestamp6", -0.001, "timestamp3", -1],
  ["timestamp3", 1999, "timestamp0", 1000],
  ["timestamp3", 18_262 * day + 5, "date", 18_262],
  ["timestamp3", -1, "date", -1],
  ["timestamp3", -1, "time3", day - 1],
  ["date", 18_262, "timestamp3", 18_262 * day],
  ["time3", 5, "timestamp3", 5],
  ["months", 14, "string", "+1-02"],
  ["months", -1, "string", "-0-01"],
  ["millis", 93_784_005, "string", "+1 02:03:04.005"],
  ["millis", -1000, "string", "-0 00:00:01.000"],
  ["ints", [1, null, 3], "string", "[1, NULL, 3]"],
  ["ints", [1, null], "texts", ["1", null]],
  [
    "map",
    new Map<Value, Value>([
      ["a", 1.5],
      ["b", null],
    ]),
    "string",
    "{a=1.5, b=NULL}",
  ],
  ["bag", new Map<Value, Value>([[7, 2]]), "string", "{7=2}"],
  ["row", [1, null], "string", "(1, NULL)"],
  ["row", [1, "abc"], "row2", ["1", "ab"]],
])("casts %s %o to %s", (from, value, to, expected) => {
  expect(castFunction(types[from], types[to], "double")(value, "UTC")).toEqual(expected);
});

it.each<[Name, Value, Name]>([
  ["string", "", "int"],
  ["string", "1e3", "int"],
  ["string", "2147483648", "int"],
  ["string", "128", "tinyint"],
  ["string", "9223372036854775808", "bigint"],
  ["string", "0x10", "double"],
  ["string", "", "double"],
  ["string", "maybe", "boolean"],
  ["string", "abc", "decimal"],
  ["string", ".", "decimal"],
  ["string", "2020-13-01", "date"],
  ["string", "2021-02-29", "date"],
  ["string", "25:00:00", "time0"],
  ["string", "2020-01-01T00:00:00", "timestamp3"],
  ["string", "2020-01-01 00:00", "timestamp3"],
  ["texts", ["1", "x"], "ints"],
])("cannot cast %s %o to %s", (from, value, to) => {
  expect(() => castFunction(types[from], types[to], "double")(value, "UTC")).toThrow(EvaluationError);
});

it("names value and types of what it cannot cast, long values cut", () => {
  const cast = castFunction(types.string, types.int, "double");
  expect(() => cast("x".repeat(200), "UTC")).toThrow(
    `cannot cast STRING to INT: '${"x".repeat(100)}...' is no INT`,
  );
});

it("casts between local and zoned times by the session's zone", () => {
  const toLocal = castFunction(types.timestamp3, types.local3, "double");
  const summer = Date.UTC(2024, 6, 1, 12);
  expect(toLocal(summer, "Europe/Berlin")).toBe(summer - 2 * 3_600_000);
  expect(castFunction(types.local3, types.timestamp3, "double")(summer, "Europe/Berlin")).toBe(
    summer + 7_200_000,
  );
  expect(castFunction(types.local3, types.string, "double")(summer, "Asia/Tokyo")).toBe(
    "2024-07-01 21:00:00.000",
  );
  expect(castFunction(types.string, types.local3, "double")("2024-07-01 21:00:00", "Asia/Tokyo")).toBe(
    summer,
  );
  expect(castFunction(types.local3, types.date, "double")(summer, "Pacific/Auckland")).toBe(
    summer / day + 0.5,
  );
});

it("holds BIGINT as the mode says", () => {
  const text = "9223372036854775807";
  expect(castFunction(types.string, types.bigint, "exact")(text, "UTC")).toBe(9_223_372_036_854_775_807n);
  expect(() => castFunction(types.string, types.bigint, "double")(text, "UTC")).toThrow(NeedsExactIntegers);
  expect(castFunction(types.wide, types.bigint, "exact")(10n ** 30n, "UTC")).toBe(
    BigInt.asIntN(64, 10n ** 27n),
  );
  expect(() => castFunction(types.double, types.bigint, "double")(1e18, "UTC")).toThrow(NeedsExactIntegers);
  expect(castFunction(types.double, types.bigint, "exact")(1e30, "UTC")).toBe(2n ** 63n - 1n);
});
