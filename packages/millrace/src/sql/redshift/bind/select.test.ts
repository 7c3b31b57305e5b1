import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.open();
  await engine.createTable("t", { a: "int", b: "bigint", s: "varchar(10)", d: "date", n: "numeric(12,2)" });
  await engine.createTable("u", { a: "int", s: "varchar(20)" });
  await engine.run(
    "insert into t values (1, 10, 'one', '2024-01-01', 1.5), (2, null, 'two', '2024-02-01', 2.25), (3, 30, null, null, null)",
  );
  await engine.run("insert into u values (1, 'one'), (3, 'three'), (4, 'four')");
});

afterAll(() => engine.close());

const names = (text: string): readonly string[] => engine.bind(text).columns.map((column) => column.name);

describe("names of columns", () => {
  test.each([
    ["select a, t.b as x, s from t", ["a", "x", "s"]],
    ["select 1, 'x', null, 1 + 1", ["?column?", "?column?", "?column?", "?column?"]],
    ["select count(*), upper(s) from t group by s", ["count", "upper"]],
    [
      "select a::bigint, 1::int, cast('x' as varchar(3)), date '2024-01-01' from t",
      ["a", "int4", "varchar", "date"],
    ],
    ["select case when a = 1 then 2 end, case when a = 1 then 2 else b end from t", ["case", "b"]],
    ["select (select 1), exists (select 1), true", ["?column?", "?column?", "bool"]],
    ["select * from u", ["a", "s"]],
    ["select u.*, t.a from t, u", ["a", "s", "a"]],
    ["select * exclude (b, s) from t", ["a", "d", "n"]],
    ["select x.* from (select a, b from t) as x(p)", ["p", "b"]],
    ["select current_date", ["date"]],
  ])("%s", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });
});

test("an alias may be used again in the same list, and in the other clauses", async () => {
  expect(await engine.rows("select a + 1 as x, x * 2 as y, y + x as z from t where x = 2")).toEqual([
    ["2", "4", "6"],
  ]);
  expect(await engine.rows("select count(*) as many from t having many > 2")).toEqual([["3"]]);
  // A column comes before an alias of its name.
  expect(await engine.rows("select a + 1 as b, b from t where a = 1")).toEqual([["2", "10"]]);
});

test("groups by positions, aliases and expressions", async () => {
  const expected = [
    ["0", "1"],
    ["1", "2"],
  ];
  for (const by of ["1", "odd", "a % 2"]) {
    expect(await engine.rows(`select a % 2 as odd, count(*) from t group by ${by} order by 1`)).toEqual(
      expected,
    );
  }
  expect(await engine.rows("select a % 2 as odd, count(*) from t group by all order by odd")).toEqual(
    expected,
  );
});

test("grouping sets, rollup and grouping()", async () => {
  expect(
    await engine.rows("select a % 2, sum(a), grouping(a % 2) from t group by rollup (a % 2) order by 3, 1"),
  ).toEqual([
    ["0", "2", "0"],
    ["1", "4", "0"],
    [null, "6", "1"],
  ]);
  expect(
    await engine.rows("select s, a, count(*) from t group by grouping sets ((s), (a), ()) order by 1, 2"),
  ).toHaveLength(7);
});

test("a constant groups rows but is no position to the engine", async () => {
  expect(await engine.rows("select 5 as k, count(*) from t where a > 100 group by k")).toEqual([]);
});

test("nulls stand last when ascending, first when descending", async () => {
  expect(await engine.rows("select b from t order by b")).toEqual([["10"], ["30"], [null]]);
  expect(await engine.rows("select b from t order by b desc")).toEqual([[null], ["30"], ["10"]]);
  expect(await engine.rows("select b from t order by b desc nulls last")).toEqual([["30"], ["10"], [null]]);
});

test("top, limit, offset and distinct", async () => {
  expect(await engine.rows("select top 1 a from t order by a desc")).toEqual([["3"]]);
  expect(await engine.rows("select a from t order by a limit 1 offset 1")).toEqual([["2"]]);
  expect(await engine.rows("select distinct a % 2 as x from t order by x")).toEqual([["0"], ["1"]]);
});

