import { afterAll, beforeAll, expect, it } from "vitest";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { readRows, type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
});
afterAll(() => warehouse[Symbol.asyncDispose]());

/** The first row of a statement whose parameters a driver declares, or leaves open, and binds. */
async function bound(
  text: string,
  types: readonly (SqlType | undefined)[],
  values: readonly (string | null)[],
): Promise<unknown> {
  const [statement] = session.session.parse(text);
  if (statement === undefined) throw new Error("no statement");
  const prepared = await session.session.prepare(statement, types);
  const result = await session.session.execute(prepared, values, {});
  const rows = await readRows(result);
  await session.session.sync();
  return rows[0];
}

const numeric = { name: "numeric" } as const;

it.each([
  ["select case when 1.25::numeric(10,2) = $1 then 'same' end", "1.25", "same"],
  ["select case when 1.25::numeric(10,2) = $1 then 'same' end", "1.251", null],
  ["select case when 1.25::numeric(10,2) in (2, $1) then 'same' end", "1.2500", "same"],
  ["select case when 1.25::numeric(10,2) between 1 and $1 then 'same' end", "1.249", null],
  ["select (1.25::numeric(10,2) * $1)::varchar", "1.175", "1.46875"],
  ["select (1.25::numeric(10,2) + $1)::varchar", "0.0001", "1.2501"],
  ["select 'null' || (1.25::numeric(10,2) + $1)::varchar", null, null],
])(
  "a decimal keeps its digits, declared as numeric or left open: %s with %s",
  async (text, value, expected) => {
    expect(await bound(text, [numeric], [value])).toEqual([expected]);
    expect(await bound(text, [undefined], [value])).toEqual([expected]);
  },
);

it("a declared decimal stands beside whole numbers", async () => {
  expect(await bound("select (10 * $1)::varchar", [numeric], ["1.5"])).toEqual(["15.0"]);
});

it("bytes are bytes, a text its own", async () => {
  expect(await bound("select $1::varbyte", [undefined], ["\\x00ff"])).toEqual(["00ff"]);
  expect(await bound("select $1::varbyte", [undefined], ["ab"])).toEqual(["6162"]);
});
