import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.open();
  await engine.createTable("a", { k: "int", x: "varchar(5)" });
  await engine.createTable("b", { k: "int", y: "varchar(5)" });
  await engine.createTable("c", { k: "int", y: "varchar(5)" });
  await engine.createTable("emp", { id: "int", name: "varchar(20)", mgr: "int" });
  await engine.createTable("doc", { id: "int", j: "super" });
  await engine.createTable("sales", { q: "int", part: "varchar(10)", price: "int" });
  await engine.run("insert into a values (1, 'one'), (2, 'two')");
  await engine.run("insert into b values (2, 'zwei'), (3, 'drei')");
  await engine.run("insert into c values (2, 'deux')");
  await engine.run("insert into emp values (1, 'Ann', null), (2, 'Bob', 1), (3, 'Cid', 1), (4, 'Dan', 3)");
  await engine.run(
    `insert into doc values (1, json_parse('{"tags":["p","q"],"o":{"n":5},"list":[{"v":1},{"v":2}]}')), (2, json_parse('{"tags":7}')), (3, null)`,
  );
  await engine.run("insert into sales values (1, 'nut', 10), (1, 'nut', 20), (1, 'bolt', 5), (2, 'bolt', 7)");
});

afterAll(() => engine.close());

test("USING and NATURAL show merged columns once and first", async () => {
  expect(await engine.rows("select * from b join a using (k)")).toEqual([["2", "zwei", "two"]]);
  expect(await engine.rows("select * from a natural full join b order by k")).toEqual([
    ["1", "one", null],
    ["2", "two", "zwei"],
    ["3", null, "drei"],
  ]);
  expect(await engine.rows("select k, a.k, b.k from a right join b using (k) order by 1")).toEqual([
    ["2", "2", "2"],
    ["3", null, "3"],
  ]);
});

describe("(+)", () => {
  test("joins the marked table outer, with all conditions that mark it", async () => {
    expect(await engine.rows("select * from b, a where b.k(+) = a.k order by a.k")).toEqual([
      [null, null, "1", "one"],
      ["2", "zwei", "2", "two"],
    ]);
    expect(
      await engine.rows("select a.k, y from a, b where a.k = b.k(+) and b.y(+) = 'drei' and a.k > 1"),
    ).toEqual([["2", null]]);
    expect(
      await engine.rows("select a.k, b.y, c.y from a, b, c where a.k = b.k(+) and b.k = c.k(+) order by 1"),
    ).toEqual([
      ["1", null, null],
      ["2", "zwei", "deux"],
    ]);
  });

  test.each([
    "select 1 from a, b where a.k(+) = b.k(+)",
    "select 1 from a join c on a.k = c.k, b where a.k = b.k(+)",
    "select 1 from a, b where a.k = b.k(+) and b.k = a.k(+)",
  ])("refuses %s", (text) => {
    expect(() => engine.bind(text)).toThrow(/\(\+\)/);
  });
});

describe("CONNECT BY", () => {
  test("levels, PRIOR, siblings", async () => {
    const text =
      "select name, level, prior name from emp start with mgr is null connect by prior id = mgr order siblings by name desc";
    expect(await engine.rows(text)).toEqual([
      ["Ann", "1", null],
      ["Cid", "2", "Ann"],
      ["Dan", "3", "Cid"],
      ["Bob", "2", "Ann"],
    ]);
  });

  test("WHERE comes after the hierarchy; without START WITH each row is a root", async () => {
    expect(
      await engine.rows(
        "select name from emp where level > 1 start with id = 1 connect by mgr = prior id order by 1",
      ),
    ).toEqual([["Bob"], ["Cid"], ["Dan"]]);
    expect(await engine.rows("select count(*) from emp connect by prior id = mgr")).toEqual([["8"]]);
  });

  test("a loop is an error unless NOCYCLE cuts it", async () => {
    await engine.createTable("ring", { id: "int", up: "int" });
    await engine.run("insert into ring values (1, 2), (2, 1)");
    await expect(
      engine.rows("select id from ring start with id = 1 connect by prior id = up"),
    ).rejects.toThrow("loop");
    expect(
      await engine.rows(
        "select id from ring start with id = 1 connect by nocycle prior id = up order by level",
      ),
    ).toEqual([["1"], ["2"]]);
  });

  test("needs PRIOR", () => {
    expect(() => engine.bind("select 1 from emp connect by id = mgr")).toThrow("PRIOR");
    expect(() => engine.bind("select prior id from emp")).toThrow("PRIOR");
  });
});

