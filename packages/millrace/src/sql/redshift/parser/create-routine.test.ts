import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

const integer = { name: "integer" };

describe("routines", () => {
  test("functions in SQL and Python", () => {
    expect(
      outline(
        "create or replace function s.f (int, varchar(5)) returns int stable as $$ select $1 $$ language sql",
      ),
    ).toEqual({
      kind: "create-function",
      orReplace: true,
      name: "s.f",
      parameters: [
        { mode: "in", type: integer },
        { mode: "in", type: { name: "character varying", length: 5 } },
      ],
      returnType: integer,
      volatility: "stable",
      implementation: { language: "sql", body: " select $1 " },
    });
    expect(
      outline("create function f (x anyelement) returns int language plpythonu immutable as 'return 1'"),
    ).toMatchObject({
      parameters: [{ name: "x", type: "anyelement" }],
      volatility: "immutable",
      implementation: { language: "plpythonu", body: "return 1" },
    });
  });

  test("external functions", () => {
    const text = `create external function f (varchar) returns int volatile lambda 'fn' iam_role default
      retry_timeout 0 max_batch_rows 10 max_batch_size 2 mb`;
    expect(outline(text)).toMatchObject({
      implementation: {
        language: "lambda",
        functionName: "fn",
        iamRole: { kind: "default" },
        retryTimeoutMs: 0,
        maxBatchRows: 10,
        maxBatchSizeBytes: 2_097_152,
      },
    });
    expect(
      outline("create external function f () returns int stable sagemaker 'e' iam_role default"),
    ).toMatchObject({
      kind: "unsupported",
    });
  });

  test("parameters: names, modes and types of several words", () => {
    const parameters = [
      "a in int",
      "in b int",
      "out double precision",
      "c timestamp with time zone",
      "timestamp with time zone",
      "out refcursor",
      "x out varchar(3)",
      "inout d interval year to month",
      "interval",
      '"q r" super',
    ];
    expect(
      outline(`create procedure p (${parameters.join(", ")}) as $$ begin end $$ language plpgsql`),
    ).toMatchObject({
      parameters: [
        { mode: "in", name: "a", type: integer },
        { mode: "in", name: "b", type: integer },
        { mode: "out", type: { name: "double precision" } },
        { mode: "in", name: "c", type: { name: "timestamptz" } },
        { mode: "in", type: { name: "timestamptz" } },
        { mode: "out", type: "refcursor" },
        { mode: "out", name: "x", type: { name: "character varying", length: 3 } },
        { mode: "inout", name: "d", type: { name: "interval year to month" } },
        { mode: "in", type: { name: "interval" } },
        { mode: "in", name: "q r", type: { name: "super" } },
      ],
    });
  });

  test("procedures", () => {
    const text = `create procedure p () nonatomic as $body$ begin; end; $body$ language plpgsql
      security definer set search_path to s, public`;
    expect(outline(text)).toEqual({
      kind: "create-procedure",
      name: "p",
      nonAtomic: true,
      body: " begin; end; ",
      securityDefiner: true,
      settings: [
        {
          name: "search_path",
          value: {
            kind: "values",
            values: [
              { text: "s", form: "word" },
              { text: "public", form: "word" },
            ],
          },
        },
      ],
    });
  });

  test("called, altered, dropped by their signatures", () => {
    expect(outline("call s.p(1, 'x')")).toMatchObject({
      kind: "call-procedure",
      name: "s.p",
      arguments: [{}, {}],
    });
    expect(outline("alter procedure p(a int, out b int) owner to u")).toMatchObject({
      routine: "procedure",
      signature: { name: "p", argumentTypes: [integer] },
      action: { kind: "owner", owner: "u" },
    });
    expect(
      outline("drop procedure p (volume inout bigint, at_price in numeric, result out int)"),
    ).toMatchObject({
      kind: "drop",
      objectType: "procedure",
      signatures: [{ argumentTypes: [{ name: "bigint" }, { name: "numeric" }] }],
    });
    expect(outline("drop function f(float) cascade")).toMatchObject({ behavior: "cascade" });
  });

  test.each([
    ["create function f () returns int as $$ 1 $$ language perl", '42704 language "perl" does not exist @53'],
    ["create function f () returns int as $$ 1 $$", "42601 syntax error at end of input @43"],
    [
      "create function f (out a int) returns int as '' language sql",
      "0A000 CREATE FUNCTION / OUT parameters are not implemented @19",
    ],
    ["create function f () as $$ 1 $$ language sql", '42601 syntax error at or near "as" @21'],
    [
      "create function f () returns int stable stable as '' language sql",
      '42601 syntax error at or near "stable" @40',
    ],
    ["create procedure p () as $$ $$ language sql", '42601 syntax error at or near "sql" @40'],
    ["create procedure p as $$ $$ language plpgsql", '42601 syntax error at or near "as" @19'],
    [
      "create procedure p () as $$ begin",
      '42601 unterminated dollar-quoted string at or near "$$ begin" @25',
    ],
    [
      "create external function f () returns int immutable lambda 'x' iam_role default",
      '42601 syntax error at or near "immutable" @42',
    ],
    ["create external function f () returns int stable lambda 'x'", "42601 syntax error at end of input @59"],
    ["call p", "42601 syntax error at end of input @6"],
    ["drop function f", "42601 syntax error at end of input @15"],
    ["alter function f() rename", '42601 syntax error at or near "rename" @19'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});
