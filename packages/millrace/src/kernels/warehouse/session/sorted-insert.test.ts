import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
  await session.rows(
    "create table source(a int, b varchar(5)); insert into source values (3, 'c'), (1, 'a'), (2, 'b')",
  );
});
afterAll(() => warehouse[Symbol.asyncDispose]());

const unsorted = async (table: string): Promise<unknown> =>
  (await session.rows(`select unsorted from svv_table_info where "table" = '${table}'`))[0]?.[0];

it("INSERT ... SELECT brings rows in the order of the sort key, however the columns are listed", async () => {
  await session.rows("create table t(a int, x int default 7, b varchar(5)) compound sortkey(b, a)");
  await session.rows("insert into t(b, a) select b, a from source");
  expect(await session.rows("select * from t")).toEqual([
    ["1", "7", "a"],
    ["2", "7", "b"],
    ["3", "7", "c"],
  ]);
  expect(await unsorted("t")).toBe("0.00");
});

it("CREATE TABLE AS does as well", async () => {
  await session.rows("create table c sortkey(b) as select a, b from source");
  expect(await session.rows("select a from c")).toEqual([["1"], ["2"], ["3"]]);
  expect(await unsorted("c")).toBe("0.00");
});

it("later rows lie behind the sorted ones, TRUNCATE begins anew", async () => {
  await session.rows("create table u(a int) sortkey(a); insert into u select a from source");
  await session.rows("insert into u values (0); insert into u select a from source");
  expect(Number(await unsorted("u"))).toBeGreaterThan(0);
  await session.rows("truncate u");
  await session.rows("insert into u select a from source");
  expect(await unsorted("u")).toBe("0.00");
});
