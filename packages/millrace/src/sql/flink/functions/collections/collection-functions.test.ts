import { expect, it } from "vitest";
import { typeText } from "../../type-text.ts";
import { call, describeCases, resolved, typed } from "../test-function-cases.ts";

const ints = (...values: (number | null)[]): unknown => typed("ARRAY<INT>", values);
const texts = (...values: (string | null)[]): unknown => typed("ARRAY<STRING>", values);
const map = (...entries: [string, number | null][]): unknown => typed("MAP<STRING, INT>", new Map(entries));
const bytes = (value: number): Uint8Array => Uint8Array.from([value]);
const blobs = (...values: number[]): unknown => typed("ARRAY<BYTES>", values.map(bytes));

// nightlies.apache.org/flink/flink-docs-stable/docs/sql/functions/built-in-functions/: Collection Functions
describeCases("collections", [
  ["array", [1, 2], [1, 2], "ARRAY<INT> NOT NULL"],
  ["array", [1, null], [1, null], "ARRAY<INT> NOT NULL"],
  [
    "array",
    [typed("INT NOT NULL", 1), typed("BIGINT NOT NULL", 2n)],
    [1, 2n],
    "ARRAY<BIGINT NOT NULL> NOT NULL",
  ],
  ["row", [1, "a"], [1, "a"], "ROW<`EXPR$0` INT, `EXPR$1` STRING> NOT NULL"],
  [
    "map",
    ["a", 1, "b", 2],
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    "MAP<STRING, INT> NOT NULL",
  ],
  ["map", ["a", 1, "a", 2], new Map([["a", 2]])],
  ["item", [ints(1, 2), 1], 1, "INT"],
  ["item", [ints(1, 2), 3], null],
  ["item", [ints(1, null), 2], null],
  ["item", [map(["a", 1]), "a"], 1, "INT"],
  ["item", [map(["a", 1]), "b"], null],
  ["item", [typed("MAP<BYTES, INT>", new Map([[bytes(1), 5]])), bytes(1)], 5],
  ["cardinality", [ints(1, 2)], 2, "INT"],
  ["cardinality", [map(["a", 1])], 1],
  [
    "cardinality",
    [
      typed(
        "MULTISET<INT>",
        new Map([
          [1, 2],
          [5, 1],
        ]),
      ),
    ],
    3,
  ],
  ["element", [ints(7)], 7],
  ["element", [ints()], null],
  ["array_contains", [ints(1, 2), 2], true, "BOOLEAN"],
  ["array_contains", [ints(1, 2), 3], false],
  ["array_contains", [ints(1, null), typed("INT", null)], true],
  ["array_contains", [ints(1), typed("INT", null)], false],
  ["array_contains", [blobs(1, 2), bytes(2)], true],
  ["array_position", [texts("a", "b", "b"), "b"], 2, "INT"],
  ["array_position", [texts("a"), "c"], 0],
  ["array_position", [texts("a", null), typed("STRING", null)], null],
  ["array_remove", [ints(1, 2, 1, null), 1], [2, null], "ARRAY<INT>"],
  ["array_remove", [ints(1, null), typed("INT", null)], [1]],
  ["array_append", [ints(1), 2], [1, 2], "ARRAY<INT>"],
  ["array_append", [ints(1), typed("INT", null)], [1, null]],
  ["array_prepend", [ints(1), 2], [2, 1]],
  ["array_distinct", [ints(1, 2, 1, null, null)], [1, 2, null]],
  ["array_distinct", [blobs(1, 2, 1)], [bytes(1), bytes(2)]],
  ["array_reverse", [ints(1, 2, 3)], [3, 2, 1]],
  ["array_slice", [texts("a", "b", "c", "d"), 2, 3], ["b", "c"]],
  ["array_slice", [texts("a", "b", "c"), -2], ["b", "c"]],
  ["array_slice", [texts("a", "b", "c"), 0, 2], ["a", "b"]],
  ["array_slice", [texts("a", "b", "c"), -2, -2], ["b"]],
  ["array_slice", [texts("a", "b", "c"), 3, 1], []],
  ["array_slice", [texts("a", "b", "c"), 9, 12], []],
  ["array_sort", [ints(3, null, 1)], [null, 1, 3]],
  ["array_sort", [ints(3, null, 1), false], [3, 1, null]],
  ["array_sort", [ints(3, null, 1), true, false], [1, 3, null]],
  ["array_sort", [texts("\uffff", "😀", "a")], ["a", "\uffff", "😀"]],
  ["array_sort", [typed("ARRAY<DOUBLE>", [Number.NaN, 1, -1])], [-1, 1, Number.NaN]],
  ["array_max", [ints(1, null, 3)], 3, "INT"],
  ["array_min", [ints(2, null, 3)], 2],
  ["array_max", [ints(null)], null],
  ["array_max", [ints()], null],
  ["array_join", [texts("a", null, "b"), ","], "a,b", "STRING"],
  ["array_join", [texts("a", null, "b"), ",", "?"], "a,?,b"],
  ["array_concat", [ints(1), ints(2, null), ints()], [1, 2, null], "ARRAY<INT>"],
  ["array_concat", [ints(1)], [1]],
  ["array_union", [ints(1, 2, 2), ints(3, 1, null)], [1, 2, 3, null]],
  ["array_except", [ints(1, 2, 2, 3, null), ints(3)], [1, 2, null]],
  ["array_intersect", [ints(1, 2, 2, null), ints(2, null, 9)], [2, null]],
  ["array_intersect", [blobs(1, 2), blobs(2)], [bytes(2)]],
  ["map_keys", [map(["a", 1], ["b", 2])], ["a", "b"], "ARRAY<STRING>"],
  ["map_values", [map(["a", 1], ["b", null])], [1, null], "ARRAY<INT>"],
  ["map_entries", [map(["a", 1])], [["a", 1]], "ARRAY<ROW<`key` STRING, `value` INT> NOT NULL>"],
  [
    "map_from_arrays",
    [texts("a", "b"), ints(1, 2)],
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    "MAP<STRING, INT>",
  ],
  [
    "map_union",
    [map(["a", 1], ["b", 1]), map(["b", 2])],
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    "MAP<STRING, INT>",
  ],
]);

