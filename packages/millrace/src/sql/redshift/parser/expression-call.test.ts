import { describe, expect, it } from "vitest";
import type { Call } from "../ast/tree.ts";
import { bare, brackets, errorOf, expressionOf } from "./test-tree.ts";

function callOf(text: string): Call {
  const expression = expressionOf(text);
  if (expression.kind !== "call") {
    throw new Error(`a ${expression.kind} instead of a call`);
  }
  return expression;
}

describe("calls", () => {
  it("take arguments, a star or nothing", () => {
    expect(brackets(callOf("f()"))).toBe("(f )");
    expect(brackets(callOf("pg_catalog.f(a, 1 + 2)"))).toBe("(pg_catalog.f a (1 + 2))");
    expect(callOf("count(*)")).toMatchObject({ star: true, arguments: [], distinct: false });
    expect(callOf("count(distinct a)")).toMatchObject({ distinct: true });
    expect(callOf("count(all a)")).toMatchObject({ distinct: false, arguments: [{}] });
    expect(callOf("count(t.*)").arguments).toMatchObject([{ kind: "star", qualifier: [{ name: "t" }] }]);
  });

  it("may have reserved words for names", () => {
    expect(brackets(callOf("left(a, 1)"))).toBe("(left a 1)");
    expect(brackets(callOf("isnull(a, 0)"))).toBe("(isnull a 0)");
    expect(errorOf(() => expressionOf("select(a)")).message).toBe('syntax error at or near "select"');
    expect(errorOf(() => expressionOf("integer(a)")).message).toBe('syntax error at or near "("');
  });

  it("take date parts as names", () => {
    expect(brackets(callOf("dateadd(month, 1, d)"))).toBe("(dateadd month 1 d)");
  });

  it("may be approximate", () => {
    expect(callOf("approximate count(distinct a)")).toMatchObject({ approximate: true, distinct: true });
    expect(brackets(expressionOf("approximate + 1"))).toBe("(approximate + 1)");
  });

  it.each(["current_date", "sysdate", "user", "current_user_id", "current_namespace"])(
    "%s needs no brackets",
    (text) => {
      expect(brackets(callOf(text))).toBe(`(${text} )`);
    },
  );

  it("may have a precision instead", () => {
    expect(brackets(callOf("current_timestamp(3)"))).toBe("(current_timestamp 3)");
  });
});

describe("aggregates and windows", () => {
  it("reads WITHIN GROUP and OVER", () => {
    const call = callOf(
      "listagg(distinct a, ', ') within group (order by b desc nulls last, c) over (partition by d, e)",
    );
    expect(bare(call)).toMatchObject({
      distinct: true,
      withinGroup: [{ descending: true, nulls: "last" }, { descending: false }],
      over: { partitionBy: [{}, {}], orderBy: [] },
    });
  });

  it.each([
    ["lag(a, 1) ignore nulls over (order by b)", "ignore"],
    ["lag(a, 1 ignore nulls) over (order by b)", "ignore"],
    ["first_value(a) respect nulls over ()", "respect"],
    ["first_value(a) over ()", undefined],
  ])("%s", (text, nulls) => {
    expect(callOf(text)).toMatchObject({ nulls, over: {} });
  });

  it.each([
    ["rows unbounded preceding", { unit: "rows", start: { kind: "unbounded preceding" }, end: undefined }],
    [
      "rows between 1 preceding and current row",
      { start: { kind: "preceding", offset: { text: "1" } }, end: { kind: "current row" } },
    ],
    [
      "range between current row and unbounded following",
      { unit: "range", start: { kind: "current row" }, end: { kind: "unbounded following" } },
    ],
    ["rows between 2 following and 3 following", { end: { kind: "following" } }],
  ])("frame %s", (text, frame) => {
    expect(callOf(`sum(a) over (order by b ${text})`).over).toMatchObject({ frame });
  });

  it.each([
    ["sum(a) over (rows 1)", 'syntax error at or near ")"'],
    ["sum(a) over w", 'syntax error at or near "over"'],
    ["sum(a) over (order by b nulls)", 'syntax error at or near ")"'],
    ["sum(a) filter (where b)", 'syntax error at or near "filter"'],
    ["sum(a", "syntax error at end of input"],
    ["sum(a,)", 'syntax error at or near ")"'],
    ["listagg(a) within group (a)", 'syntax error at or near "a"'],
  ])("%s is refused", (text, message) => {
    expect(errorOf(() => expressionOf(text))).toMatchObject({ sqlState: "42601", message });
  });
});

describe("forms whose arguments words keep apart", () => {
  it.each([
    ["extract(epoch from a)", "(extract 'epoch' a)"],
    ["extract('year' from a + b)", "(extract 'year' (a + b))"],
    ["trim(a)", "(btrim a)"],
    ["trim('x' from a)", "(btrim a 'x')"],
    ["trim(both from a)", "(btrim a)"],
    ["trim(leading 'x' from a)", "(ltrim a 'x')"],
    ["trim(trailing 'x' from a)", "(rtrim a 'x')"],
    ["position('b' in a || c)", "(strpos (a || c) 'b')"],
    ["substring(a from 2 for 3)", "(substring a 2 3)"],
    ["substring(a for 3)", "(substring a 1 3)"],
    ["substring(a from 2)", "(substring a 2)"],
    ["substring(a, 2, 3)", "(substring a 2 3)"],
    ["overlay(a placing b from 1 for 2)", "(overlay a b 1 2)"],
    ["overlay(a, b, 1)", "(overlay a b 1)"],
  ])("%s", (text, expected) => {
    expect(brackets(callOf(text))).toBe(expected);
  });

  it("are names where no bracket follows", () => {
    expect(brackets(expressionOf("position + trim"))).toBe("(position + trim)");
  });

  it.each(["extract(from a)", "position('a')", "overlay(a placing b)", "cast(a int)", "convert(a)"])(
    "%s is refused",
    (text) => {
      expect(errorOf(() => expressionOf(text)).sqlState).toMatch(/42601|42704/);
    },
  );
});
