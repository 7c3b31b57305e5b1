// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from "vitest";
import { parseConditions } from "./condition.ts";
import { type ContextEntries, RequestContext } from "./request-context.ts";

function holds(condition: unknown, context: ContextEntries): boolean {
  const parsed = parseConditions(condition, "Condition", true);
  return parsed.every((one) => one.holds(new RequestContext(context)));
}
const one = (operator: string, wanted: unknown, given: string | string[] | undefined): boolean =>
  holds({ [operator]: { k: wanted } }, { k: given });

describe("operators on one value", () => {
  test.each([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "a", "A", false],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", ["a", "b"], "b", true],
    ["stringequals", "a", "a", true],
    ["StringNotEquals", ["a", "b"], "b", false],
    ["StringNotEquals", ["a", "b"], "c", true],
    ["StringEqualsIgnoreCase", "aB", "Ab", true],
    ["StringNotEqualsIgnoreCase", "aB", "Ab", false],
    ["StringLike", "a*c?", "abbcd", true],
    ["StringNotLike", "a*", "abc", false],
    ["NumericEquals", "10", "10.0", true],
    ["NumericEquals", 10, "10", true],
    ["NumericNotEquals", "10", "11", true],
    ["NumericLessThan", "10", "9.5", true],
    ["NumericLessThan", "10", "10", false],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericGreaterThan", "10", "10", false],
    ["NumericGreaterThanEquals", "10", "10", true],
    ["NumericEquals", "ten", "ten", false],
    ["NumericEquals", "0", "", false],
    ["DateGreaterThan", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", true],
    ["DateLessThan", "2026-01-01", "2025-12-31T23:59:59Z", true],
    ["DateEquals", "1767225600", "2026-01-01T00:00:00Z", true],
    ["DateLessThanEquals", "never", "2026-01-01T00:00:00Z", false],
    ["DateGreaterThanEquals", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z", true],
    ["DateNotEquals", "2026-01-01", "2026-01-02", true],
    ["Bool", "true", "true", true],
    ["Bool", true, "true", true],
    ["Bool", "true", "false", false],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", true],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ6", false],
    ["IpAddress", "203.0.113.0/24", "203.0.113.77", true],
    ["IpAddress", "203.0.113.0/24", "203.0.114.1", false],
    ["IpAddress", "203.0.113.5", "203.0.113.5", true],
    ["IpAddress", "203.0.113.0/24", "::ffff:203.0.113.9", true],
    ["IpAddress", "2001:db8::/32", "2001:db8:1::9", true],
    ["IpAddress", "0.0.0.0/0", "10.1.2.3", true],
    ["IpAddress", "0.0.0.0/0", "::1", false],
    ["IpAddress", "10.0.0.0/33", "10.0.0.1", false],
    ["IpAddress", "10.0.0.0/", "10.0.0.0", false],
    ["IpAddress", "nonsense", "10.0.0.1", false],
    ["NotIpAddress", "10.0.0.0/8", "11.0.0.1", true],
    ["ArnEquals", "arn:aws:sns:*:123456789012:*", "arn:aws:sns:us-east-1:123456789012:t", true],
    ["ArnLike", "arn:aws:sns:*:t", "arn:aws:sns:us-east-1:123456789012:t", false],
    ["ArnNotLike", "arn:aws:sns:*:*:t", "arn:aws:sns:us-east-1:123456789012:u", true],
    ["ArnNotEquals", "arn:aws:sns:*:*:t", "arn:aws:sns:us-east-1:123456789012:t", false],
    ["Null", "true", "there", false],
    ["Null", "false", "there", true],
  ])("%s %j on %j is %s", (operator, wanted, given, expected) => {
    expect(one(operator, wanted, given)).toBe(expected);
  });
});

test.each([
  ["StringEquals", "a", false],
  ["StringNotEquals", "a", true],
  ["StringEqualsIfExists", "a", true],
  ["NumericLessThanIfExists", "1", true],
  ["Null", "true", true],
  ["Null", "false", false],
  ["NotIpAddress", "10.0.0.0/8", true],
  ["ForAllValues:StringEquals", "a", true],
  ["ForAnyValue:StringEquals", "a", false],
  ["ForAnyValue:StringNotEquals", "a", false],
  ["ForAnyValue:StringEqualsIfExists", "a", true],
])("a key that is absent: %s %j is %s", (operator, wanted, expected) => {
  expect(one(operator, wanted, undefined)).toBe(expected);
});

test.each([
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "b", "a"], true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
  ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "d"], true],
  ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "a"], false],
  ["ForAnyValue:StringLike", ["a*"], ["x", "ab"], true],
  ["ForAnyValue:StringLike", ["a*"], ["x", "y"], false],
  ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
  ["StringEquals", ["b"], ["a", "b"], true],
  ["StringNotEquals", ["b"], ["a", "b"], false],
])("several values: %s %j on %j is %s", (operator, wanted, given, expected) => {
  expect(one(operator, wanted, given)).toBe(expected);
});

test("operators and keys are joined by and, keys do not depend on case", () => {
  const condition = {
    StringEquals: { "aws:A": "1", "aws:B": ["2", "3"] },
    Bool: { "aws:SecureTransport": "true" },
  };
  const context = { "AWS:a": "1", "aws:b": "3", "aws:securetransport": "true" };
  expect(holds(condition, context)).toBe(true);
  expect(holds(condition, { ...context, "aws:b": "4" })).toBe(false);
  expect(holds(condition, { ...context, "aws:securetransport": "false" })).toBe(false);
  expect(holds({}, {})).toBe(true);
});

test("variables stand in condition values", () => {
  const condition = { StringLike: { "s3:prefix": "home/${aws:username}/*" } };
  expect(holds(condition, { "s3:prefix": "home/jo/x", "aws:username": "jo" })).toBe(true);
  expect(holds(condition, { "s3:prefix": "home/jo/x", "aws:username": "al" })).toBe(false);
  expect(holds(condition, { "s3:prefix": "home//x" })).toBe(false);
});