describe("WITH RECURSIVE", () => {
  test("walks a hierarchy, and texts may grow", async () => {
    const text =
      "with recursive r(id, path) as (select id, name from emp where mgr is null " +
      "union all select e.id, path || '/' || name from emp e join r on e.mgr = r.id) select path from r order by path";
    expect(await engine.rows(text)).toEqual([["Ann"], ["Ann/Bob"], ["Ann/Cid"], ["Ann/Cid/Dan"]]);
  });

  test("a query that does not name itself is an ordinary one", async () => {
    expect(await engine.rows("with recursive r(n) as (select 1 union select 1) select * from r")).toEqual([
      ["1"],
    ]);
  });

  test("refuses UNION, groups and an order of its own", () => {
    const named =
      (body: string): (() => void) =>
      () =>
        engine.bind(`with recursive r(n) as (${body}) select n from r`);
    expect(named("select 1 union select n + 1 from r")).toThrow("UNION without ALL");
    expect(named("select 1 union all select max(n) from r")).toThrow("aggregate functions not allowed");
    expect(named("select 1 union all select n + 1 from r limit 5")).toThrow("ORDER BY and LIMIT");
  });
});

describe("SUPER", () => {
  test("paths lead to values, and wrong ones to NULL", async () => {
    expect(
      await engine.rows(
        "select d.j.o.n, j.list[1].v, d.j.o.n.x.y, d.j.tags[9], j.tags[-1] from doc d where id = 1",
      ),
    ).toEqual([["5", "2", null, null, null]]);
    expect(await engine.rows("select id from doc where j.o.n = 5")).toEqual([["1"]]);
    expect(await engine.rows("select id from doc where j.o is null order by 1")).toEqual([["2"], ["3"]]);
  });

  test("arrays become rows", async () => {
    expect(await engine.rows("select d.id, t, i from doc d, d.j.tags as t at i order by i")).toEqual([
      ["1", '"p"', "0"],
      ["1", '"q"', "1"],
    ]);
    expect(await engine.rows("select e.v from doc d, d.j.list e where e.v > 1")).toEqual([["2"]]);
    expect(
      await engine.rows("select d.id, t from doc d left join d.j.tags t on true order by 1, t::varchar"),
    ).toHaveLength(4);
  });

  test("objects become rows", async () => {
    expect(
      await engine.rows("select k, v from doc d, unpivot d.j as v at k where id = 1 order by k"),
    ).toEqual([
      ["list", '[{"v":1},{"v":2}]'],
      ["o", '{"n":5}'],
      ["tags", '["p","q"]'],
    ]);
  });

  test("attribute names count in lower case unless the session says otherwise", () => {
    expect(engine.print(`select j."Abc" from doc`)).toContain(`$."abc"`);
    engine.settings.enableCaseSensitiveSuperAttribute = true;
    expect(engine.print(`select j."Abc", j.Def from doc`)).toMatch(/\$\."Abc".*\$\."def"/s);
    engine.settings.enableCaseSensitiveSuperAttribute = false;
  });
});

test("PIVOT", async () => {
  const statement = "select * from sales pivot (sum(price) for part in ('nut', 'bolt' as b)) order by q";
  expect(engine.bind(statement).columns.map((column) => column.name)).toEqual(["q", "nut", "b"]);
  expect(await engine.rows(statement)).toEqual([
    ["1", "30", "5"],
    ["2", null, "7"],
  ]);
  const several =
    "select * from (select part, price from sales) pivot (max(price) as top, count(*) as n for part in ('nut', 'none'))";
  expect(engine.bind(several).columns.map((column) => column.name)).toEqual([
    "nut_top",
    "nut_n",
    "none_top",
    "none_n",
  ]);
  expect(await engine.rows(several)).toEqual([["20", "2", null, "0"]]);
});

test("UNPIVOT", async () => {
  const text =
    "select * from (select k, x, null::varchar as z from a) unpivot (v for what in (x as 'the x', z)) order by k";
  expect(engine.bind(text).columns.map((column) => column.name)).toEqual(["k", "what", "v"]);
  expect(await engine.rows(text)).toEqual([
    ["1", "the x", "one"],
    ["2", "the x", "two"],
  ]);
  expect(await engine.rows(text.replace("unpivot", "unpivot include nulls"))).toHaveLength(4);
});
