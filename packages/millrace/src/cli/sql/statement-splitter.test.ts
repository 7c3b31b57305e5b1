import { describe, expect, it } from "vitest";
import { StatementSplitter } from "./statement-splitter.ts";

function split(...texts: readonly string[]): { statements: readonly string[]; rest: string | undefined } {
  const splitter = new StatementSplitter();
  const statements = texts.flatMap((text) => splitter.add(text));
  return { statements, rest: splitter.end() };
}

describe("StatementSplitter", () => {
  it("ends statements at semicolons", () => {
    expect(split("select 1; select 2;\n", "select 3")).toEqual({
      statements: ["select 1", "select 2"],
      rest: "select 3",
    });
    expect(split(";;\n ; -- nothing\n")).toEqual({ statements: [], rest: undefined });
  });

  it("leaves semicolons within quotes, names, dollar quotes and comments alone", () => {
    const statements = [
      "select 'a;b', 'it''s; here', 'back\\';slash'",
      'select 1 as "x;""y;"',
      "create function f() returns int as $$ begin; end; $$ language plpythonu",
      "select $tag$ ; $$ ; $tag$",
      "select 1 -- not; here\n, 2",
      "select /* nor; /* here; */ ; */ 3",
    ];
    for (const statement of statements)
      expect(split(`${statement};`)).toEqual({ statements: [statement], rest: undefined });
  });

  it("goes on over lines", () => {
    const splitter = new StatementSplitter();
    expect(splitter.add("select 'a\n")).toEqual([]);
    expect(splitter.within).toBe("quote");
    expect(splitter.isEmpty).toBe(false);
    expect(splitter.add("b' as c\n")).toEqual([]);
    expect(splitter.within).toBe("code");
    expect(splitter.add("; select")).toEqual(["select 'a\nb' as c"]);
    expect(splitter.rest).toBe(" select");
    splitter.clear();
    expect(splitter.isEmpty).toBe(true);
  });

  it("takes no dollar within a name for a quote", () => {
    expect(split("select a$b$c from t; select $1;")).toEqual({
      statements: ["select a$b$c from t", "select $1"],
      rest: undefined,
    });
  });

  it("gives the same statements however the text is cut into lines", () => {
    const text = "select 'x;\ny';\n/* a;\nb */ select 2;\nselect $$;\n;$$;\n";
    const whole = split(text).statements;
    expect(split(...text.split(/(?<=\n)/)).statements).toEqual(whole);
    expect(whole).toHaveLength(3);
  });

  it("goes through large texts once", () => {
    const text = `select '${"x".repeat(200)}';\n`.repeat(5_000);
    expect(split(...text.split(/(?<=\n)/)).statements).toHaveLength(5_000);
  });
});
