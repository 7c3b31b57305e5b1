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
  await session.rows("create schema w; set search_path to w");
  return async () => {
    await session.rows("rollback; set search_path to public; drop schema w cascade");
    await session.session.close();
  };
});

const notices = (): readonly string[] =>
  session.notices.map(({ severity, message }) => `${severity}: ${message}`);

it("a table keeps its attributes", async () => {
  await session.rows(
    "create table sales(id int not null identity(1, 1), listid int distkey, qty smallint encode az64, price decimal(8,2) default 1.5, at timestamp sortkey, primary key(id)) diststyle key",
  );
  await session.rows("insert into sales(listid, qty) values (7, 1), (8, 2)");
  expect(await session.rows("select * from sales order by id")).toEqual([
    ["1", "7", "1", "1.50", null],
    ["2", "8", "2", "1.50", null],
  ]);
  expect(
    await session.rows(
      'select "column", type, encoding, distkey, sortkey, "notnull" from pg_table_def where tablename = \'sales\'',
    ),
  ).toEqual([
    ["id", "integer", "az64", "f", "0", "t"],
    ["listid", "integer", "az64", "t", "0", "f"],
    ["qty", "smallint", "az64", "f", "0", "f"],
    ["price", "numeric(8,2)", "az64", "f", "0", "f"],
    ["at", "timestamp without time zone", "none", "f", "1", "f"],
  ]);
});

it("LIKE takes columns and layout, defaults when asked", async () => {
  await session.rows("create table a(x int default 5 distkey, y varchar(3) not null sortkey)");
  await session.rows("create table b(like a including defaults, z int); create table c(like a)");
  await session.rows("insert into b(y) values ('q'); insert into c(y) values ('q')");
  expect(await session.rows("select * from b")).toEqual([["5", "q", null]]);
  expect(await session.rows("select * from c")).toEqual([[null, "q"]]);
  expect(await session.error("insert into c(x) values (1)")).toContain("23502");
});

it.each([
  ["create table t(a int, a int)", '42701 column "a" specified more than once'],
  ["create table t(ctid int)", '42701 column name "ctid" conflicts with a system column name'],
  ["create table t(a geometry)", '0A000 Column "a" has unsupported type "geometry".'],
  ["create table t(a int) distkey(b)", '42703 column "b" does not exist'],
  ["create table t(a int distkey) diststyle even", "42P16 Cannot specify DISTKEY with DISTSTYLE EVEN"],
  ["create table t(a int, primary key(b))", '42703 column "b" named in key does not exist'],
  [
    "create table t(a int primary key, b int, primary key(b))",
    '42P16 multiple primary keys for table "t" are not allowed',
  ],
  ["create table t(a int references nowhere)", '42P01 relation "nowhere" does not exist'],
  ["create table nowhere.t(a int)", '3F000 schema "nowhere" does not exist'],
  ["create table pg_catalog.t(a int)", "42501 permission denied for schema pg_catalog"],
  ["create table d2.public.t(a int)", '0A000 cross-database reference to database "d2" is not supported'],
  ["create temp table public.t(a int)", "42P16 temporary tables may not specify a schema name"],
  ["create table t(a varchar identity(1,1))", "42P16 identity column type must be integer or bigint"],
  [
    "create table t(a int default current_date)",
    '42804 column "a" is of type integer but default expression is of type date',
  ],
  ["drop table nowhere", '42P01 Table "nowhere" does not exist'],
  ["drop schema nowhere", '3F000 schema "nowhere" does not exist'],
  ["drop user nobody", '42704 user "nobody" does not exist'],
  ["create schema pg_mine", '42939 unacceptable schema name "pg_mine"'],
  ["create user u", "42601 password must be specified: PASSWORD { 'password' | DISABLE }"],
  ["create user public password disable", '42939 user name "public" is reserved'],
  ["create database dev", '42P04 database "dev" already exists'],
  ["refresh materialized view nowhere", '42P01 relation "nowhere" does not exist'],
  ["call nothing()", "0A000 CALL PROCEDURE is not supported"],
])("%s: %s", async (statement, error) => {
  expect(await session.error(statement)).toBe(error);
});

it("IF EXISTS and IF NOT EXISTS say what they skip", async () => {
  await session.rows(
    "create table t(a int); create table if not exists t(b int); drop table if exists nowhere",
  );
  await session.rows("create schema if not exists w; drop schema if exists nowhere");
  expect(notices()).toEqual([
    'INFO: Relation "t" already exists and will be skipped',
    'INFO: Table "nowhere" does not exist and will be skipped',
    'INFO: Schema "w" already exists and will be skipped',
    'INFO: Schema "nowhere" does not exist and will be skipped',
  ]);
});