it("says what is wrong with collections", () => {
  expect(() => call("element", [ints(1, 2)])).toThrow(/array of one element, not of 2/);
  expect(() => resolved("item", [ints(1), 0])).toThrow(/needs an index starting at 1 but was 0/);
  expect(call("item", [ints(1), 0], { literals: false })).toBeNull();
  expect(() => call("map_from_arrays", [texts("a"), ints()])).toThrow(
    /length of the keys array 1 is not equal/,
  );
});

it("finds types in common", () => {
  const type = (name: string, values: readonly unknown[]): string | undefined => {
    const signature = resolved(name, values);
    return signature === undefined
      ? undefined
      : [...signature.arguments, signature.result].map(typeText).join(" ");
  };
  expect(type("array_contains", [ints(1), 2n])).toBe("ARRAY<BIGINT> BIGINT BOOLEAN");
  expect(type("array_append", [typed("ARRAY<INT NOT NULL> NOT NULL", []), typed("INT", null)])).toBe(
    "ARRAY<INT> NOT NULL INT ARRAY<INT> NOT NULL",
  );
  expect(type("array_concat", [ints(1), typed("ARRAY<BIGINT>", [])])).toBe(
    "ARRAY<BIGINT> ARRAY<BIGINT> ARRAY<BIGINT>",
  );
  expect(type("array_contains", [ints(1), "a"])).toBeUndefined();
  expect(type("array_union", [ints(1), texts("a")])).toBeUndefined();
  expect(type("array_sort", [typed("ARRAY<MAP<INT, INT>>", [])])).toBeUndefined();
  expect(type("array", [1, "a"])).toBeUndefined();
  expect(type("map", ["a"])).toBeUndefined();
  expect(type("cardinality", [1])).toBeUndefined();
});
