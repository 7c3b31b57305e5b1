import { describe, expect, it } from "vitest";
import { bare, brackets, errorOf, expressionOf } from "./test-tree.ts";

describe("how tightly operators bind", () => {
  it.each([
    ["a or b and not c = d", "(a or (b and (not (c = d))))"],
    ["not not a", "(not (not a))"],
    ["not a is null", "(not (a is null))"],
    ["a = b = c", "(a = (b = c))"],
    ["a = not b and c", "((a = (not b)) and c)"],
    ["a < b = c", "((a < b) = c)"],
    ["a = b < c", "(a = (b < c))"],
    ["a < b <= c", "(a < (b <= c))"],
    ["a <= b || c", "(a <= (b || c))"],
    ["a <> b is null", "(a <> (b is null))"],
    ["a = b is not null", "(a = (b is not null))"],
    ["a || b is null", "((a || b) is null)"],
    ["a isnull or b notnull", "((a is null) or (b is not null))"],
    ["a != b", "(a <> b)"],
    ["a + b * c - d", "((a + (b * c)) - d)"],
    ["a - b - c", "((a - b) - c)"],
    ["a * b / c % d", "(((a * b) / c) % d)"],
    ["a ^ b ^ c", "((a ^ b) ^ c)"],
    ["-a ^ b", "((- a) ^ b)"],
    ["- - a", "(- (- a))"],
    ["-1 - -2", "((- 1) - (- 2))"],
    ["-a::int", "(- (a :: integer))"],
    ["-a[1].b", "(- ((a [] 1) . b))"],
    ["a || b + c", "(a || (b + c))"],
    ["a || b || c", "((a || b) || c)"],
    ["a & b | c # d << e", "((((a & b) | c) # d) << e)"],
    ["@ a + b", "(@ (a + b))"],
    ["|/ 25 ^ 2", "(|/ (25 ^ 2))"],
    ["~a & b", "((~ a) & b)"],
    ["a * ~b", "(a * (~ b))"],
    ["5 ! = 120", "((5 !) = 120)"],
    ["5 !", "(5 !)"],
    ["a ~ b and a !~* c", "((a ~ b) and (a !~* c))"],
    ["a operator(pg_catalog.~) b", "(a ~ b)"],
    ["a operator(+) b", "(a + b)"],
    ["a at time zone 'utc' + b", "((a at 'utc') + b)"],
    ["-a at time zone b at time zone c", "(((- a) at b) at c)"],
    ["a like b || c", "(a like (b || c))"],
    ["a = b like c", "(a = (b like c))"],
    ["a not ilike b and c similar to d", "((a not ilike b) and (c similar to d))"],
    ["a between b and c and d", "((a between b and c) and d)"],
    ["a not between b + 1 and c || d or e", "((a not between (b + 1) and (c || d)) or e)"],
    ["a in (1, 2) and b", "((a in 1 2) and b)"],
    ["a + 1 not in (1) is true", "(((a + 1) not in 1) is true)"],
    ["a is null is null", "((a is null) is null)"],
    ["a in (1) in (2)", "((a in 1) in 2)"],
    ["a is distinct from b + 1", "(a is distinct from (b + 1))"],
    ["(a + b) * c", "((a + b) * c)"],
    ["((a))", "a"],
    ["(a, b) = (c, d)", "((a, b) = (c, d))"],
    ["prior a = b", "((prior a) = b)"],
    ["(1, 2) overlaps (3, 4) or a", "((overlaps 1 2 3 4) or a)"],
    ["a.b::text[1]::int", "(((a.b :: character varying) [] 1) :: integer)"],
  ])("%s", (text, expected) => {
    expect(brackets(expressionOf(text))).toBe(expected);
  });
});

describe("chains", () => {
  it("are balanced for AND and OR", () => {
    expect(brackets(expressionOf("a or b or c or d or e"))).toBe("(((a or b) or c) or (d or e))");
    expect(brackets(expressionOf("(a or b) or (c or (d or e))"))).toBe("(((a or b) or c) or (d or e))");
    const text = Array.from({ length: 50_000 }, (_, i) => `a = ${i}`).join(" or ");
    expect(expressionOf(text).kind).toBe("logical");
  });

  it("of other operators are limited", () => {
    expect(expressionOf(`a${" || a".repeat(990)}`).kind).toBe("binary");
    expect(errorOf(() => expressionOf(`a${" || a".repeat(1_100)}`))).toMatchObject({
      sqlState: "54001",
      message: "stack depth limit exceeded",
    });
  });
});