it("CREATE TABLE AS and SELECT INTO take the query's types", async () => {
  await session.rows("create table src as select 1 as a, 'abc'::varchar(5) as b, 2.50::decimal(5,2) as c");
  await session.rows("create table dst sortkey(a) distkey(b) as select a, b, c, a * 2 as d from src");
  await session.rows("select d into third from dst");
  expect(await session.rows("select * from dst")).toEqual([["1", "abc", "2.50", "2"]]);
  expect(await session.rows("select * from third")).toEqual([["2"]]);
  expect(
    await session.rows(
      "select \"column\", type from pg_table_def where tablename = 'dst' and schemaname = 'w'",
    ),
  ).toEqual([
    ["a", "integer"],
    ["b", "character varying(5)"],
    ["c", "numeric(5,2)"],
    ["d", "integer"],
  ]);
  expect(await session.error("create table dup as select 1 as a, 2 as a")).toBe(
    '42701 column "a" specified more than once',
  );
});

it("a failed CREATE TABLE AS leaves nothing", async () => {
  expect(await session.error("create table bad as select 1 / (a - 1) as x from (select 1 as a) q")).toContain(
    "22012",
  );
  expect(await session.error("select * from bad")).toContain("42P01");
  await session.rows("create table bad(a int)");
});

it("views are what their definition gives, and hold their tables", async () => {
  await session.rows("create table t(a int, b int); insert into t values (1, 2)");
  await session.rows("create view v(x, y) as select a, b from t; create view vv as select x + y as z from v");
  expect(await session.rows("select * from vv")).toEqual([["3"]]);
  expect(await session.error("drop table t")).toBe(
    "2BP01 cannot drop table t because other objects depend on it",
  );
  expect(await session.error("alter table t drop column a")).toContain("2BP01");
  await session.rows("alter table t add column c int; create or replace view v(x, y) as select b, a from t");
  expect(await session.rows("select * from v")).toEqual([["2", "1"]]);
  expect(await session.error("create or replace view v(x, q) as select b, a from t")).toBe(
    '42P16 cannot change name of view column "y"',
  );
  await session.rows("drop table t cascade");
  expect(await session.error("select * from vv")).toContain("42P01");
  expect(notices()).toEqual(["NOTICE: drop cascades to view vv", "NOTICE: drop cascades to view v"]);
});

it("a view of everything keeps the columns that there were", async () => {
  await session.rows(
    "create table t(a int); insert into t values (1); create view v as select *, 7 as s from t",
  );
  await session.rows("alter table t add column b int default 3");
  expect(await session.rows("select * from v")).toEqual([["1", "7"]]);
});

it("late-binding views look when they are asked", async () => {
  await session.rows("create view v as select * from w.later with no schema binding");
  expect(await session.error("select * from v")).toContain("42P01");
  await session.rows("create table later(a int); insert into later values (1)");
  expect(await session.rows("select * from v")).toEqual([["1"]]);
  await session.rows("drop table later; create table later(b varchar(3)); insert into later values ('x')");
  expect(await session.rows("select b from v")).toEqual([["x"]]);
});

it("materialized views are refreshed when their tables have changed", async () => {
  await session.rows("create table t(a int); insert into t values (1)");
  await session.rows("create materialized view m auto refresh yes as select count(*) as n from t");
  await session.rows("insert into t values (2)");
  expect(await session.rows("select n from m")).toEqual([["1"]]);
  await session.rows("refresh materialized view m; refresh materialized view m");
  expect(await session.rows("select n from m")).toEqual([["2"]]);
  expect(notices()).toEqual([
    "INFO: Materialized view m was recomputed successfully.",
    "INFO: Materialized view m is already up to date.",
  ]);
  expect(await session.error("insert into m values (1)")).not.toBe("no error");
  expect(await session.error("drop table t")).toContain("2BP01");
});

it("ALTER TABLE changes what it says", async () => {
  await session.rows("create table t(a int, b varchar(3)); insert into t values (1, 'x')");
  await session.rows("alter table t add column c int default 4; alter table t rename column a to z");
  await session.rows("alter table t alter column b type varchar(10)");
  await session.rows("insert into t(z, b) values (2, 'longer'); alter table t rename to t2");
  expect(await session.rows("select z, b, c from t2 order by z")).toEqual([
    ["1", "x", "4"],
    ["2", "longer", "4"],
  ]);
  expect(await session.error("alter table t2 alter column b type varchar(4)")).toBe(
    "22001 cannot alter column, target data size should be at least 6",
  );
  expect(await session.error("alter table t2 add column d int not null")).toContain("0A000");
  await session.rows("alter table t2 alter sortkey(z); alter table t2 alter distkey z");
  expect(await session.error("alter table t2 drop column z")).toBe('0A000 cannot drop distkey column "z"');
  await session.rows("alter table t2 add constraint k unique(b); alter table t2 drop constraint k");
  expect(await session.error("alter table t2 drop constraint k")).toBe('42704 constraint "k" does not exist');
  await session.rows("alter table t2 drop column c");
  expect(await session.rows("select * from t2 order by 1 desc")).toEqual([
    ["2", "longer"],
    ["1", "x"],
  ]);
});

