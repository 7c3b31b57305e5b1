import { expect, it } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { EvaluationError } from "./scalar-function.ts";
import { call, describeCases, resolved, typed } from "./test-function-cases.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

// nightlies.apache.org/flink/flink-docs-stable/docs/sql/functions/built-in-functions/: String Functions
describeCases("texts", [
  ["char_length", ["hello"], 5, "INT"],
  ["character_length", [""], 0],
  ["char_length", ["a😀b"], 3],
  ["char_length", ["\ud83d"], 1],
  ["upper", ["straße é"], "STRASSE É", "STRING"],
  ["lower", ["ÀB"], "àb"],
  ["initcap", ["hello wORLD-x2y"], "Hello World-X2y"],
  ["reverse", ["ab😀"], "😀ba"],
  ["substring", ["hello", 2], "ello"],
  ["substring", ["hello", 2, 3], "ell"],
  ["substring", ["hello", 0, 2], "he"],
  ["substring", ["hello", -3, 2], "ll"],
  ["substring", ["hello", -9, 2], ""],
  ["substring", ["hello", 9], ""],
  ["substring", ["hello", 2, -1], null],
  ["substring", ["hello", 2, 2_147_483_647], "ello"],
  ["substr", ["hello", 1, 0], ""],
  ["left", ["hello", 2], "he"],
  ["left", ["hello", -1], ""],
  ["left", ["hello", 9], "hello"],
  ["right", ["hello", 2], "lo"],
  ["right", ["hello", 0], ""],
  ["right", ["hello", 9], "hello"],
  ["replace", ["hello world", "world", "flink"], "hello flink"],
  ["replace", ["ababab", "abab", "z"], "zab"],
  ["replace", ["a.b.c", ".", "$&"], "a$&b$&c"],
  ["replace", ["abc", "", "-"], "-a-b-c-"],
  ["translate", ["abcabc", "abc", "xy"], "xyxy"],
  ["translate", ["hello", "", "x"], "hello"],
  ["translate", ["aab", "aa", "xy"], "xxb"],
  ["repeat", ["ab", 3], "ababab"],
  ["repeat", ["ab", -1], ""],
  ["lpad", ["hi", 4, "??"], "??hi"],
  ["lpad", ["hi", 1, "??"], "h"],
  ["lpad", ["hi", 5, "abc"], "abchi"],
  ["lpad", ["hi", -1, "?"], null],
  ["lpad", ["hi", 5, ""], null],
  ["lpad", ["hi", 0, "?"], ""],
  ["rpad", ["hi", 4, "??"], "hi??"],
  ["rpad", ["hi", 1, "??"], "h"],
  ["rpad", ["hi", 7, "abc"], "hiabcab"],
  ["overlay", ["xxxxxtest", "xxxx", 6], "xxxxxxxxx"],
  ["overlay", ["xxxxxtest", "xxxx", 6, 2], "xxxxxxxxxst"],
  ["overlay", ["abc", "X", 0], "abc"],
  ["overlay", ["abc", "X", 9], "abc"],
  ["||", ["Flink", "SQL"], "FlinkSQL"],
  ["||", [typed("CHAR(2)", "ab"), typed("CHAR(3)", "cde")], "abcde", "CHAR(5)"],
  ["||", [typed("CHAR(2)", "ab"), typed("VARCHAR(3)", "c")], "abc", "VARCHAR(5)"],
  ["||", [bytes(1), bytes(2, 3)], bytes(1, 2, 3), "BYTES"],
  ["concat", ["AA", "BB", "CC"], "AABBCC"],
  ["concat", ["AA"], "AA"],
  ["concat", ["AA", null], null],
  ["concat_ws", ["~", "AA", null, "BB", "", "CC"], "AA~BB~~CC", "STRING"],
  ["concat_ws", [null, "AA"], null],
  ["concat_ws", ["~", null], ""],
  ["elt", [2, "a", "b"], "b", "STRING"],
  ["elt", [3, "a", "b"], null],
  ["elt", [0, "a"], null],
  ["elt", [1, bytes(7)], bytes(7), "BYTES"],
  ["elt", [null, "a"], null],
]);

