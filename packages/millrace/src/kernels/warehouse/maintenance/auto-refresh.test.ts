import { expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { TestWarehouse } from "../test-warehouse.ts";

const status =
  "select btrim(mv_name), status, btrim(refresh_type) from svl_mv_refresh_status order by starttime";

it("views with AUTO REFRESH follow their tables; others and broken ones stay", async () => {
  const clock = new ManualClock();
  await using warehouse = await TestWarehouse.start(clock);
  const session = await warehouse.connect();
  await session.rows(`
    create table t(a int); create schema "My S";
    create materialized view "My S"."Sums" auto refresh yes as select sum(a) as s from t;
    create materialized view by_hand as select sum(a) as s from t;
    create materialized view broken auto refresh yes as select 1 / a as s from t`);
  await session.rows("insert into t values (1), (2)");
  await clock.advance(5_000);
  await expect.poll(() => session.rows(`select s from "My S"."Sums"`)).toEqual([["3"]]);
  expect(await session.rows("select s from by_hand")).toEqual([[null]]);
  await session.rows("insert into t values (0)");
  await clock.advance(5_000);
  await clock.advance(5_000);
  await expect.poll(async () => (await session.rows(status)).length).toBe(3);
  expect((await session.rows(status)).every(([, , type]) => type === "Auto")).toBe(true);
  await expect.poll(() => session.rows("select count(*) from stv_sessions")).toEqual([["1"]]);
});