it("ALTER TABLE APPEND moves rows and leaves the source empty", async () => {
  await session.rows("create table a(x int, y int); create table b(y int, x int, extra int)");
  await session.rows("insert into a values (1, 2); insert into b values (4, 3, 5)");
  expect(await session.error("alter table a append from b")).toBe(
    '42804 Source table column "extra" has no match in target table',
  );
  await session.rows("alter table a append from b ignoreextra");
  expect(await session.rows("select * from a order by x")).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
  expect(await session.rows("select count(*) from b")).toEqual([["0"]]);
});

it("MERGE, UPDATE, DELETE count their rows", async () => {
  await session.rows("create table t(a int, b int); insert into t values (1, 1), (2, 2), (3, 3)");
  await session.rows("create table s(a int, b int); insert into s values (3, 30), (4, 40)");
  expect(await session.tag("update t set b = 0 where a < 3")).toBe("UPDATE 2");
  expect(await session.tag("delete from t where a = 1")).toBe("DELETE 1");
  await session.rows(
    "merge into t using s on t.a = s.a when matched then update set b = s.b when not matched then insert values (s.a, s.b)",
  );
  expect(await session.rows("select * from t order by a")).toEqual([
    ["2", "0"],
    ["3", "30"],
    ["4", "40"],
  ]);
});

it("functions in SQL can be called, replaced, dropped", async () => {
  await session.rows("create function twice(int) returns int stable as $$ select $1 * 2 $$ language sql");
  expect(await session.rows("select twice(4)")).toEqual([["8"]]);
  await session.rows("create view v as select twice(1) as a");
  expect(await session.error("drop function twice(int)")).toContain("2BP01");
  await session.rows(
    "create or replace function twice(int) returns int stable as $$ select $1 + $1 + 1 $$ language sql",
  );
  expect(await session.rows("select * from v")).toEqual([["3"]]);
  expect(
    await session.error("create function twice(int) returns int stable as $$ select 1 $$ language sql"),
  ).toBe('42723 function "twice" already exists with same argument types');
  expect(
    await session.error("create function p(int) returns int stable as $$ return 1 $$ language plpythonu"),
  ).toContain("0A000");
  await session.rows("alter function twice(int) rename to doubled");
  expect(await session.rows("select doubled(1), a from v")).toEqual([["3", "3"]]);
  await session.rows("alter function doubled(int) rename to twice");
  await session.rows("drop function twice(int) cascade");
  expect(await session.error("select twice(1)")).toContain("42883");
});

it("users, groups and what they hold", async () => {
  await session.rows("create user bob password 'Secret123' in group writers").catch(() => undefined);
  await session.session.sync();
  await session.rows(
    "create group writers; create user bob password 'Secret123' connection limit 1 in group writers",
  );
  expect(await session.error("create user bob password 'Secret123'")).toBe('42710 user "bob" already exists');
  const bob = await warehouse.connect({ user: "bob" });
  await expect(warehouse.connect({ user: "bob" })).rejects.toMatchObject({ sqlState: "53300" });
  await bob.session.close();
  await session.rows("create table t(a int); alter table t owner to bob");
  expect(await session.error("drop user bob")).toBe(
    '55006 user "bob" cannot be dropped because the user owns some object',
  );
  await session.rows("begin; alter user bob password disable; rollback");
  expect((await warehouse.cluster.loginSecret("bob"))?.kind).toBe("password");
  await session.rows("alter user bob password disable");
  expect(await warehouse.cluster.loginSecret("bob")).toEqual({ kind: "none" });
  await session.rows("drop table t; drop user bob; drop group writers");
  expect(await warehouse.cluster.loginSecret("bob")).toBeUndefined();
});

it("databases are made, read across, and dropped when nobody is there", async () => {
  await session.rows("create database other");
  const there = await warehouse.connect({ database: "other" });
  await there.rows("create table t(a int); insert into t values (5)");
  expect(await session.rows("select * from other.public.t")).toEqual([["5"]]);
  expect(await session.error("insert into other.public.t values (1)")).toBe(
    '0A000 cross-database reference to database "other" is not supported',
  );
  expect(await session.error("drop database other")).toBe(
    '55006 database "other" is being accessed by other users',
  );
  await there.session.close();
  await session.rows("alter database other rename to another");
  expect(await session.rows("select * from another.public.t")).toEqual([["5"]]);
  await session.rows("drop database another");
  await expect(warehouse.connect({ database: "another" })).rejects.toMatchObject({ sqlState: "3D000" });
});
