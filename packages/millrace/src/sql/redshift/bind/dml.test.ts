import { afterAll, beforeEach, expect, test } from "vitest";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeEach(async () => {
  engine?.close();
  engine = await TestEngine.open();
  await engine.createTable("t", {
    a: "int",
    b: "bigint default 7",
    s: "varchar(5)",
    c: "char(4)",
    d: "date",
  });
  await engine.createTable("u", { a: "int not null", s: "varchar(20)" });
  await engine.createTable("ids", { id: "bigint identity", s: "varchar(4)", n: "numeric(6,2) default 1.5" });
});

afterAll(() => engine.close());

test("INSERT: missing columns get their defaults, identities their next values", async () => {
  expect(await engine.run("insert into t (s, a) values ('x', 1), ('y', default)")).toBe(2);
  expect(await engine.rows("select * from t order by s")).toEqual([
    ["1", "7", "x", null, null],
    [null, "7", "y", null, null],
  ]);
  expect(await engine.run("insert into ids values ('a'), ('b')")).toBe(2);
  expect(await engine.run("insert into ids (n, s) select 2, 'c'")).toBe(1);
  expect(await engine.run("insert into ids default values")).toBe(1);
  expect(await engine.rows("select * from ids order by id")).toEqual([
    ["1", "a", "1.50"],
    ["2", "b", "1.50"],
    ["3", "c", "2.00"],
    ["4", null, "1.50"],
  ]);
});

test("INSERT assigns: literals are read as the column's type, numbers are rounded, CHAR loses its blanks", async () => {
  await engine.run("insert into t values ('1', 2.6, 'abc  ', 'x   ', '2024-02-03')");
  expect(await engine.rows("select a, b, len(s), len(c), d from t")).toEqual([
    ["1", "3", "5", "1", "2024-02-03"],
  ]);
  await engine.run("insert into t (d) select '2024-02-04'");
  expect(await engine.rows("select d from t where a is null")).toEqual([["2024-02-04"]]);
});

test("a text that is too long is an error, unless what is too much are blanks", async () => {
  await expect((async () => engine.run("insert into t (s) values ('abcdef')"))()).rejects.toThrow(
    /too long for type character varying\(5\)/i,
  );
  await engine.run("insert into u values (1, 'abcdefgh')");
  await expect(engine.run("insert into t (s) select s from u")).rejects.toThrow(
    /too long for type character varying\(5\)/i,
  );
  await engine.run("insert into t (s) values ('abcde   ')");
  expect(await engine.rows("select s from t")).toEqual([["abcde"]]);
});

test("NULL in a column that is NOT NULL, seen as it runs", async () => {
  await engine.run("insert into t (a) values (1), (null)");
  await expect(engine.run("insert into u (a) select a from t")).rejects.toThrow(
    "23502:Cannot insert a NULL value into column a",
  );
  await expect(engine.run("update u set a = t.a from t")).resolves.toBe(0);
});

test("UPDATE and DELETE", async () => {
  await engine.run("insert into t (a, s) values (1, 'x'), (2, 'y')");
  expect(await engine.run("update t set a = a + 10, b = default, s = 'z' where s = 'x '")).toBe(1);
  expect(await engine.rows("select a, b, s from t order by a")).toEqual([
    ["2", "7", "y"],
    ["11", "7", "z"],
  ]);
  expect(await engine.run("delete from t where a > 5")).toBe(1);
  expect(await engine.run("delete t")).toBe(1);
});

test("UPDATE ... FROM changes and counts a row once, however many rows it joins with", async () => {
  await engine.run("insert into t (a, s) values (1, 'x'), (2, 'y')");
  await engine.run("insert into u values (1, 'p'), (1, 'q'), (3, 'r')");
  expect(await engine.run("update t set s = u.s from u where t.a = u.a")).toBe(1);
  expect(["p", "q"]).toContain((await engine.rows("select s from t where a = 1"))[0]?.[0]);
  expect(await engine.run("delete from t using u where t.a = u.a")).toBe(1);
  expect(await engine.rows("select a from t")).toEqual([["2"]]);
});

test("WITH before a change", async () => {
  await engine.run("insert into t (a) values (1), (2)");
  expect(
    await engine.run("delete from t where a in (with m as (select max(a) as x from t) select x from m)"),
  ).toBe(1);
});

test("MERGE: update and insert, delete and insert, replace", async () => {
  await engine.run("insert into t (a, s) values (1, 'x'), (2, 'y')");
  await engine.run("insert into u values (2, 'new'), (3, 'three')");
  const update =
    "merge into t using u on t.a = u.a when matched then update set s = u.s when not matched then insert (a, s) values (u.a, u.s)";
  expect(await engine.run(update)).toBe(2);
  expect(await engine.rows("select a, b, s from t order by a")).toEqual([
    ["1", "7", "x"],
    ["2", "7", "new"],
    ["3", "7", "three"],
  ]);
  const remove =
    "merge into t using u as src on t.a = src.a when matched then delete when not matched then insert values (src.a, 1, src.s, null, null)";
  expect(await engine.run(remove)).toBe(2);
  expect(await engine.rows("select a from t")).toEqual([["1"]]);
});

test("MERGE ... REMOVE DUPLICATES: rows that match go, all rows of the source come", async () => {
  await engine.createTable("v", { a: "int", s: "varchar(20)" });
  await engine.run("insert into v values (23, 'Bill'), (23, 'Nikki'), (30, 'Tony'), (30, 'Daisy')");
  await engine.run("insert into u values (23, 'David'), (22, 'Clarence')");
  await engine.run("merge into v using u on v.a = u.a remove duplicates");
  expect(await engine.rows("select a, s from v order by a, s")).toEqual([
    ["22", "Clarence"],
    ["23", "David"],
    ["30", "Daisy"],
    ["30", "Tony"],
  ]);
});

test("MERGE refuses a row of the target that several rows match, and changes nothing", async () => {
  await engine.run("insert into t (a, s) values (1, 'x')");
  await engine.run("insert into u values (1, 'p'), (1, 'q'), (3, 'r')");
  const text =
    "merge into t using u on t.a = u.a when matched then update set s = u.s when not matched then insert (a) values (u.a)";
  await expect(engine.run(text)).rejects.toThrow("Found multiple matches to update the same tuple.");
  expect(await engine.rows("select a, s from t")).toEqual([["1", "x"]]);
});
