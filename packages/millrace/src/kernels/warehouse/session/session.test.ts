import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { readRows, type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
});
afterAll(() => warehouse[Symbol.asyncDispose]());
beforeEach(async () => {
  session = await warehouse.connect();
  return () => session.session.close();
});

it("a prepared statement runs again and again, also when its table has changed", async () => {
  await session.rows("create table p(a int, b varchar(10)); insert into p values (1, 'one'), (2, 'two')");
  const { session: sql } = session;
  const [statement] = sql.parse("select b from p where a = $1");
  if (statement === undefined) throw new Error("no statement");
  const prepared = await sql.prepare(statement, []);
  expect(prepared.parameterTypes).toEqual([{ name: "integer" }]);
  expect(prepared.columns?.[0]?.origin).toMatchObject({
    table: "p",
    column: "b",
    attributeNumber: 2,
    nullable: true,
  });
  const run = async (value: string | null): Promise<unknown> => {
    const rows = await readRows(await sql.execute(prepared, [value]));
    await sql.sync();
    return rows;
  };
  expect(await run("1")).toEqual([["one"]]);
  expect(await run("2")).toEqual([["two"]]);
  expect(await run(null)).toEqual([]);
  await session.rows("drop table p; create table p(b varchar(20), a int); insert into p values ('uno', 1)");
  expect(await run("1")).toEqual([["uno"]]);
  await expect(run("x")).rejects.toMatchObject({ sqlState: "22P02" });
  await sql.sync();
  await session.rows("drop table p");
});

it("an answer that nobody reads to its end holds nothing up", async () => {
  await session.rows("create table big(a int)");
  await session.rows("insert into big select * from generate_series(1, 10000) as g(a)");
  const { session: sql } = session;
  const [statement] = sql.parse("select a from big");
  if (statement === undefined) throw new Error("no statement");
  const result = await sql.execute(await sql.prepare(statement, []), []);
  for await (const { rowCount } of result.batches) {
    expect(rowCount).toBeGreaterThan(0);
    break;
  }
  await sql.sync();
  expect(await session.rows("select count(*) from big")).toEqual([["10000"]]);
  await session.rows("drop table big");
});

it("held rows live while other statements run", async () => {
  await session.rows(
    "begin; create table h(a int); insert into h select * from generate_series(1, 5000) as g(a)",
  );
  const { session: sql } = session;
  const [statement] = sql.parse("select a from h order by a desc");
  if (statement === undefined) throw new Error("no statement");
  const result = await sql.execute(await sql.prepare(statement, []), [], { held: true });
  const batches = result.batches[Symbol.asyncIterator]();
  const first = await batches.next();
  expect(first.value?.rowCount).toBe(2048);
  expect(await session.rows("select count(*) from h")).toEqual([["5000"]]);
  let rows = first.value?.rowCount ?? 0;
  for (let next = await batches.next(); next.done !== true; next = await batches.next())
    rows += next.value.rowCount;
  expect(rows).toBe(5000);
  await session.rows("rollback");
});

it("cursors go forward in their block and end with it", async () => {
  await session.rows("create table f(a int); insert into f values (1), (2), (3), (4)");
  expect(await session.error("declare c cursor for select 1")).toBe(
    "25P01 DECLARE CURSOR may only be used in transaction blocks",
  );
  await session.rows("begin; declare c cursor for select a from f order by a");
  expect(await session.rows("fetch next from c")).toEqual([["1"]]);
  expect(await session.rows("fetch forward 2 from c")).toEqual([["2"], ["3"]]);
  expect(await session.rows("fetch all from c")).toEqual([["4"]]);
  expect(await session.rows("fetch next from c")).toEqual([]);
  expect(await session.error("declare d cursor for select 1")).toContain("Only one cursor");
  await session.rows("rollback; begin");
  expect(await session.error("fetch next from c")).toBe('34000 cursor "c" does not exist');
  await session.rows("rollback; drop table f");
});

