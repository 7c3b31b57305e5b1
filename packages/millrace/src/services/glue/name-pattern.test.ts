import { describe, expect, it } from "vitest";
import { namePattern } from "./name-pattern.ts";

describe("patterns of names", () => {
  it.each([
    ["orders", ["orders", "ORDERS"], ["order", "orders2"]],
    ["ord.*", ["ord", "orders"], ["lord"]],
    ["ord*", ["ord", "orders"], ["or", "lord"]],
    ["*ers", ["ers", "orders"], ["errs"]],
    ["^a[b-d]+$", ["ab", "abcd"], ["a", "abe"]],
    ["[^a-c]x", ["dx", "Dx"], ["ax", "Ax", "x"]],
    ["t_\\d{2,3}", ["t_12", "t_123"], ["t_1", "t_1234"]],
    ["(ab){2}", ["abab"], ["ab", "ababab"]],
    ["(ab)*c?", ["", "ababc", "c"], ["aba"]],
    ["a|b*|", ["a", "b", "bz", ""], ["az"]],
    ["a\\.b", ["a.b"], ["axb"]],
    ["(?:x|y)+?", ["xyx"], ["", "z"]],
    ["[a\\-z]", ["a", "-", "z"], ["b"]],
    ["\u{1f600}.", ["\u{1f600}\u{1f601}"], ["\u{1f600}"]],
  ])("%s", (pattern, matching, others) => {
    const matches = namePattern(pattern);
    expect(matching.filter((name) => !matches(name))).toEqual([]);
    expect(others.filter((name) => matches(name))).toEqual([]);
  });

  it("agree with JavaScript's where both mean the same", () => {
    let state = 1;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const pick = (from: readonly string[]) => from[random(from.length)] ?? "";
    const build = (depth: number): string => {
      if (depth === 0) return pick(["a", "b", ".", "[ab]", "[^a]", "c"]);
      const part = build(depth - 1);
      return pick([
        `(${part}|${build(depth - 1)})`,
        `(${part})*`,
        `(${part})?`,
        `(${part}){1,2}`,
        part + build(0),
      ]);
    };
    for (let round = 0; round < 500; round++) {
      const pattern = build(random(4));
      const [ours, theirs] = [namePattern(pattern), new RegExp(`^(?:${pattern})$`)];
      for (let n = 0; n < 20; n++) {
        const name = Array.from({ length: random(6) }, () => pick(["a", "b", "c"])).join("");
        expect(ours(name), `${pattern} on ${name}`).toBe(theirs.test(name));
      }
    }
  });

  it("take no time that grows beyond their length", () => {
    const name = "a".repeat(255);
    expect(namePattern("(a*)*(a*)*(a*)*b")(name)).toBe(false);
    expect(namePattern(`${"(a|a)?".repeat(300)}b`)(name)).toBe(false);
  });

  it.each([
    "(",
    "a)",
    "[a",
    "a{",
    "a{2,1}",
    "+",
    "\\",
    "\\b",
    "(?i)a",
    "a{9999}",
    "(".repeat(2000),
    "((a{1000}){1000})",
  ])("refuse %s", (pattern) => {
    expect(() => namePattern(pattern)).toThrow(expect.objectContaining({ code: "InvalidInputException" }));
  });
});
