// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from "vitest";
import { ArnPattern, Pattern, splitArn } from "./pattern.ts";
import { RequestContext } from "./request-context.ts";

const none = new RequestContext({});
const like = (pattern: string, text: string, context = none, ignoreCase = false): boolean =>
  new Pattern(pattern, { variables: true, wildcards: true, ignoreCase }).matches(text, context);

describe("wildcards", () => {
  test.each([
    ["", "", true],
    ["*", "", true],
    ["*", "anything/at:all", true],
    ["?", "", false],
    ["?", "a", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a*c", "ac", true],
    ["a*c", "abcbc", true],
    ["a*c", "abcb", false],
    ["*a*b*", "xxaxxbxx", true],
    ["*a*b*", "xxbxxaxx", false],
    ["a**b", "ab", true],
    ["abc", "ABC", false],
    ["a.c", "abc", false],
    ["[a-z]", "b", false],
    ["*日*", "x日y", true],
  ])("%j on %j is %s", (pattern, text, expected) => {
    expect(like(pattern, text)).toBe(expected);
  });

  test("agree with a plain definition on random patterns", () => {
    let seed = 12_345;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const word = (letters: string, length: number): string =>
      Array.from({ length: random(length) }, () => letters[random(letters.length)]).join("");
    const defined = (pattern: string, text: string): boolean => {
      if (pattern === "") return text === "";
      if (pattern[0] === "*")
        return defined(pattern.slice(1), text) || (text !== "" && defined(pattern, text.slice(1)));
      return (
        text !== "" &&
        (pattern[0] === "?" || pattern[0] === text[0]) &&
        defined(pattern.slice(1), text.slice(1))
      );
    };
    const seen = new Set<boolean>();
    for (let round = 0; round < 3_000; round++) {
      const [pattern, text] = [word("ab*?", 7), word("ab", 7)];
      const expected = defined(pattern, text);
      seen.add(expected);
      expect([pattern, text, like(pattern, text)]).toEqual([pattern, text, expected]);
    }
    expect(seen.size).toBe(2);
  });

  test("a pattern made to explode is answered", () => {
    expect(like(`${"*a".repeat(1_000)}*b`, "a".repeat(20_000))).toBe(false);
    expect(like(`${"*".repeat(10_000)}b`, "a".repeat(10_000))).toBe(false);
  });
});

describe("variables", () => {
  const context = new RequestContext({
    "aws:username": "jo*n",
    "aws:PrincipalTag/team": "red",
    list: ["a", "b"],
  });
  test.each([
    ["${aws:username}", "jo*n", true],
    ["${aws:username}", "jooon", false],
    ["${AWS:UserName}/*", "jo*n/x", true],
    ["x/${aws:PrincipalTag/team}/y", "x/red/y", true],
    ["${nothing}", "", false],
    ["${nothing, 'green'}", "green", true],
    ["${aws:username, 'green'}", "green", false],
    ["${list}", "a", false],
    ["a${*}b", "a*b", true],
    ["a${*}b", "axb", false],
    ["${?}${$}", "?$", true],
    ["${unfinished", "${unfinished", true],
  ])("%s on %j is %s", (pattern, text, expected) => {
    expect(like(pattern, text, context)).toBe(expected);
  });

  test("ignoring case reaches into variables; old policies have none", () => {
    expect(like("A-${aws:PrincipalTag/team}", "a-RED", context, true)).toBe(true);
    const old = new Pattern("${aws:username}", { variables: false, wildcards: true, ignoreCase: false });
    expect(old.matches("${aws:username}", context)).toBe(true);
  });
});

describe("ARNs", () => {
  const stream = "arn:aws:kinesis:us-east-1:123456789012:stream/a";
  test.each([
    ["*", stream, true],
    [stream, stream, true],
    ["arn:aws:kinesis:*:*:stream/*", stream, true],
    ["arn:aws:kinesis:*:stream/*", stream, false],
    ["arn:aws:kinesis", stream, true],
    ["arn:aws:kinesis:eu-*", stream, false],
    ["arn:*", stream, true],
    ["arn:aws:logs:*:*:*", "arn:aws:logs:eu-west-1:123456789012:log-group:a:log-stream:b", true],
    ["arn:aws:s3:::b/*/z", "arn:aws:s3:::b/x/y/z", true],
    ["arn:aws:s3:::b*", "arn:aws:s3:::bucket/key:with:colons", true],
    [stream, "not an arn", false],
    ["arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::jo/x", true],
  ])("%s on %s is %s", (pattern, arn, expected) => {
    const context = new RequestContext({ "aws:username": "jo" });
    expect(new ArnPattern(pattern, true).matches(arn, context)).toBe(expected);
  });

  test("colons in variables and in the resource do not separate", () => {
    expect(splitArn("arn:aws:s3:::${a:b}:c")).toEqual(["arn", "aws", "s3", "", "", "${a:b}:c"]);
    expect(splitArn("a:b")).toEqual(["a", "b"]);
  });
});
