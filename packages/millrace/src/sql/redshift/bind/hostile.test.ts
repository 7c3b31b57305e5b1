import { afterAll, beforeAll, expect, test } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { quoteName, quoteText } from "../print/quote.ts";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.open();
  await engine.createTable("t", { a: "int", s: "varchar(100)", j: "super" });
});

afterAll(() => engine.close());

test("texts and names of the statement reach the engine as texts and names only", async () => {
  const text = `'"; drop table t100000; --`;
  await engine.run(`insert into t (a, s) values (1, '${text.replaceAll("'", "''")}')`);
  expect(await engine.rows("select s from t")).toEqual([[text]]);
  expect(await engine.rows(`select a as "x""; drop" from t as "y"" z" where "y"" z".a = 1`)).toEqual([["1"]]);
  expect(await engine.rows(`select j."x') || (select 1)".y from t`)).toEqual([[null]]);
  expect(await engine.rows(`select j."x""y" from t`)).toEqual([[null]]);
});

test("NUL stands for scans in printed SQL, and so in no text", () => {
  expect(() => quoteText("a\0b")).toThrow(SqlError);
  expect(() => quoteName("a\0b")).toThrow(SqlError);
});

test("aliases that double each other end in an error, not in memory", () => {
  const items = Array.from({ length: 200 }, (_, index) => `x${index} + x${index} as x${index + 1}`);
  expect(() => engine.bind(`select 1 as x0, ${items.join(", ")}`)).toThrow("statement too complex");
});

test("an alias of itself is a name that is not there", () => {
  expect(() => engine.bind("select nope as nope from t")).toThrow('column "nope" does not exist');
});

test("views in views without end end in an error", () => {
  engine.createView("loop", "select * from loop");
  expect(() => engine.bind("select * from loop")).toThrow("stack depth limit exceeded");
});

test("long chains of conditions and operators are bound without recursion", async () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `a = ${index}`).join(" or ");
  expect(engine.print(`select a from t where ${many}`)).toContain("19999");
  const sum = Array.from({ length: 150 }, () => "1").join(" + ");
  expect(await engine.rows(`select ${sum}`)).toEqual([["150"]]);
  expect(() => engine.bind(`select ${Array.from({ length: 5000 }, () => "1").join(" + ")}`)).toThrow(
    /too complex|stack depth/,
  );
});

test("a list of many values", async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `(${index + 10}, 'v${index}')`).join(", ");
  expect(await engine.run(`insert into t (a, s) values ${rows}`)).toBe(5000);
});
