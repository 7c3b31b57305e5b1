import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeEach(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
  await session.rows("create table t(a int, b varchar(20), c int sortkey)");
  await session.rows("insert into t select g, 'name ' || (g % 3), g from generate_series(1, 1000) as s(g)");
});
afterEach(() => warehouse[Symbol.asyncDispose]());

const statsOff = async (): Promise<string | null | undefined> =>
  (await session.rows(`select stats_off from svv_table_info where "table" = 't'`))[0]?.[0];

it("ANALYZE brings the statistics up to date, and is left out where little has changed", async () => {
  expect(await statsOff()).toBe("100.00");
  expect(await session.tag("analyze verbose t (a, b)")).toBe("ANALYZE");
  expect(await statsOff()).toBe("0.00");
  expect(await session.tag("analyze t")).toBe("ANALYZE SKIP");
  await session.rows("insert into t select a, b, c from t limit 50");
  expect(await session.tag("analyze t predicate columns")).toBe("ANALYZE SKIP");
  expect(await statsOff()).toBe("4.76");
  expect(await session.tag("set analyze_threshold_percent to 4; analyze t predicate columns")).toBe(
    "ANALYZE",
  );
  await session.rows("update t set a = a + 1");
  expect(await session.tag("analyze")).toBe("ANALYZE");
  const log = "select btrim(status), rows, modified_rows, analyze_threshold_percent from sys_analyze_history";
  expect(await session.rows(`${log} order by start_time`)).toEqual([
    ["Full", "1000", "1000", "10"],
    ["Skipped", "1000", "0", "10"],
    ["Skipped", "1050", "50", "10"],
    ["PredicateColumn", "1050", "50", "4"],
    ["Full", "1050", "1050", "4"],
  ]);
});

it("what ANALYZE counted is rolled back with its transaction, and kept over a restart", async () => {
  await session.rows("begin; analyze t; rollback");
  expect(await statsOff()).toBe("100.00");
  await session.rows("analyze");
  await warehouse.restart();
  session = await warehouse.connect();
  expect(await statsOff()).toBe("0.00");
});

it("wrong names, views and others' tables", async () => {
  await session.rows("create view v as select a from t; create user anna password 'Secret12'");
  expect(await session.error("analyze t (nothing)")).toBe(
    '42703 column "nothing" of relation "t" does not exist',
  );
  expect(await session.error("analyze nothing")).toContain("42P01");
  expect(await session.error("analyze v")).toContain("42809");
  expect(await session.error("analyze compression t (nothing)")).toContain("42703");
  const anna = await warehouse.connect({ user: "anna" });
  expect(await anna.tag("analyze t")).toBe("ANALYZE SKIP");
  expect(anna.notices[0]?.message).toBe('skipping "t" --- only table or database owner can analyze it');
  expect(await statsOff()).toBe("100.00");
});

it("ANALYZE COMPRESSION measures what would be smallest, and changes nothing", async () => {
  await session.rows(
    `create table e as select g as counter, (g / 500)::int as runs, case g * 7919 % 3 when 0 then 1 when 1 then 90000000000 else 5000000000000 end as code,
     sha2(g::varchar, 256) as digest, 'a line of text that comes again, number ' || g as line,
     g % 2 = 0 as flag, '2024-01-01'::date + g::int as day, (g * 1.25)::numeric(12, 2) as price
     from generate_series(1, 10000) as s(g)`,
  );
  const answer = await session.answer("analyze compression e comprows 1000");
  expect(answer.names).toEqual(["Table", "Column", "Encoding", "Est_reduction_pct"]);
  const found = new Map(
    answer.rows.map(([, column, encoding, percent]) => [column, [encoding, Number(percent)] as const]),
  );
  expect([...found].map(([column, suggested]) => [column, suggested[0]])).toEqual([
    ["counter", "az64"],
    ["runs", "runlength"],
    ["code", "bytedict"],
    ["digest", "zstd"],
    ["line", "zstd"],
    ["flag", "raw"],
    ["day", "az64"],
    ["price", "az64"],
  ]);
  expect(found.get("runs")?.[1]).toBeGreaterThan(95);
  expect(found.get("line")?.[1]).toBeGreaterThan(50);
  expect(found.get("digest")?.[1]).toBeLessThan(60);
  expect(await session.rows("analyze compression t (c)")).toEqual([["t", "c", "raw", "0.00"]]);
  await session.rows("create table empty(a int encode lzo)");
  expect(await session.rows("analyze compression empty")).toEqual([["empty", "a", "lzo", "0.00"]]);
});
