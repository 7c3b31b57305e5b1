import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let one: TestSession;
let two: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
});
afterAll(() => warehouse[Symbol.asyncDispose]());
beforeEach(async () => {
  one = await warehouse.connect();
  two = await warehouse.connect();
  await one.rows("drop table if exists t; drop table if exists u");
  await one.rows("create table t(a int, b int); create table u(a int); insert into t values (1, 1)");
  return async () => {
    await one.session.close();
    await two.session.close();
  };
});

it("a script is one transaction: what comes before a failure goes with it", async () => {
  expect(await one.error("insert into t values (2, 2); select 1/0")).toBe("22012 division by zero");
  expect(await one.rows("select a from t")).toEqual([["1"]]);
  expect(one.session.transaction).toBe("idle");
});

it("a block fails as a whole, and takes nothing until its end", async () => {
  await one.rows("begin; insert into t values (2, 2)");
  expect(await one.error("select * from nowhere")).toBe('42P01 relation "nowhere" does not exist');
  expect(one.session.transaction).toBe("failed");
  expect(await one.error("select 1")).toBe(
    "25P02 current transaction is aborted, commands ignored until end of transaction block",
  );
  expect(await one.tag("commit")).toBe("ROLLBACK");
  expect(await one.rows("select a from t")).toEqual([["1"]]);
});

it("others see a transaction when it has committed, DDL with its data", async () => {
  await one.rows("begin; create table fresh(a int); insert into fresh values (1)");
  expect(await two.error("select * from fresh")).toContain("42P01");
  await one.rows("commit");
  expect(await two.rows("select * from fresh")).toEqual([["1"]]);
  await one.rows("begin; drop table fresh; rollback");
  expect(await two.rows("select * from fresh")).toEqual([["1"]]);
  await one.rows("drop table fresh");
});

it("a transaction reads as of its first statement", async () => {
  await one.rows("begin; select * from t");
  await two.rows("insert into t values (2, 2)");
  expect(await one.rows("select count(*) from t")).toEqual([["1"]]);
  await one.rows("commit");
  expect(await one.rows("select count(*) from t")).toEqual([["2"]]);
});

it("writers of a table come one after another, whatever they write", async () => {
  await one.rows("begin; insert into t values (2, 2)");
  const order: string[] = [];
  const second = two.rows("update t set b = b + 1").then(() => order.push("two"));
  await Promise.resolve();
  order.push("one");
  await one.rows("commit");
  await second;
  expect(order).toEqual(["one", "two"]);
  expect(await one.rows("select a, b from t order by a")).toEqual([
    ["1", "2"],
    ["2", "3"],
  ]);
});

it("two that change the same row from the same moment: the second gets 1023", async () => {
  await one.rows("begin; select * from t");
  await two.rows("update t set b = 5");
  expect(await one.error("update t set b = 6")).toBe("40001 1023");
  await one.rows("rollback");
  expect(await one.rows("select b from t")).toEqual([["5"]]);
});

it("a deadlock ends with one of the two, and the other goes on", async () => {
  await one.rows("begin; insert into t values (2, 2)");
  await two.rows("begin; insert into u values (2)");
  const waiting = one.rows("insert into u values (3)");
  expect(await two.error("insert into t values (3, 3)")).toBe("40P01 deadlock detected");
  await two.rows("rollback");
  await waiting;
  await one.rows("commit");
  expect(await two.rows("select a from u")).toEqual([["3"]]);
});

it("DDL waits for readers in blocks, and they are not disturbed", async () => {
  await one.rows("begin; select * from t");
  const dropped = two.rows("drop table t");
  expect(await one.rows("select a from t")).toEqual([["1"]]);
  await one.rows("commit");
  await dropped;
  expect(await one.error("select a from t")).toContain("42P01");
});

it("a wait can be cancelled, and the session goes on", async () => {
  await one.rows("begin; lock t");
  const waiting = two.error("select * from t");
  // The statement has to be waiting before it can be cancelled.
  while ((await one.rows("select count(*) from stv_locks where lock_owner_pid is not null")).length === 0);
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  two.session.cancel();
  expect(await waiting).toBe("57014 Query cancelled on user's request");
  await one.rows("rollback");
  expect(await two.rows("select a from t")).toEqual([["1"]]);
});

