import { expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { TestWarehouse } from "../test-warehouse.ts";

it("GETDATE is the statement's beginning, SYSDATE and its like the transaction's", async () => {
  const clock = new ManualClock(Date.UTC(2024, 0, 31, 23, 59, 58, 250));
  await using warehouse = await TestWarehouse.start(clock);
  const session = await warehouse.connect();
  const both = "select getdate(), sysdate, current_date, localtime";
  await session.rows("begin");
  expect(await session.rows(both)).toEqual([
    ["2024-01-31 23:59:58", "2024-01-31 23:59:58.25", "2024-01-31", "23:59:58.25"],
  ]);
  clock.advance(10_000);
  expect(await session.rows(both)).toEqual([
    ["2024-02-01 00:00:08", "2024-01-31 23:59:58.25", "2024-01-31", "23:59:58.25"],
  ]);
  await session.rows("commit");
  expect(await session.rows(both)).toEqual([
    ["2024-02-01 00:00:08", "2024-02-01 00:00:08.25", "2024-02-01", "00:00:08.25"],
  ]);
  await session.rows("set timezone to 'America/New_York'");
  expect(await session.rows(both)).toEqual([
    ["2024-01-31 19:00:08", "2024-01-31 19:00:08.25", "2024-01-31", "19:00:08.25"],
  ]);
  await session.session.close();
});

it("a moment is the same throughout a statement, and new in a prepared one that runs again", async () => {
  const clock = new ManualClock(Date.UTC(2024, 0, 31));
  await using warehouse = await TestWarehouse.start(clock);
  const session = await warehouse.connect();
  await session.rows("create table t(a int, at timestamp default getdate())");
  await session.rows("insert into t(a) select g from generate_series(1, 5000) g");
  clock.advance(60_000);
  await session.rows("prepare add as insert into t(a) values (0)");
  await session.rows("execute add");
  clock.advance(60_000);
  await session.rows("execute add");
  expect(await session.rows("select at, count(*) from t group by at order by at")).toEqual([
    ["2024-01-31 00:00:00", "5000"],
    ["2024-01-31 00:01:00", "1"],
    ["2024-01-31 00:02:00", "1"],
  ]);
  await session.session.close();
});
