import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
  await session.rows("create table a(x int not null, y int not null, primary key(y, x))");
});
afterAll(() => warehouse[Symbol.asyncDispose]());

it.each([
  [
    "select conkey[1], conkey[2], conkey[3], conkey[0], conkey[-1] from pg_constraint where conname = 'a_pkey'",
    ["2", "1", null, null, null],
  ],
  ["select conkey[n.i + 1] from pg_constraint, (select 1 as i) n where conname = 'a_pkey'", ["1"]],
  [
    "select indkey[0], indkey[1], indkey[2], indkey[-1] from pg_index where indrelid = 'a'::regclass",
    ["2", "1", null, null],
  ],
  ["select (current_schemas(false))[1]", ["public"]],
  ["select count(*) from pg_constraint where conname = 'a_pkey' and 2 = any(conkey)", ["1"]],
  ["select 1 = any(array[1, 2]), 3 = any(array[1, 2])", ["t", "f"]],
])("arrays count from 1 and vectors from 0: %s", async (query, expected) => {
  expect(await session.rows(query)).toEqual([expected]);
});

it("a subscript is a whole number, of an array", async () => {
  expect(await session.error("select conkey['x'] from pg_constraint")).toContain("42804 array subscript");
  expect(await session.error("select relname[1] from pg_class")).toContain("42809 navigation");
});
