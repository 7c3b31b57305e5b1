import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.open();
  await engine.createTable("t", { a: "int", b: "bigint", s: "varchar(10)", d: "date", j: "super" });
  await engine.createTable("u", { a: "int not null", s: "varchar(20)" });
  await engine.createTable("ids", { id: "bigint identity", s: "varchar(4)" });
  engine.createView("v", "select a from t");
});

afterAll(() => engine.close());

function errorOf(text: string): SqlError {
  try {
    engine.bind(text);
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
  throw new Error(`no error: ${text}`);
}

describe("names", () => {
  test.each([
    ["select nope from t", "42703", 'column "nope" does not exist in t', 7],
    ["select t.nope from t", "42703", "column t.nope does not exist", 7],
    ["select x.a from t", "42P01", 'missing FROM-clause entry for table "x"', 7],
    ["select * from nosuch", "42P01", 'relation "nosuch" does not exist', 14],
    ["select a from t, u", "42702", 'column reference "a" is ambiguous', 7],
    ["select * from t, t", "42712", 'table name "t" specified more than once', 17],
    [
      "select * from t join u using (b)",
      "42703",
      'column "b" specified in USING clause does not exist in right table',
      30,
    ],
    [
      "select * from (select 1) as x(a, b)",
      "42P10",
      'table "x" has 1 columns available but 2 columns specified',
      14,
    ],
    [
      "with x as (select 1), x as (select 2) select 1",
      "42712",
      'WITH query name "x" specified more than once',
      22,
    ],
    ["select *", "42601", "SELECT * with no tables specified is not valid", 7],
    ["select nosuch(1)", "42883", "function nosuch(integer) does not exist", 7],
    ["select t.a from t as x", "42P01", 'missing FROM-clause entry for table "t"', 7],
  ])("%s", (text, sqlState, message, position) => {
    expect(errorOf(text)).toMatchObject({ sqlState, message, position });
  });
});

describe("types", () => {
  test.each([
    ["select s = 5 from t", "42883", "operator does not exist: character varying = integer", 9],
    ["select * from t where 1.5", "42804", "argument of WHERE must be type boolean, not type numeric", 22],
    ["select not 1.5 from t", "42804", "argument of NOT must be type boolean, not type numeric", 11],
    ["select a from t where a = 'x'", "22P02", 'invalid input syntax for integer: "x"', 24],
    [
      "select case when true then 1 else date '2024-01-01' end",
      "42804",
      "CASE types integer and date cannot be matched",
      34,
    ],
    ["select 1 union select date '2024-01-01'", "42804", "UNION types integer and date cannot be matched", 0],
    ["select 1, 2 union select 3", "42601", "each UNION query must have the same number of columns", 0],
    ["select a from t limit 'x'", "22P02", 'invalid input syntax for integer: "x"', 22],
    ["select a from t limit -1", "2201W", "LIMIT must not be negative", 22],
    ["select a from t where a in (select a, s from u)", "42601", "subquery has too many columns", 22],
    ["select (select a, s from u)", "42601", "subquery must return only one column", 7],
  ])("%s", (text, sqlState, message, position) => {
    expect(errorOf(text)).toMatchObject({ sqlState, message, position });
  });
});

describe("groups and windows", () => {
  test.each([
    [
      "select a, count(*) from t",
      "42803",
      'column "t.a" must appear in the GROUP BY clause or be used in an aggregate function',
      7,
    ],
    [
      "select s from t x group by a",
      "42803",
      'column "x.s" must appear in the GROUP BY clause or be used in an aggregate function',
      7,
    ],
    [
      "select a + b from t group by a",
      "42803",
      'column "t.b" must appear in the GROUP BY clause or be used in an aggregate function',
      11,
    ],
    [
      "select count(*) from t order by a",
      "42803",
      'column "t.a" must appear in the GROUP BY clause or be used in an aggregate function',
      32,
    ],
    ["select a from t where sum(a) > 1", "42803", "aggregates not allowed in WHERE clause", 22],
    ["select 1 from t join u on sum(t.a) = 1", "42803", "aggregates not allowed in JOIN conditions", 26],
    ["select 1 from t group by sum(a)", "42803", "aggregates not allowed in GROUP BY clause", 25],
    ["select sum(sum(a)) from t", "42803", "aggregate function calls may not be nested", 11],
    ["select sum(a) as x, sum(x) from t", "42803", "aggregate function calls may not be nested", 7],
    [
      "select 1 from t where row_number() over () = 1",
      "42P20",
      "window functions not allowed in WHERE clause",
      22,
    ],
    [
      "select sum(row_number() over ()) over () from t",
      "42P20",
      "window function calls may not be nested",
      11,
    ],
    [
      "select sum(a) over (order by a) from t",
      "0A000",
      "Aggregate window functions with an ORDER BY clause require a frame clause",
      14,
    ],
    ["select a from t group by 2", "42P10", "GROUP BY position 2 is not in select list", 25],
    ["select a from t order by 2", "42P10", "ORDER BY position 2 is not in select list", 25],
    [
      "select distinct a from t order by b",
      "42P10",
      "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
      34,
    ],
    [
      "select a from t union select a from u order by a + 1",
      "0A000",
      "ORDER BY on a UNION/INTERSECT/EXCEPT result must be on one of the result columns",
      47,
    ],
    [
      "select a from t qualify a = 1",
      "42601",
      "QUALIFY requires a window function in the SELECT list or the QUALIFY condition",
      24,
    ],
    [
      "select grouping(b) from t group by a",
      "42803",
      "arguments to GROUPING must be grouping expressions of the associated query level",
      16,
    ],
  ])("%s", (text, sqlState, message, position) => {
    expect(errorOf(text)).toMatchObject({ sqlState, message, position });
  });
});

/** AWS, "Correlated subquery patterns that are not supported". */
describe("correlated subqueries that Redshift cannot take apart", () => {
  test.each([
    "select a from t where not exists (select 1 from u where not exists (select 1 from u x where x.a = t.a))",
    "select 1 from t left join u on t.a = u.a and t.a = (select max(x.a) from u x where x.a = u.a)",
    "select a, (select top 1 row_number() over (order by u.a) from u where u.a = t.a) from t",
    "select a from t where a in (select count(*) from u where u.s = t.s group by u.s)",
  ])("%s", (text) => {
    expect(errorOf(text)).toMatchObject({
      sqlState: "0A000",
      message: "This type of correlated subquery pattern is not supported due to internal error",
    });
  });
});

describe("changes of data", () => {
  test.each([
    ["insert into t (a, nope) values (1, 2)", "42703", 'column "nope" of relation "t" does not exist', 18],
    ["insert into t (a, a) values (1, 2)", "42701", 'column "a" specified more than once', 18],
    ["insert into t (a) values (1, 2)", "42601", "INSERT has more expressions than target columns", 0],
    ["insert into t (a, b) values (1)", "42601", "INSERT has more target columns than expressions", 0],
    [
      "insert into t (d) values (5)",
      "42804",
      'column "d" is of type date but expression is of type integer',
      26,
    ],
    ["insert into u (s) values ('x')", "23502", "Cannot insert a NULL value into column a", 0],
    ["insert into u values (null, 'x')", "23502", "Cannot insert a NULL value into column a", 22],
    ["insert into v values (1)", "42809", "cannot insert into a view", 12],
    ["insert into ids (id) values (7)", "0A000", "cannot set an identity column to a value", 0],
    ["update t set nope = 1", "42703", 'column "nope" of relation "t" does not exist', 13],
    ["update t set d = a", "42804", 'column "d" is of type date but expression is of type integer', 17],
    ["update t set a = sum(b)", "42803", "aggregates not allowed in UPDATE", 17],
    ["delete from t where sum(a) = 1", "42803", "aggregates not allowed in WHERE clause", 20],
    ["delete from nosuch", "42P01", 'relation "nosuch" does not exist', 12],
  ])("%s", (text, sqlState, message, position) => {
    expect(errorOf(text)).toMatchObject({ sqlState, message, position });
  });
});

describe("what is refused", () => {
  test.each([
    [
      "select s, (select count(*) from u where u.s = t.s) from t group by s",
      "a subquery that names a grouped text of the query around it is not supported",
    ],
    ["select distinct on (a) a from t", "SELECT DISTINCT ON is not supported"],
    ["select a from t intersect all select a from u", "INTERSECT ALL is not supported"],
    ["select (a, b) from t", "a row as a value is not supported"],
    [
      "merge into t using (select 1 as a) x on t.a = x.a when matched then delete when not matched then insert (a) values (x.a)",
      "MERGE with a source that is not a table is not supported",
    ],
  ])("%s", (text, message) => {
    expect(errorOf(text)).toMatchObject({ sqlState: "0A000", message });
  });
});