describe("operators that stand in no row", () => {
  it.each([
    ["a < b < c", "<", 6],
    ["a like b like c", "like", 9],
    ["a is distinct from b is null", "is", 21],
  ])("%s", (text, token, position) => {
    expect(errorOf(() => expressionOf(text))).toMatchObject({
      sqlState: "42601",
      message: `syntax error at or near "${token}"`,
      position,
    });
  });
});

describe("quantified comparisons", () => {
  it("take a query or an array", () => {
    expect(expressionOf("a = any (select 1)")).toMatchObject({
      kind: "quantified",
      operator: "=",
      quantifier: "any",
      query: { kind: "query" },
      array: undefined,
    });
    expect(expressionOf("a <> all (array[1, 2])")).toMatchObject({
      operator: "<>",
      quantifier: "all",
      query: undefined,
      array: { kind: "call", name: { parts: [{ name: "array[]" }] } },
    });
    expect(expressionOf("a = some ((select 1) union (select 2))")).toMatchObject({
      quantifier: "any",
      query: { body: { kind: "set-operation" } },
    });
    expect(expressionOf("a not like any (b)")).toMatchObject({ kind: "quantified", operator: "not like" });
  });
});

describe("IN", () => {
  it.each([
    ["a in (select 1)", "in-query"],
    ["a in ((select 1))", "in-query"],
    ["a in ((select 1) union select 2)", "in-query"],
    ["a in (with x as (select 1) select * from x)", "in-query"],
    ["a in ((select 1), 2)", "in-list"],
    ["a in ((select 1) + 1)", "in-list"],
    ["(a, b) in ((1, 2), (3, 4))", "in-list"],
  ])("%s", (text, kind) => {
    expect(expressionOf(text).kind).toBe(kind);
  });

  it("is empty for nobody", () => {
    expect(errorOf(() => expressionOf("a in ()"))).toMatchObject({
      message: 'syntax error at or near ")"',
      position: 6,
    });
  });
});

describe("LIKE", () => {
  it("has an escape character", () => {
    expect(bare(expressionOf(String.raw`a similar to 'b' escape '\\'`))).toEqual({
      kind: "like",
      operator: "similar to",
      operand: { kind: "reference", parts: [{ name: "a" }] },
      pattern: { kind: "string", value: "b" },
      escape: { kind: "string", value: "\\" },
      negated: false,
    });
  });
});

describe("spans", () => {
  it("reach from the first token of an operand to the last", () => {
    const expression = expressionOf("  a + (b * 2)::int  ");
    expect(expression).toMatchObject({
      kind: "binary",
      span: { start: 0, end: 16 },
      operatorSpan: { start: 2, end: 3 },
      left: { span: { start: 0, end: 1 } },
      right: { kind: "cast", span: { start: 4, end: 16 }, operand: { span: { start: 5, end: 10 } } },
    });
  });
});

describe("errors", () => {
  it.each([
    ["a +", "syntax error at end of input", 3],
    ["a + * b", 'syntax error at or near "*"', 4],
    ["= a", 'syntax error at or near "="', 0],
    ["a is b", 'syntax error at or near "b"', 5],
    ["a is not distinct from b", 'syntax error at or near "distinct"', 9],
    ["a between 1 or 2", 'syntax error at or near "or"', 12],
    ["a b", 'syntax error at or near "b"', 2],
    ["(a", "syntax error at end of input", 2],
    ["()", 'syntax error at or near ")"', 1],
    ["a like", "syntax error at end of input", 6],
    ["a = any select", 'syntax error at or near "any"', 4],
    ["(a, b) overlaps c", "wrong number of parameters on both sides of OVERLAPS expression", 0],
  ])("%s", (text, message, position) => {
    expect(errorOf(() => expressionOf(text))).toMatchObject({ sqlState: "42601", message, position });
  });
});