it("PREPARE, EXECUTE, DEALLOCATE", async () => {
  await session.rows("prepare add(int, int) as select $1 + $2");
  expect(await session.rows("execute add(1, 2 * 3)")).toEqual([["7"]]);
  expect(await session.error("execute add(1)")).toBe(
    '42601 wrong number of parameters for prepared statement "add"',
  );
  expect(await session.error("prepare add as select 1")).toBe(
    '42P05 prepared statement "add" already exists',
  );
  await session.rows("deallocate add");
  expect(await session.error("execute add(1, 2)")).toBe('26000 prepared statement "add" does not exist');
});

it("temporary tables are a session's own, hide others, and go with it", async () => {
  await session.rows("create table s(a int); insert into s values (1)");
  await session.rows("create temp table s(a int identity(5, 5), b int); insert into s(b) values (9)");
  expect(await session.rows("select * from s")).toEqual([["5", "9"]]);
  expect(await session.rows("select * from public.s")).toEqual([["1"]]);
  const other = await warehouse.connect();
  expect(await other.rows("select * from s")).toEqual([["1"]]);
  await other.rows("begin; create table #x(a int); rollback");
  expect(await other.error("select * from #x")).toContain("42P01");
  await other.session.close();
  await session.rows("drop table s");
  expect(await session.rows("select * from s")).toEqual([["1"]]);
  await session.rows("drop table s");
});

it("start-up settings are checked, the user's come before the cluster's", async () => {
  await expect(warehouse.connect({ settings: { nonsense: "1" } })).rejects.toMatchObject({
    sqlState: "42704",
  });
  await session.rows("alter user awsuser set query_group to 'mine'");
  const other = await warehouse.connect({ settings: { extra_float_digits: "2" } });
  expect(await other.rows("show query_group")).toEqual([["mine"]]);
  expect(await other.rows("show extra_float_digits")).toEqual([["2"]]);
  await other.session.close();
  await session.rows("alter user awsuser reset query_group");
});

it("errors come with Redshift's words", async () => {
  await session.rows("create table e(a int not null, b varchar(3))");
  expect(await session.error("insert into e values (null, 'x')")).toBe(
    "23502 Cannot insert a NULL value into column a",
  );
  expect(await session.error("insert into e(b) values ('x')")).toContain("23502");
  expect(await session.error("insert into e values (1, 'abcd')")).toContain("22001");
  expect(await session.error("selec 1")).toContain("42601");
  expect(await session.error("create index i on e(a)")).not.toBe("no error");
  expect(await session.error("set no_such_thing to 1")).toBe(
    '42704 unrecognized configuration parameter "no_such_thing"',
  );
  await session.rows("drop table e");
});

it("sessions can be cancelled and ended by others", async () => {
  const other = await warehouse.connect();
  const { processId } = other.session;
  expect(await session.rows(`select pg_cancel_backend(${processId})`)).toEqual([["t"]]);
  expect(await session.rows(`select pg_terminate_backend(${processId})`)).toEqual([["t"]]);
  await other.session.close();
  await expect(other.rows("select 1")).rejects.toMatchObject({ sqlState: "57P01" });
  expect(await session.rows(`select pg_terminate_backend(${processId})`)).toEqual([["f"]]);
});

it("a statement that takes too long ends, as does a session that idles", async () => {
  const clock = new ManualClock();
  const slow = await TestWarehouse.start(clock);
  const one = await slow.connect();
  const two = await slow.connect();
  await one.rows("create table t(a int); set statement_timeout to 1000; set idle_session_timeout to 5000");
  await two.rows("begin; lock t");
  const waiting = one.error("select * from t");
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1_001);
  expect(await waiting).toContain("57014");
  await two.rows("commit");
  expect(await one.rows("select * from t")).toEqual([]);
  clock.advance(5_001);
  await one.session.close();
  await expect(one.rows("select 1")).rejects.toMatchObject({ sqlState: "57P01" });
  await slow[Symbol.asyncDispose]();
});

it("parameters may be left out, or come in another order", async () => {
  const { session: sql } = session;
  const [statement] = sql.parse("select $2::int as x");
  if (statement === undefined) throw new Error("no statement");
  const prepared = await sql.prepare(statement, [{ name: "integer" }, undefined]);
  const result = await sql.execute(prepared, ["1", "2"]);
  for await (const { rowCount } of result.batches) expect(rowCount).toBe(1);
  await sql.sync();
});