describeCases("texts found in texts", [
  ["position", ["in", "things in"], 3, "INT"],
  ["position", ["x", "abc"], 0],
  ["position", ["", "abc"], 1],
  ["position", ["b", "😀ab"], 3],
  ["locate", ["bar", "foobarbar"], 4],
  ["locate", ["bar", "foobarbar", 5], 7],
  ["locate", ["bar", "foobarbar", 0], 0],
  ["locate", ["b", "😀ab", 2], 3],
  ["instr", ["corporate floor", "or"], 2],
  ["instr", ["corporate floor", "or", 3, 2], 14],
  ["instr", ["corporate floor", "or", -3, 2], 2],
  ["instr", ["corporate floor", "or", 1, 9], 0],
  ["instr", ["abc", "x"], 0],
  ["startswith", ["hello", "he"], true, "BOOLEAN"],
  ["startswith", ["hello", ""], true],
  ["startswith", [bytes(1, 2), bytes(1)], true],
  ["startswith", [bytes(1), bytes(1, 2)], false],
  ["endswith", ["hello", "lo"], true],
  ["endswith", [bytes(1, 2), bytes(2)], true],
  ["endswith", [bytes(1, 2), bytes(1)], false],
  ["split_index", ["a,b,c", ",", 1], "b", "STRING"],
  ["split_index", ["a,b,c", ",", 0], "a"],
  ["split_index", ["a,b,c", ",", 3], null],
  ["split_index", ["a,b,c", ",", -1], null],
  ["split_index", ["a,,c", ",", 1], ""],
  ["split_index", ["a||b||c", "||", 2], "c"],
  ["split_index", ["a;b", 59, 1], "b"],
  ["split_index", ["a;b", 0, 1], null],
  ["split_index", ["", ",", 0], null],
  ["split_index", ["https://www.nexmark.com/a/b/c/item.htm", "/", 3], "a"],
  ["split", ["a,b,", ","], ["a", "b", ""], "ARRAY<STRING>"],
  ["split", ["abc", ""], ["a", "b", "c"]],
  ["split", ["abc", ";"], ["abc"]],
  ["trim", ["  a b  "], "a b"],
  ["trim", ["BOTH", "x", "xxaxx"], "a"],
  ["trim", ["LEADING", "x", "xxaxx"], "axx"],
  ["trim", ["TRAILING", "x", "xxaxx"], "xxa"],
  ["ltrim", ["  a "], "a "],
  ["ltrim", ["xyax", "xy"], "ax"],
  ["rtrim", ["  a "], "  a"],
  ["rtrim", ["axyx", "xy"], "a"],
  ["btrim", [" a "], "a"],
  ["btrim", ["xax", "x"], "a"],
]);

// Comparison Functions: LIKE, SIMILAR TO
describeCases("patterns", [
  ["like", ["abc", "abc"], true, "BOOLEAN"],
  ["like", ["abc", "a%"], true],
  ["like", ["abc", "%c"], true],
  ["like", ["abc", "%b%"], true],
  ["like", ["abc", "%d%"], false],
  ["like", ["abc", "a_c"], true],
  ["like", ["a😀c", "a_c"], true],
  ["like", ["abc", "a_"], false],
  ["like", ["abcbc", "a%bc"], true],
  ["like", ["ab", "ab%b"], false],
  ["like", ["aXbYbZc", "a%b%c"], true],
  ["like", ["aXbYbZc", "a%b_Z%"], false],
  ["like", ["axbyz", "a_b%"], true],
  ["like", ["", "%"], true],
  ["like", ["", ""], true],
  ["like", ["a", ""], false],
  ["like", ["a\nb", "a%b"], true],
  ["like", ["a.c", "a.c"], true],
  ["like", ["abc", "a.c"], false],
  ["like", ["10%", "10x%", "x"], true],
  ["like", ["100", "10x%", "x"], false],
  ["like", ["a_b", "a\\_b", "\\"], true],
  ["like", ["axb", "a\\_b", "\\"], false],
  ["like", [null, "a"], null],
  ["similar to", ["abc", "a(b|x)c"], true],
  ["similar to", ["abc", "%(b|d)%"], true],
  ["similar to", ["abc", "(b|d)%"], false],
  ["similar to", ["a.c", "a.c"], true],
  ["similar to", ["abc", "a.c"], false],
  ["similar to", ["a1", "a[0-9]"], true],
  ["similar to", ["ab", "a[^0-9]"], true],
  ["similar to", ["a5", "a[[:DIGIT:]]"], true],
  ["similar to", ["aaa", "a{3}"], true],
  ["similar to", ["a%", "a\\%", "\\"], true],
  ["similar to", ["ab", "a\\%", "\\"], false],
]);

it("refuses malformed patterns and escapes, as literals when the program is checked", () => {
  expect(() => resolved("like", ["a", "a", "xx"])).toThrow(SqlError);
  expect(() => resolved("like", ["a", "ax", "x"])).toThrow(/Invalid escape sequence/);
  expect(() => resolved("similar to", ["a", "a("])).toThrow(SqlError);
  expect(() => resolved("similar to", ["a", "a[[:NOTHING:]]"])).toThrow(/no class of characters/);
  expect(() => call("like", ["a", "ax", "x"], { literals: false })).toThrow(EvaluationError);
});

it("finds LIKE's matches without going back and forth for ever", () => {
  const text = "a".repeat(20_000);
  expect(call("like", [text, `${"%a".repeat(200)}%b`])).toBe(false);
  expect(call("like", [text, `${"%a_".repeat(50)}%b`])).toBe(false);
});

it("makes no texts without bounds", () => {
  for (const [name, values] of [
    ["repeat", ["x".repeat(1000), 1_000_000]],
    ["lpad", ["x", 2_000_000_000, "y"]],
    ["rpad", ["x", 2_000_000_000, "y"]],
  ] as const) {
    expect(() => call(name, values)).toThrow(/longer than the limit/);
  }
});

it("takes no other types", () => {
  expect(resolved("upper", [1])).toBeUndefined();
  expect(resolved("upper", [])).toBeUndefined();
  expect(resolved("upper", ["a", "b"])).toBeUndefined();
  expect(resolved("startswith", ["a", bytes(1)])).toBeUndefined();
  expect(resolved("||", ["a", bytes(1)])).toBeUndefined();
  expect(resolved("elt", [1, "a", bytes(1)])).toBeUndefined();
});
