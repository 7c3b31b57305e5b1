import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestSession, TestWarehouse, testKey } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeEach(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
});
afterEach(() => warehouse[Symbol.asyncDispose]());

const rowsOf = "from generate_series(1, 4000) as s(g)";

async function style(table: string): Promise<string | null | undefined> {
  return (await session.rows(`select diststyle from svv_table_info where "table" = '${table}'`))[0]?.[0];
}

async function skew(table: string): Promise<number> {
  return Number(
    (await session.rows(`select skew_rows from svv_table_info where "table" = '${table}'`))[0]?.[0],
  );
}

it("slice_num() says where a row is: round robin, by the key, or on all nodes", async () => {
  await session.rows(`create table e(a int) diststyle even; insert into e select g ${rowsOf}`);
  expect(await session.rows("select slice_num(), count(*) from e group by 1 order by 1")).toEqual(
    ["0", "1", "2", "3"].map((slice) => [slice, "1000"]),
  );
  await session.rows(
    `create table k(a int, b varchar(10)) distkey(b); insert into k select g, g % 7 ${rowsOf}`,
  );
  const places = await session.rows("select b, count(distinct slice_num()) from k group by b");
  expect(places.length).toBe(7);
  expect(places.every(([, slices]) => slices === "1")).toBe(true);
  await session.rows(`create table a(a int) diststyle all; insert into a select g ${rowsOf}`);
  expect(await session.rows("select distinct slice_num() from a")).toEqual([["0"]]);
  const joined = "select count(*) from k join e on k.a = e.a where slice_num() is null";
  expect(await session.rows(joined)).toEqual([["0"]]);
  expect(await session.error("select slice_num()")).toContain("0A000");
});

it("system tables count the rows of each slice, and skew", async () => {
  await session.rows(`create table k(a int) distkey(a); insert into k select 1 ${rowsOf}`);
  await session.rows(`create table e(a int) diststyle even; insert into e select g ${rowsOf}`);
  expect(await skew("k")).toBe(100);
  expect(await skew("e")).toBe(1);
  const perm = "select slice, rows from stv_tbl_perm where name = 'k' and rows > 0";
  expect((await session.rows(perm)).map(([, rows]) => rows)).toEqual(["4000"]);
  await session.rows("alter table k alter diststyle even");
  expect(await skew("k")).toBe(1);
  await session.rows("alter table k alter distkey a; alter table e alter diststyle all");
  expect([await style("k"), await skew("k"), await style("e")]).toEqual(["KEY(a)", 100, "ALL"]);
});

it("AUTO begins with ALL, and becomes KEY or EVEN as the table grows", async () => {
  await session.rows("create table plain(a int); create table keyed(a int, b int primary key)");
  await session.rows("insert into plain values (1); insert into keyed values (1, 1)");
  expect([await style("plain"), await style("keyed")]).toEqual(["AUTO(ALL)", "AUTO(ALL)"]);
  const many = "from generate_series(1, 150000) as s(g)";
  await session.rows(`insert into plain select g ${many}`);
  await session.rows(`insert into keyed select 1, g ${many}`);
  expect([await style("plain"), await style("keyed")]).toEqual(["AUTO(EVEN)", "AUTO(KEY(b))"]);
  await session.rows(`create table made as select g as a ${many}; begin; delete from plain; commit`);
  expect(await style("made")).toBe("AUTO(EVEN)");
  await session.rows("insert into plain values (1)");
  expect(await style("plain")).toBe("AUTO(EVEN)");
  await warehouse.restart();
  session = await warehouse.connect();
  expect(await style("keyed")).toBe("AUTO(KEY(b))");
});

it("a resize ends sessions and deals the rows over the new slices", async () => {
  await session.rows(`create table k(a int) distkey(a); insert into k select g ${rowsOf}`);
  await session.rows(`create table e(a int) diststyle even; insert into e select g ${rowsOf}`);
  await session.rows("analyze");
  await warehouse.warehouse.resize(testKey, { nodeType: "ra3.4xlarge", nodes: 3 });
  expect(await session.error("select 1")).toContain("57P01");
  session = await warehouse.connect();
  expect((await session.rows("select * from stv_slices")).length).toBe(12);
  expect((await session.rows("select distinct slice_num() from e")).length).toBe(12);
  const counts = await session.rows("select slice_num(), count(*) from k group by 1");
  expect(counts.length).toBe(12);
  expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(4000);
  await warehouse.warehouse.resize(testKey, { nodeType: "dc2.large", nodes: 1 });
  session = await warehouse.connect();
  expect(await session.rows("select distinct slice_num() from k order by 1")).toEqual([["0"], ["1"]]);
  expect(await session.rows("select count(*), count(distinct a) from k")).toEqual([["4000", "4000"]]);
});

it("what a refresh did is shown", async () => {
  await session.rows("create table t(a int); create materialized view mv as select a from t");
  await session.rows("refresh materialized view mv; insert into t values (1); refresh materialized view mv");
  const shown =
    "select btrim(mv_name), status, btrim(refresh_type) from svl_mv_refresh_status order by starttime";
  expect(await session.rows(shown)).toEqual([
    ["mv", "Refresh successfully skipped. Materialized view is already updated.", "Manual"],
    ["mv", "Refresh successfully recomputed MV from scratch", "Manual"],
  ]);
});
