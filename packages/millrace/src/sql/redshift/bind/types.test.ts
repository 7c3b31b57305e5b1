import { afterAll, beforeAll, expect, test } from "vitest";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.open();
  await engine.createTable("t", {
    i2: "smallint",
    i4: "int",
    i8: "bigint",
    n: "numeric(12,2)",
    w: "numeric(38,4)",
    f4: "real",
    f8: "double precision",
    b: "boolean",
    v: "varchar(10)",
    c: "char(5)",
    d: "date",
    ts: "timestamp",
    tz: "timestamptz",
  });
  await engine.run(
    "insert into t values (1, 2, 3, 4.5, 6.25, 1.5, 2.5, true, 'x', 'y', '2024-01-01', '2024-01-01 01:02:03', '2024-01-01 01:02:03')",
  );
});

afterAll(() => engine.close());

/** A decimal may be narrower than announced (see `wide`), but has the announced scale. */
function shown(types: readonly string[]): readonly string[] {
  return types.map((type) =>
    type.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ").replace(/^DECIMAL\(\d+,/, "DECIMAL(_,"),
  );
}

/** The wire and other readers take values by the engine's types: these must be those of the types that are announced. */
test.each([
  "i2, i4, i8, n, w, f4, f8, b, v, c, d, ts, tz",
  "i2 + 1, i2 + i2, i4 + i8, 1 + 1, i4 * 2, i8 - 1, - i2",
  "i4 / 2, i8 / 2, i2 % 2, n / 2, 1 / 2, f4 * 2, f8 / 2",
  "n + 1, n * 2, n * n, 1 - n, n + 0.5, - n",
  "sum(i2), sum(i4), sum(i8), sum(n), sum(f4), sum(f8), count(*), avg(i4), avg(n), avg(f8)",
  "min(i2), max(n), min(v), max(d), max(ts), count(distinct v)",
  "case when b then 1 else 2.5 end, coalesce(i2, 5), coalesce(i4, i8), nvl(n, 0), nullif(i4, 2)",
  "case when b then i2 else 1 end, case when b then null else i8 end, null, 'x'",
  "d + 1, d - d, ts - d, date_trunc('month', ts), dateadd(day, 1, d), extract(year from d)",
  "v || c, upper(v), len(v), substring(v, 1, 2), v::varchar(3), c::varchar(5)",
  "i4::bigint, n::int, n::numeric(5,1), f8::numeric(10,3), '5'::smallint, d::timestamp, ts::date, v = 'x'",
  "row_number() over (order by i4), rank() over (order by n), sum(i4) over (), lag(i8) over (order by i4)",
  "1.5, 12345678901, 0.05, 1e3, true, date '2024-01-01', timestamp '2024-01-01 00:00:00'",
])("%s", async (list) => {
  const { engine: found, bound } = await engine.types(`select ${list} from t`);
  expect(shown(found)).toEqual(shown(bound));
});

test("set operations, CTEs and VALUES keep to it", async () => {
  for (const text of [
    "select i2 from t union all select i8 from t",
    "select n from t union all select 1",
    "select 1 union select 2.55",
    "select null union all select d from t",
    "with recursive r(x) as (select i2 from t union all select x + 1 from r where x < 3) select x from r",
  ]) {
    const { engine: found, bound } = await engine.types(text);
    expect([text, ...shown(found)]).toEqual([text, ...shown(bound)]);
  }
});
