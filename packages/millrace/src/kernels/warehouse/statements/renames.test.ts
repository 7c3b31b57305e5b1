import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
});
afterAll(() => warehouse[Symbol.asyncDispose]());
beforeEach(async () => {
  session = await warehouse.connect();
  await session.rows(
    "create schema s; create table s.t(a int, b varchar(5)); insert into s.t values (1, 'x')",
  );
  return async () => {
    await session.rows("drop schema if exists s cascade; drop schema if exists s2 cascade");
    await session.session.close();
  };
});

it("a view reads its table under whatever name the table, its schema and its columns have", async () => {
  await session.rows("create view s.v as select t.a, upper(t.b) as b from s.t where t.a > 0");
  await session.rows("create view s.w as select s.v.a + 1 as a from s.v");
  await session.rows("alter table s.t rename column a to number; alter table s.t rename to u");
  await session.rows("alter schema s rename to s2; alter table s2.v rename to v2");
  expect(await session.rows("select * from s2.v2")).toEqual([["1", "X"]]);
  expect(await session.rows("select * from s2.w")).toEqual([["2"]]);
  expect(await session.rows("select number from s2.u")).toEqual([["1"]]);
});

it("others that take over the names are not read in its place", async () => {
  await session.rows("create view s.v as select a from s.t; create view s.star as select * from s.t");
  await session.rows(
    "alter table s.t rename column a to former; alter table s.t add column a int default 77",
  );
  await session.rows("alter table s.t rename to u; create table s.t(a int); insert into s.t values (99)");
  expect(await session.rows("select * from s.v")).toEqual([["1"]]);
  expect(await session.rows("select * from s.star")).toEqual([["1", "x"]]);
  const answer = await session.answer("select * from s.star");
  expect(answer.names).toEqual(["a", "b"]);
});

it("a temporary table of the name does not come between", async () => {
  await session.rows("set search_path to s; create view v as select a from t; create temp table t(a int)");
  expect(await session.rows("select * from v")).toEqual([["1"]]);
  await session.rows("set search_path to default; drop table t");
});

it("two tables change places, and SHOW VIEW says the new names", async () => {
  await session.rows("create table s.n(a int); insert into s.n values (5)");
  await session.rows("create view s.v as select t.a, n.a as other from s.t, s.n");
  await session.rows("alter table s.t rename to x; alter table s.n rename to t; alter table s.x rename to n");
  expect(await session.rows("select * from s.v")).toEqual([["1", "5"]]);
  const [[text] = []] = await session.rows("show view s.v");
  expect(text).toContain("from s.n as t, s.t as n");
});

it("dropping is by what is read, not by what the text says", async () => {
  await session.rows("create view s.v as select a from s.t; alter table s.t rename column a to c");
  expect(await session.error("alter table s.t drop column c")).toContain("2BP01");
  expect(await session.tag("alter table s.t drop column b")).toBe("ALTER TABLE");
  await session.rows("alter table s.t rename to u");
  expect(await session.error("drop table s.u")).toContain("2BP01");
  await session.rows("drop table s.u cascade");
  expect(await session.error("select * from s.v")).toContain("42P01");
});

it("a rename that is rolled back leaves views as they were", async () => {
  await session.rows("create view s.v as select a from s.t");
  await session.rows("begin; alter table s.t rename to u; alter table s.u rename column a to z");
  expect(await session.rows("select * from s.v")).toEqual([["1"]]);
  await session.rows("rollback");
  expect(await session.rows("select * from s.v")).toEqual([["1"]]);
  expect(await session.rows("select a from s.t")).toEqual([["1"]]);
});

it("materialized views are refreshed from what they read, late-binding views go by names", async () => {
  await session.rows("create materialized view s.m as select a from s.t");
  await session.rows("create view s.late as select a from s.t with no schema binding");
  await session.rows("alter table s.t rename to u; insert into s.u values (2, 'y')");
  await session.rows("refresh materialized view s.m");
  expect(await session.rows("select * from s.m order by a")).toEqual([["1"], ["2"]]);
  expect(await session.error("select * from s.late")).toContain("42P01");
});

it("users with a right on a column of a view's table keep it under its new name", async () => {
  await session.rows(
    "create user owner_of_v password disable; grant usage, create on schema s to owner_of_v",
  );
  await session.rows("grant select(a) on s.t to owner_of_v; set session authorization owner_of_v");
  await session.rows("create view s.v as select a from s.t");
  await session.rows("reset session authorization; alter table s.t rename column a to z");
  expect(await session.rows("set session authorization owner_of_v; select * from s.v")).toEqual([["1"]]);
  await session.rows("reset session authorization");
  await session.rows("drop schema s cascade; drop user owner_of_v");
});