test("subqueries: scalar, exists, in, all, correlated", async () => {
  expect(await engine.rows("select a from t where b = (select max(b) from t)")).toEqual([["3"]]);
  expect(
    await engine.rows("select a from t where exists (select 1 from u where u.a = t.a) order by a"),
  ).toEqual([["1"], ["3"]]);
  expect(await engine.rows("select a from t where a not in (select a from u)")).toEqual([["2"]]);
  expect(await engine.rows("select a from u where a > all (select a from t)")).toEqual([["4"]]);
  expect(await engine.rows("select a from t where s in (select s from u)")).toEqual([["1"]]);
});

test("a subquery names what the query around it is grouped by", async () => {
  const text = "select a % 2 as x, a, (select count(*) from u where u.a = t.a) from t group by a order by a";
  expect(await engine.rows(text)).toEqual([
    ["1", "1", "1"],
    ["0", "2", "0"],
    ["1", "3", "1"],
  ]);
  expect(() => engine.bind("select a, (select count(*) from u where u.a = t.b) from t group by a")).toThrow(
    'column "t.b" must appear in the GROUP BY clause',
  );
});

test("rows in a subquery: a null decides nothing where another column differs", async () => {
  expect(
    await engine.rows("select a, (a, b) in (select 2, 7), (a, b) not in (select 3, 7) from t order by a"),
  ).toEqual([
    ["1", "f", "t"],
    ["2", null, "t"],
    ["3", "f", "t"],
  ]);
});

test("set operations give both sides the common type", async () => {
  expect(await engine.rows("select 1 union select 2.5 union all select 1 order by 1")).toEqual([
    ["1.0"],
    ["1.0"],
    ["2.5"],
  ]);
  expect(await engine.rows("select a from t intersect select a from u order by 1")).toEqual([["1"], ["3"]]);
  expect(await engine.rows("select a from t minus select a from u")).toEqual([["2"]]);
  expect(
    await engine.rows("select 1 union all (select a from u order by a desc limit 1) order by 1"),
  ).toEqual([["1"], ["4"]]);
  expect(await engine.rows("select '2024-01-02' union select d from t where a = 1 order by 1")).toEqual([
    ["2024-01-01"],
    ["2024-01-02"],
  ]);
});

test("common tables see those before them", async () => {
  const text =
    "with x as (select a from t where a > 1), y(k) as (select a + 1 from x) select k from y order by k";
  expect(await engine.rows(text)).toEqual([["3"], ["4"]]);
});

test("windows and QUALIFY", async () => {
  expect(
    await engine.rows(
      "select a, sum(a) over (order by a rows unbounded preceding) from t qualify row_number() over (order by a desc) <= 2 order by a",
    ),
  ).toEqual([
    ["2", "3"],
    ["3", "6"],
  ]);
  expect(await engine.rows("select sum(count(*)) over () from t group by a % 2 limit 1")).toEqual([["3"]]);
});

test("parameters take the type of what stands beside them", async () => {
  const statement = engine.bind("select a from t where a = $1 and d >= $2 and s like $3");
  expect(statement.parameterTypes.map((type) => type.name)).toEqual(["integer", "date", "character varying"]);
  expect(await engine.rows("select a from t where a = $1", ["2"])).toEqual([["2"]]);
  expect(await engine.rows("select a from t where s = $1", ["one "])).toEqual([["1"]]);
  expect(await engine.rows("select $1", ["x' || 'y"])).toEqual([["x' || 'y"]]);
});

test("functions in SQL stand where they are called", async () => {
  engine.createFunction("plus", ["int", "int"], "int", "select $1 + $2");
  expect(await engine.rows("select plus(a, plus(1, 1)) from t order by 1")).toEqual([["3"], ["4"], ["5"]]);
  expect(engine.bind("select plus(1, 2)").userFunctions).toHaveLength(1);
});