it("BEGIN twice and COMMIT without it are warnings", async () => {
  expect(await one.tag("begin; begin")).toBe("BEGIN");
  await one.rows("commit; commit");
  expect(one.notices.map(({ severity, message }) => [severity, message])).toEqual([
    ["WARNING", "there is already a transaction in progress"],
    ["WARNING", "there is no transaction in progress"],
  ]);
});

it.each([
  "create database nope",
  "alter table t append from u",
  "alter table t alter column a type varchar(10)",
  "drop database dev",
])("%s cannot run inside of a block", async (statement) => {
  await one.rows("begin");
  expect(await one.error(statement)).toMatch(/^25001 .* cannot run inside a transaction block$/);
  await one.rows("rollback");
});

it("TRUNCATE commits the block that it stands in", async () => {
  await one.rows("begin; insert into u values (1); truncate t");
  expect(await two.rows("select count(*) from u")).toEqual([["1"]]);
  expect(one.session.transaction).toBe("open");
  await one.rows("insert into u values (2); rollback");
  expect(await two.rows("select count(*) from u")).toEqual([["1"]]);
  expect(await two.rows("select count(*) from t")).toEqual([["0"]]);
});

it("a read-only transaction refuses changes", async () => {
  await one.rows("begin read only; select * from t");
  expect(await one.error("insert into t values (2, 2)")).toBe("25006 transaction is read-only");
  await one.rows("rollback");
  await one.rows("set readonly to 1");
  expect(await one.error("create table nope(a int)")).toBe("25006 transaction is read-only");
});

it("SET in a block that is rolled back never was", async () => {
  await one.rows("begin; set query_group to 'x'; rollback");
  expect(await one.rows("show query_group")).toEqual([[""]]);
  await one.rows("begin; set local query_group to 'y'");
  expect(await one.rows("show query_group")).toEqual([["y"]]);
  await one.rows("commit");
  expect(await one.rows("show query_group")).toEqual([[""]]);
});

it("rows of a changed table may have its columns changed in the same block", async () => {
  await one.rows("begin; update t set a = 7; alter table t add column c varchar(5) default 'x' not null");
  await one.rows("update t set b = 9; alter table t drop column a; insert into t values (8, 'y'); commit");
  expect(await two.rows("select * from t order by b")).toEqual([
    ["8", "y"],
    ["9", "x"],
  ]);
});

it("identities are unique, however many insert at once and whoever rolls back", async () => {
  await one.rows("drop table if exists ids; create table ids(id bigint identity(1, 1), v int)");
  const sessions = await Promise.all(Array.from({ length: 4 }, () => warehouse.connect()));
  await Promise.all(
    sessions.map(async (session, index) => {
      for (let round = 0; round < 5; round++) {
        await session.rows(`begin; insert into ids(v) values (${index}), (${index})`);
        await session.rows(round === 2 ? "rollback" : "commit");
      }
    }),
  );
  const [[rows, different] = []] = await one.rows("select count(*), count(distinct id) from ids");
  expect([rows, different]).toEqual(["32", "32"]);
  await Promise.all(sessions.map(({ session }) => session.close()));
});

it("a serializable database finds what snapshots do not", async () => {
  await one.rows("create database strict isolation level serializable");
  const a = await warehouse.connect({ database: "strict" });
  const b = await warehouse.connect({ database: "strict" });
  await a.rows("create table x(a int); create table y(a int)");
  await a.rows("begin; select count(*) from x; insert into y values (1)");
  await b.rows("begin; select count(*) from y; insert into x values (1)");
  await a.rows("commit");
  expect(await b.error("commit")).toBe("40001 1023");
  expect(await a.rows("select count(*) from x")).toEqual([["0"]]);
  await a.session.close();
  await b.session.close();
  await one.rows("drop database strict");
});
