import { expect, it } from "vitest";
import { SqlError } from "../../../sql-error.ts";
import { EvaluationError } from "../scalar-function.ts";
import { call, describeCases, resolved } from "../test-function-cases.ts";

// nightlies.apache.org/flink/flink-docs-stable/docs/sql/functions/built-in-functions/: String Functions
describeCases("regular expressions", [
  ["regexp", ["foobar", "o+b"], true, "BOOLEAN"],
  ["regexp", ["foobar", "^b"], false],
  ["regexp", ["foobar", ""], false],
  ["regexp", ["foobar", "("], false],
  ["regexp_extract", ["foothebar", "foo(.*?)(bar)", 2], "bar", "STRING"],
  ["regexp_extract", ["foothebar", "foo(.*?)(bar)", 1], "the"],
  ["regexp_extract", ["foothebar", "foo(.*?)(bar)"], "foothebar"],
  ["regexp_extract", ["foothebar", "foo(.*?)(bar)", 3], null],
  ["regexp_extract", ["foothebar", "foo(.*?)(bar)", -1], null],
  ["regexp_extract", ["abc", "(x)?b", 1], null],
  ["regexp_extract", ["abc", "x"], null],
  ["regexp_extract", ["abc", "["], null],
  ["regexp_extract", ["https://x/?channel_id=12&a=1", "(&|^|\\?)channel_id=([^&]*)", 2], "12"],
  ["regexp_extract_all", ["100-200, 300-400", "(\\d+)-(\\d+)"], ["100", "300"], "ARRAY<STRING>"],
  ["regexp_extract_all", ["100-200, 300-400", "(\\d+)-(\\d+)", 2], ["200", "400"]],
  ["regexp_extract_all", ["100-200", "(\\d+)-(\\d+)", 0], ["100-200"]],
  ["regexp_extract_all", ["100-200", "(\\d+)", 2], null],
  ["regexp_extract_all", ["abc", "\\d"], null],
  ["regexp_count", ["foobarbar", "bar"], 2, "INT"],
  ["regexp_count", ["abc", "x"], 0],
  ["regexp_count", ["abc", "("], null],
  ["regexp_instr", ["foobar", "ba."], 4],
  ["regexp_instr", ["foobar", "x"], 0],
  ["regexp_instr", ["foobar", "("], null],
  ["regexp_substr", ["foobar", "b.."], "bar"],
  ["regexp_substr", ["foobar", "x"], null],
  ["regexp_replace", ["foobar", "oo|ar", ""], "fb"],
  ["regexp_replace", ["foobar", "(o)", "$1"], "f$1$1bar"],
  ["regexp_replace", ["foobar", "(", "x"], null],
  ["regexp_replace", ["abc", "", "-"], "-a-b-c-"],
  [
    "str_to_map",
    ["k1=v1,k2=v2"],
    new Map([
      ["k1", "v1"],
      ["k2", "v2"],
    ]),
    "MAP<STRING, STRING>",
  ],
  [
    "str_to_map",
    ["k1:v1;k2:v2", ";", ":"],
    new Map([
      ["k1", "v1"],
      ["k2", "v2"],
    ]),
  ],
  [
    "str_to_map",
    ["a=1=2,b,,"],
    new Map([
      ["a", "1=2"],
      ["b", null],
    ]),
  ],
  [
    "str_to_map",
    ["k1$$v1|k2$$ v2", "\\|", "\\$\\$"],
    new Map([
      ["k1", "v1"],
      ["k2", " v2"],
    ]),
  ],
  ["str_to_map", [""], new Map()],
]);

const line = "a\nb";

// docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
it.each<[pattern: string, text: string, match: string | null, group?: string | null]>([
  ["(?i)ABC", "xabc", "abc"],
  ["(?s)a.b", line, line],
  ["a.b", line, null],
  ["a.b", "a\u0085b", null],
  ["(?m)^b$", line, "b"],
  ["^b$", line, null],
  ["a$", "a\n", "a"],
  ["a\\z", "a\n", null],
  ["a\\Z", "a\n", "a"],
  ["\\Aa", "ba", null],
  ["(?x) a  b # comment", "ab", "ab"],
  ["(?x)a\\ b", "a b", "a b"],
  ["\\Qa.b\\E.", "a.bc", "a.bc"],
  ["\\Q(((", "(((", "((("],
  ["a*+a", "aaa", null],
  ["(a)*+b", "aab", "aab", "a"],
  ["x(a)(b)*+(c)", "xabbc", "xabbc", "a"],
  ["(?>a+)b", "aab", "aab"],
  ["(?>a+)ab", "aab", null],
  ["(?>(a))(b)\\2", "abb", "abb", "a"],
  ["(a)(b)?+\\1", "aba", "aba", "a"],
  ["(a)\\1", "aa", "aa", "a"],
  ["(a)\\11", "aa1", "aa1", "a"],
  ["(?<year>\\d{4})-\\k<year>", "2020-2020", "2020-2020", "2020"],
  ["\\p{Lu}\\p{L}+", "xÄrger", "Ärger"],
  ["\\p{Alpha}+", "äbc", "bc"],
  ["\\p{IsAlphabetic}+", "äbc", "äbc"],
  ["\\p{IsLatin}+", "дabc", "abc"],
  ["\\p{script=CYRILLIC}", "aд", "д"],
  ["\\P{Digit}+", "12ab", "ab"],
  ["\\pL+", "1ab", "ab"],
  ["[a-z&&[^aeiou]]+", "aebcd", "bcd"],
  ["[a-d[m-p]]+", "xyam", "am"],
  ["[^a-c]+", "abcx", "x"],
  ["[]a]+", "a]", "a]"],
  ["[a\\-z]+", "-", "-"],
  ["[a-]+", "-a", "-a"],
  ["[\\w&&[^\\d]]+", "12ab", "ab"],
  ["[.$|()*{}/&]+", "a$|&/", "$|&/"],
  ["\\h+\\S", "a \tb", " \tb"],
  ["\\R", "a\r\nb", "\r\n"],
  ["\\s", "\u00a0", null],
  ["\\d", "٣", null],
  ["\\x41\\u0042\\x{43}\\0104", "ABCD", "ABCD"],
  ["\\cA", "\u0001", "\u0001"],
  ["\\t\\e", "\t\u001b", "\t\u001b"],
  ["😀.", "😀😀", "😀😀"],
  ["a{2,3}?", "aaa", "aa"],
  ["(?:ab){2}", "abab", "abab"],
  ["a|b|", "c", ""],
  ["(?=b)b", "ab", "b"],
  ["(?<!a)b", "abb", "b"],
  ["]", "]", "]"],
  ["}", "}", "}"],
  ["a/b", "a/b", "a/b"],
])("%s in %j", (pattern, text, match, group) => {
  expect(call("regexp_substr", [text, pattern])).toBe(match);
  if (group !== undefined) expect(call("regexp_extract", [text, pattern, 1])).toBe(group);
});

it.each([
  "(",
  ")",
  "*a",
  "a**",
  "a{",
  "a{2,1}",
  "[a",
  "[a-\\",
  "\\",
  "\\y",
  "\\p{Nothing}",
  "(?<1>a)",
  "(?y)a",
  "\\k<x>",
  "\\x{110000}",
])("%s is no pattern", (pattern) => {
  expect(call("regexp_count", ["a", pattern])).toBeNull();
  expect(call("regexp_count", ["a", pattern], { literals: false })).toBeNull();
});

it.each(["\\p{InGreek}", "\\Ga", "\\X", "\\N{DIGIT ONE}", "a(?i)b", "(?i:a)", "(?U)a", "(?d)a"])(
  "%s is refused by name",
  (pattern) => {
    const refusal = /it runs on Apache Flink itself$/;
    expect(() => resolved("regexp", ["a", pattern])).toThrow(SqlError);
    expect(() => resolved("regexp", ["a", pattern])).toThrow(refusal);
    expect(() => call("regexp", ["a", pattern], { literals: false })).toThrow(EvaluationError);
  },
);

it.each(["(a+)+$", "(a|a)*b", "(.*)*x", "^(\\w+\\s?)*$", "(a*)*\\1b"])(
  "ends %s when it takes too long",
  { timeout: 60_000 },
  (pattern) => {
    const text = `${"a".repeat(50_000)}!`;
    let answer: unknown;
    try {
      answer = call("regexp", [text, pattern]);
    } catch (error) {
      expect(error).toBeInstanceOf(EvaluationError);
      expect(String(error)).toMatch(/took longer than 1000 ms|Maximum call stack/);
      return;
    }
    expect(answer).toBe(false);
  },
);

it("ends patterns of several repetitions on long texts", { timeout: 60_000 }, () => {
  expect(() => call("regexp", ["a".repeat(2000), "a*a*a*a*b"])).toThrow(/took longer than 1000 ms/);
});
