import { expect, it } from "vitest";
import { isExplain, statementsOf } from "./statements.ts";

it("semicolons stand between statements, each with its place", () => {
  expect(statementsOf("select 1;\n select 2 ;")).toEqual([
    { text: "select 1", start: 0 },
    { text: "select 2", start: 11 },
  ]);
});

it("semicolons in quotes and comments belong to their statement", () => {
  const text = `select ';', 'it''s;', 'a\\';', "b;" -- one; two
/* ; /* ; */ ; */ from t; $$ ; $$`;
  expect(statementsOf(text).map((statement) => statement.text)).toEqual([
    text.slice(0, text.indexOf("; $$")),
    "$$ ; $$",
  ]);
});

it("comments alone are no statement", () => {
  expect(statementsOf("-- nothing;\n/* here */ ;;")).toEqual([]);
  expect(statementsOf("-- first\nselect 1")).toEqual([{ text: "select 1", start: 9 }]);
});

it("what is not closed goes to the end", () => {
  for (const text of ["select 'a; b", "select /* ; ", "select $x$ ; $y$", 'select "a;'])
    expect(statementsOf(text)).toHaveLength(1);
});

it("knows what asks for a plan", () => {
  expect(isExplain("EXPLAIN VERBOSE select 1")).toBe(true);
  expect(isExplain("select 'explain'")).toBe(false);
});
