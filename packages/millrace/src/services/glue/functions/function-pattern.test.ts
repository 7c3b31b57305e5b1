import { expect, it } from "vitest";
import { FunctionPattern } from "./function-pattern.ts";

const matches = (pattern: string, name: string): boolean => new FunctionPattern(pattern).matches(name);

it.each([
  ["*", ""],
  [".*", "anything"],
  ["a*c", "abbc"],
  ["a*b*c", "a_b_b_c"],
  ["a.c", "aBc"],
  ["x|y*", "yes"],
  ["Ü*", "über"],
])("%s matches %s", (pattern, name) => {
  expect(matches(pattern, name)).toBe(true);
});

it.each([
  ["", "a"],
  ["a", "ab"],
  ["a.c", "ac"],
  ["a*b", "abc"],
  ["x|y", "xy"],
])("%s does not match %s", (pattern, name) => {
  expect(matches(pattern, name)).toBe(false);
});

it("ends for hostile patterns", () => {
  expect(matches(`${"a*".repeat(120)}b`, "a".repeat(255))).toBe(false);
});
