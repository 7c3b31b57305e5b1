import { describe, expect, it } from "vitest";
import { parseExpression } from "./expression.ts";
import { bare, brackets, errorOf, expressionOf } from "./test-tree.ts";
import { TokenStream } from "./token-stream.ts";

const reference = (...names: string[]): unknown => ({
  kind: "reference",
  parts: names.map((name) => ({ name })),
});

describe("literals", () => {
  it.each([
    ["null", { kind: "null" }],
    ["TRUE", { kind: "boolean", value: true }],
    ["1.50", { kind: "number", text: "1.50" }],
    ["'it''s'", { kind: "string", value: "it's" }],
    ["$12", { kind: "parameter", index: 12 }],
    ["date '2024-01-01'", { kind: "typed-literal", type: { name: "date" }, value: "2024-01-01" }],
    ["timestamp with time zone 'x'", { kind: "typed-literal", type: { name: "timestamptz" }, value: "x" }],
    ["numeric(5,2) '1.5'", { type: { name: "numeric", precision: 5, scale: 2 }, value: "1.5" }],
    ["double precision '1'", { type: { name: "double precision" } }],
    ["character varying 'a'", { type: { name: "character varying", length: 256 } }],
    ["interval '1 day'", { kind: "interval", value: "1 day", fields: [] }],
    ["interval '1-2' year to month", { kind: "interval", fields: ["year", "month"] }],
    ["interval '3' hour", { kind: "interval", value: "3", fields: ["hour"] }],
    ["interval '1 2:3' day to second (3)", { fields: ["day", "second"], precision: 3 }],
  ])("%s", (text, expected) => {
    expect(expressionOf(text)).toMatchObject(expected);
  });

  it.each([
    ["$0", "42P02", "there is no parameter $0"],
    ["$70000", "42P02", "there is no parameter $70000"],
    ["b'1'", "0A000", "bit string literals are not supported"],
    [String.raw`'a\000'`, "22021", 'invalid byte sequence for encoding "UTF8": 0x00'],
    ["foo 'x'", "42704", 'type "foo" does not exist'],
    ["interval 1 day", "42601", 'syntax error at or near "1"'],
    ["interval '1' day to year", "42601", 'syntax error at or near "year"'],
    ["interval '1' second (7)", "22023", "INTERVAL(7) precision must be between 0 and 6"],
  ])("%s is refused", (text, sqlState, message) => {
    expect(errorOf(() => expressionOf(text))).toMatchObject({ sqlState, message });
  });
});

describe("names", () => {
  it.each([
    ["A.b", reference("a", "b")],
    ['"A"."b c"', reference("a", "b c")],
    ["t.select", reference("t", "select")],
    ["oid", reference("oid")],
    ["#tmp.a", reference("#tmp", "a")],
    ["dev.public.t.a.b", reference("dev", "public", "t", "a", "b")],
    ["date", reference("date")],
    ["level", reference("level")],
  ])("%s", (text, expected) => {
    expect(bare(expressionOf(text))).toEqual(expected);
  });

  it("keep the case of quotes only where the session says so", () => {
    const stream = new TokenStream('A."bC"', { caseSensitiveIdentifiers: true });
    expect(bare(parseExpression(stream))).toEqual(reference("a", "bC"));
  });

  it("are no reserved words", () => {
    for (const word of ["select", "user1.", "tag", "table", "desc"]) {
      expect(errorOf(() => expressionOf(word)).sqlState).toBe("42601");
    }
  });

  it("are cut after 127 bytes, between characters", () => {
    expect(bare(expressionOf("ä".repeat(100)))).toEqual(reference("ä".repeat(63)));
    expect(bare(expressionOf("a".repeat(128)))).toEqual(reference("a".repeat(127)));
    expect(bare(expressionOf("b".repeat(127)))).toEqual(reference("b".repeat(127)));
  });
});

describe("navigation", () => {
  it("goes through subscripts and fields", () => {
    expect(brackets(expressionOf("c.orders[0].id::int"))).toBe("(((c.orders [] 0) . id) :: integer)");
    expect(bare(expressionOf("(a.b).c"))).toEqual({
      kind: "field",
      base: reference("a", "b"),
      name: { name: "c" },
    });
    expect(brackets(expressionOf("a[b + 1][2]"))).toBe("((a [] (b + 1)) [] 2)");
  });

  it("marks outer joins", () => {
    expect(bare(expressionOf("a.k = b.k (+)"))).toMatchObject({
      kind: "binary",
      right: { kind: "outer-mark", operand: reference("b", "k") },
    });
  });

  it("is limited", () => {
    expect(errorOf(() => expressionOf(`a${"[0]".repeat(1_100)}`)).sqlState).toBe("54001");
  });
});

describe("casts", () => {
  it.each([
    ["a::varchar(10)", "colons", { name: "character varying", length: 10 }],
    ["cast(a as int)", "cast", { name: "integer" }],
    ["try_cast(a as date)", "try_cast", { name: "date" }],
    ["convert(numeric(4, 1), a)", "convert", { name: "numeric", precision: 4, scale: 1 }],
  ])("%s", (text, form, type) => {
    expect(expressionOf(text)).toMatchObject({ kind: "cast", form, type, operand: reference("a") });
  });

  it("need the types that Redshift has", () => {
    expect(errorOf(() => expressionOf("a::json"))).toMatchObject({
      sqlState: "42704",
      message: 'type "json" does not exist',
      position: 3,
    });
  });
});

describe("other forms", () => {
  it("reads CASE with and without an operand", () => {
    expect(bare(expressionOf("case a when 1 then 'x' when 2 then 'y' else 'z' end"))).toMatchObject({
      kind: "case",
      operand: reference("a"),
      branches: [{ when: { text: "1" } }, { when: { text: "2" } }],
      otherwise: { value: "z" },
    });
    expect(expressionOf("case when a then b end")).toMatchObject({
      operand: undefined,
      otherwise: undefined,
    });
    expect(errorOf(() => expressionOf("case a end")).message).toBe('syntax error at or near "end"');
    expect(errorOf(() => expressionOf("case when a then b")).message).toBe("syntax error at end of input");
  });

  it("reads rows, queries and EXISTS", () => {
    expect(brackets(expressionOf("row(a)"))).toBe("(a)");
    expect(expressionOf("((select 1) union (select 2))")).toMatchObject({
      kind: "scalar-query",
      query: { body: { kind: "set-operation" } },
    });
    expect(expressionOf("((select 1))").kind).toBe("scalar-query");
    expect(brackets(expressionOf("(select 1) + 1"))).toBe("((select) + 1)");
    expect(expressionOf("exists ((select 1))").kind).toBe("exists");
    expect(errorOf(() => expressionOf("exists (1)")).sqlState).toBe("42601");
  });

  it("reads PostgreSQL's arrays apart from SUPER's", () => {
    expect(brackets(expressionOf("array[1, a]"))).toBe("(array[] 1 a)");
    expect(brackets(expressionOf("array(select 1)"))).toBe("(array[] (select))");
    expect(brackets(expressionOf("array(1, a)"))).toBe("(array 1 a)");
    expect(brackets(expressionOf("array[]"))).toBe("(array[] )");
  });

  it("reads COLLATE", () => {
    expect(expressionOf("collate(a, 'CI')")).toMatchObject({
      kind: "collate",
      collation: "case_insensitive",
    });
    expect(errorOf(() => expressionOf("collate(a, 'C')"))).toMatchObject({
      sqlState: "42704",
      message: 'collation "C" does not exist',
      position: 11,
    });
  });
});
