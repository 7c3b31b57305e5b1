import { describe, expect, it } from "vitest";
import { explainTest } from "./test-plan.ts";

type Case = readonly [name: string, columns: string, query: string, plan: string];

const joins: readonly Case[] = [
  [
    "window join",
    "x BIGINT, y BIGINT",
    "SELECT a.id, b.id FROM (SELECT * FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS a JOIN (SELECT * FROM TABLE(TUMBLE(TABLE f, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS b ON a.k = b.k AND a.window_start = b.window_start AND a.window_end = b.window_end AND a.v < b.v",
    `
Calc(select=[id AS x, id AS y])
 WindowJoin(leftWindow=[win_end=[window_end]], rightWindow=[win_end=[window_end]], joinType=[InnerJoin], where=[(k = k) AND (window_start = window_start) AND (window_end = window_end) AND (v < v)])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, window_start, window_end])
    WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
     Scan e[id, k, v, ts]
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, window_start, window_end])
    WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
     Scan f[id, k, v, ts]`,
  ],
  [
    "window join that compares a bound with another column too",
    "x BIGINT, y BIGINT",
    "SELECT a.id, b.id FROM (SELECT * FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS a LEFT JOIN (SELECT *, ts AS t2 FROM TABLE(TUMBLE(TABLE f, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS b ON a.window_start = b.window_start AND a.window_end = b.window_end AND a.window_end = CAST(b.t2 AS TIMESTAMP(3))",
    `
Calc(select=[id AS x, id AS y])
 Calc(select=[id, window_start, window_end, id, window_start, window_end, t2])
  WindowJoin(leftWindow=[win_end=[window_end]], rightWindow=[win_end=[window_end]], joinType=[LeftOuterJoin], where=[(window_start = window_start) AND (window_end = window_end) AND (window_end = $k0)])
   Exchange(distribution=[hash[window_end]])
    Calc(select=[id, window_start, window_end])
     WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
      Scan e[id, ts]
   Exchange(distribution=[hash[$k0]])
    Calc(select=[id, window_start, window_end, t2, CAST(t2 AS TIMESTAMP(3)) AS $k0])
     Calc(select=[id, window_start, window_end, ts AS t2])
      WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
       Scan f[id, ts]`,
  ],
  [
    "windows of other shapes are joined as rows",
    "x BIGINT, y BIGINT",
    "SELECT a.id, b.id FROM (SELECT * FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS a JOIN (SELECT * FROM TABLE(TUMBLE(TABLE f, DESCRIPTOR(ts), INTERVAL '5' SECOND))) AS b ON a.window_start = b.window_start AND a.window_end = b.window_end",
    `
Calc(select=[id AS x, id AS y])
 Join(joinType=[InnerJoin], where=[(window_start = window_start) AND (window_end = window_end)])
  Exchange(distribution=[hash[window_start, window_end]])
   Calc(select=[id, window_start, window_end])
    WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
     Scan e[id, ts]
  Exchange(distribution=[hash[window_start, window_end]])
   Calc(select=[id, window_start, window_end])
    WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[5 s])])
     Scan f[id, ts]`,
  ],
  [
    "interval join with BETWEEN",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e JOIN f ON e.k = f.k AND e.ts BETWEEN f.ts - INTERVAL '5' SECOND AND f.ts + INTERVAL '1' MINUTE",
    `
Calc(select=[id AS x, id AS y])
 IntervalJoin(windowBounds=[isRowTime=true, leftLowerBound=-5000, leftUpperBound=60000, leftTimeIndex=2, rightTimeIndex=2], joinType=[InnerJoin], where=[(k = k)])
  Exchange(distribution=[hash[k]])
   Scan e[id, k, ts]
  Exchange(distribution=[hash[k]])
   Scan f[id, k, ts]`,
  ],
  [
    "interval join in WHERE",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e, f WHERE e.id = f.id AND e.ts >= f.ts AND f.ts + INTERVAL '10' SECOND > e.ts AND e.v > f.v",
    `
Calc(select=[id AS x, id AS y])
 IntervalJoin(windowBounds=[isRowTime=true, leftLowerBound=0, leftUpperBound=9999.999, leftTimeIndex=2, rightTimeIndex=2], joinType=[InnerJoin], where=[(id = id) AND (v > v)])
  Exchange(distribution=[hash[id]])
   Scan e[id, v, ts]
  Exchange(distribution=[hash[id]])
   Scan f[id, v, ts]`,
  ],
  [
    "interval join the other way around",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e LEFT JOIN f ON e.k = f.k AND f.ts - INTERVAL '1' SECOND <= e.ts AND f.ts >= e.ts - INTERVAL '3' SECOND",
    `
Calc(select=[id AS x, id AS y])
 IntervalJoin(windowBounds=[isRowTime=true, leftLowerBound=-1000, leftUpperBound=3000, leftTimeIndex=2, rightTimeIndex=2], joinType=[LeftOuterJoin], where=[(k = k)])
  Exchange(distribution=[hash[k]])
   Scan e[id, k, ts]
  Exchange(distribution=[hash[k]])
   Scan f[id, k, ts]`,
  ],
  [
    "interval join of equal times",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e FULL JOIN f ON e.k = f.k AND e.ts = f.ts",
    `
Calc(select=[id AS x, id AS y])
 IntervalJoin(windowBounds=[isRowTime=true, leftLowerBound=0, leftUpperBound=0, leftTimeIndex=2, rightTimeIndex=2], joinType=[FullOuterJoin], where=[(k = k)])
  Exchange(distribution=[hash[k]])
   Scan e[id, k, ts]
  Exchange(distribution=[hash[k]])
   Scan f[id, k, ts]`,
  ],
  [
    "interval join of processing time",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e JOIN f ON e.k = f.k AND e.pt BETWEEN f.pt - INTERVAL '5' SECOND AND f.pt",
    `
Calc(select=[id AS x, id AS y])
 IntervalJoin(windowBounds=[isRowTime=false, leftLowerBound=-5000, leftUpperBound=0, leftTimeIndex=2, rightTimeIndex=2], joinType=[InnerJoin], where=[(k = k)])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, pt])
    Calc(select=[id, k, PROCTIME() AS pt, ts])
     Scan e[id, k, ts]
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, pt])
    Calc(select=[id, k, PROCTIME() AS pt, ts])
     Scan f[id, k, ts]`,
  ],
  [
    "interval semi join",
    "x BIGINT",
    "SELECT id FROM e WHERE EXISTS (SELECT 1 FROM f WHERE f.k = e.k AND f.ts BETWEEN e.ts AND e.ts + INTERVAL '5' SECOND)",
    `
Calc(select=[id AS x])
 IntervalJoin(windowBounds=[isRowTime=true, leftLowerBound=-5000, leftUpperBound=0, leftTimeIndex=2, rightTimeIndex=1], joinType=[LeftSemiJoin], where=[(k = $c0)])
  Exchange(distribution=[hash[k]])
   Scan e[id, k, ts]
  Exchange(distribution=[hash[$c0]])
   Calc(select=[k AS $c0, ts AS $c1])
    Scan f[k, ts]`,
  ],
  [
    "times that came through a regular join are ordinary columns: no interval join",
    "x BIGINT",
    "SELECT a.id FROM (SELECT e.id, e.ts, e.k FROM e JOIN f ON e.k = f.k) AS a JOIN f ON a.k = f.k AND a.ts BETWEEN f.ts AND f.ts + INTERVAL '5' SECOND",
    `
Calc(select=[id AS x])
 Join(joinType=[InnerJoin], where=[(k = k) AND (ts >= ts) AND (ts <= (ts + 5000:INTERVAL SECOND))])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, ts, k])
    Join(joinType=[InnerJoin], where=[(k = k)])
     Exchange(distribution=[hash[k]])
      Scan e[id, k, ts]
     Exchange(distribution=[hash[k]])
      Calc(select=[k])
       Scan f[k, ts]
  Exchange(distribution=[hash[k]])
   Reused(reference_id=[3])`,
  ],
  [
    "one bound is no interval",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e JOIN f ON e.k = f.k AND e.ts > f.ts",
    `
Calc(select=[id AS x, id AS y])
 Join(joinType=[InnerJoin], where=[(k = k) AND (ts > ts)])
  Exchange(distribution=[hash[k]])
   Scan e[id, k, ts]
  Exchange(distribution=[hash[k]])
   Scan f[id, k, ts]`,
  ],
  [
    "regular join with a computed key",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e JOIN f ON e.k + 1 = f.k AND e.s IS NOT DISTINCT FROM f.s",
    `
Calc(select=[id AS x, id AS y])
 Calc(select=[id, k, s, id, k, s])
  Join(joinType=[InnerJoin], where=[($k0 = k) AND (s IS NOT DISTINCT FROM s)])
   Exchange(distribution=[hash[$k0, s]])
    Calc(select=[id, k, s, (k + 1) AS $k0])
     Calc(select=[id, k, s])
      Scan e[id, k, s, ts]
   Exchange(distribution=[hash[k, s]])
    Calc(select=[id, k, s])
     Scan f[id, k, s, ts]`,
  ],
  [
    "cross join",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e CROSS JOIN f",
    `
Calc(select=[id AS x, id AS y])
 Join(joinType=[InnerJoin], where=[true])
  Exchange(distribution=[single])
   Calc(select=[id])
    Scan e[id, ts]
  Exchange(distribution=[single])
   Calc(select=[id])
    Scan f[id, ts]`,
  ],
];

describe("joins", () => {
  it.each(joins)("%s", async (_name, columns, query, plan) => {
    expect(await explainTest(columns, query)).toBe(plan.trimStart());
  });
});
