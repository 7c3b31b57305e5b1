import { expect, it } from "vitest";
import { age, alignedRows } from "./tables.ts";

it("aligns columns, the last of which may be as long as it likes", () => {
  expect(alignedRows([["a", "bb", "c".repeat(9)], ["aaa", "", ""], ["a"]])).toEqual([
    "a    bb  ccccccccc",
    "aaa",
    "a",
  ]);
});

it.each([
  [0, "0:00"],
  [61_999, "1:01"],
  [3_600_000, "1:00:00"],
  [90_061_000, "1 day 1:01:01"],
  [172_800_000, "2 days 0:00:00"],
])("%i ms", (ms, text) => expect(age(ms)).toBe(text));
