import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";
import { copySlices } from "./slice-expression.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
});
afterAll(() => warehouse[Symbol.asyncDispose]());

/** Rows on each of the four slices of the test's cluster. */
async function bySlice(table: string): Promise<readonly number[]> {
  const rows = await session.rows(
    `select slice, sum(rows) from stv_tbl_perm where trim(name) = '${table}' and slice < 4 group by slice order by slice`,
  );
  const counts = [0, 0, 0, 0];
  for (const [slice, count] of rows) counts[Number(slice)] = Number(count);
  return counts;
}

it("EVEN deals rows round robin", async () => {
  await session.rows(
    "create table e(a int) diststyle even; insert into e select * from generate_series(1, 1000) as g(a)",
  );
  expect(await bySlice("e")).toEqual([250, 250, 250, 250]);
});

it("KEY puts equal keys together, whatever the table, and spreads different ones", async () => {
  await session.rows(
    "create table k(a int distkey); insert into k select g % 2 from generate_series(1, 1000) as s(g)",
  );
  await session.rows(
    "create table l(b int, a int distkey); insert into l select g, g % 2 from generate_series(1, 10) as s(g)",
  );
  const [k, l] = [await bySlice("k"), await bySlice("l")];
  expect(k.map((rows) => rows / 100)).toEqual(l);
  await session.rows(
    "create table m(a int distkey); insert into m select * from generate_series(1, 4000) as g(a)",
  );
  for (const rows of await bySlice("m")) expect(rows).toBeGreaterThan(800);
});

it("ALL has a copy on each node's first slice", async () => {
  expect(copySlices(4, 2)).toEqual([0, 2]);
  await session.rows("create table a(x int) diststyle all; insert into a values (1), (2), (3)");
  expect(await bySlice("a")).toEqual([3, 0, 3, 0]);
});
