import { describe, expect, it } from "vitest";
import { explainTest } from "./test-plan.ts";

type Case = readonly [name: string, columns: string, query: string, plan: string];

const filters: readonly Case[] = [
  [
    "filter goes below projections and reads few columns",
    "x INT",
    "SELECT y + 1 FROM (SELECT k * 2 AS y, v AS q, s FROM e) WHERE y > 4 AND q IS NOT NULL",
    `
Calc(select=[((k * 2) + 1) AS x], where=[(((k * 2) > 4) AND v IS NOT NULL)])
 Scan e[k, v, ts]`,
  ],
  [
    "filter goes into each input of a union",
    "x INT",
    "SELECT x FROM (SELECT k AS x FROM e UNION ALL SELECT v FROM f) WHERE x > 3",
    `
Union(all=[true], union=[x])
 Calc(select=[k AS x], where=[(k > 3)])
  Scan e[k, ts]
 Calc(select=[v], where=[(v > 3)])
  Scan f[v, ts]`,
  ],
  [
    "filters go into the sides of an inner join",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e, f WHERE e.k = f.k AND e.v > 1 AND f.v > 2 AND e.v + f.v > 9",
    `
Calc(select=[id AS x, id AS y])
 Join(joinType=[InnerJoin], where=[(k = k) AND ((v + v) > 9)])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v], where=[(v > 1)])
    Scan e[v, id, k, ts]
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v], where=[(v > 2)])
    Scan f[v, id, k, ts]`,
  ],
  [
    "filters stay above the outer side of a left join",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e LEFT JOIN f ON e.k = f.k AND f.v > 2 AND e.v = 7 WHERE e.s = 'a' AND f.s = 'b'",
    `
Calc(select=[id AS x, id AS y], where=[(s = 'b')], changelogMode=[I,D])
 Join(joinType=[LeftOuterJoin], where=[(k = k) AND (v = 7)], changelogMode=[I,D])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, s], where=[(s = 'a')])
    Scan e[s, id, k, v, ts]
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, s], where=[(v > 2)])
    Scan f[v, id, k, s, ts]`,
  ],
  [
    "filters of a right join",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e RIGHT JOIN f ON e.k = f.k AND e.v > 2 AND f.v = 7 WHERE e.s = 'a' AND f.s = 'b'",
    `
Calc(select=[id AS x, id AS y], where=[(s = 'a')], changelogMode=[I,D])
 Join(joinType=[RightOuterJoin], where=[(k = k) AND (v = 7)], changelogMode=[I,D])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, s], where=[(v > 2)])
    Scan e[v, id, k, s, ts]
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, s], where=[(s = 'b')])
    Scan f[s, id, k, v, ts]`,
  ],
  [
    "filters of a full join stay",
    "x BIGINT, y BIGINT",
    "SELECT e.id, f.id FROM e FULL JOIN f ON e.k = f.k AND e.v > 2 WHERE e.s = 'a' AND f.s = 'b'",
    `
Calc(select=[id AS x, id AS y], where=[((s = 'a') AND (s = 'b'))], changelogMode=[I,D])
 Join(joinType=[FullOuterJoin], where=[(k = k) AND (v > 2)], changelogMode=[I,D])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, s])
    Scan e[id, k, v, s, ts]
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, s])
    Scan f[id, k, s, ts]`,
  ],
  [
    "filter on groups goes below, HAVING stays",
    "k INT, c BIGINT",
    "SELECT k, c FROM (SELECT k, COUNT(*) AS c FROM e GROUP BY k) WHERE k > 2 AND c > 3",
    `
Calc(select=[k, EXPR$0 AS c], where=[(EXPR$0 > 3)], changelogMode=[I,UB,UA])
 GroupAggregate(groupBy=[k], select=[k, COUNT(*) AS EXPR$0], changelogMode=[I,UB,UA])
  Exchange(distribution=[hash[k]])
   Calc(select=[k], where=[(k > 2)])
    Scan e[k, ts]`,
  ],
  [
    "filter on own columns goes below windows",
    "k INT, w TIMESTAMP(3)",
    "SELECT k, window_start FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND)) WHERE k = 1 AND window_start > TIMESTAMP '2026-01-01 00:00:00'",
    `
Calc(select=[k, window_start AS w], where=[(window_start > 1767225600000)])
 WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
  Calc(select=[k, ts], where=[(k = 1)])
   Scan e[k, ts]`,
  ],
  [
    "filter on a partition goes below its ranks",
    "k INT, id BIGINT",
    "SELECT k, id FROM (SELECT k, id, s, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) AS n FROM e) WHERE n <= 2 AND k > 1 AND s = 'a'",
    `
Calc(select=[k, id], where=[(s = 'a')], changelogMode=[I,UB,UA,D])
 Rank(rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=2], partitionBy=[k], orderBy=[v ASC], outputRankNumber=[false], changelogMode=[I,UB,UA,D])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v, s], where=[(k > 1)])
    Scan e[k, id, v, s, ts]`,
  ],
  [
    "filter stays above a limit",
    "id BIGINT",
    "SELECT id FROM (SELECT id, k FROM e ORDER BY v LIMIT 3) WHERE k = 1",
    `
Calc(select=[id], where=[(k = 1)], changelogMode=[I,UB,UA,D])
 SortLimit(rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=3], partitionBy=[], orderBy=[$s2 ASC], outputRankNumber=[false], changelogMode=[I,UB,UA,D])
  Exchange(distribution=[single])
   Calc(select=[id, k, v AS $s2])
    Scan e[id, k, v, ts]`,
  ],
  [
    "filter goes below a collection",
    "k INT, x INT",
    "SELECT k, x FROM n CROSS JOIN UNNEST(items) AS t(x) WHERE k = 1 AND x > 2",
    `
Calc(select=[k, x], where=[(x > 2)])
 Correlate(invocation=[UNNEST(items)], joinType=[INNER])
  Calc(select=[k, items], where=[(k = 1)])
   Scan n[k, items]`,
  ],
  [
    "volatile conditions stay where they are",
    "x DOUBLE",
    "SELECT r FROM (SELECT RAND() AS r, k FROM e) WHERE r > 0.5 AND k = 1",
    `
Calc(select=[r AS x], where=[(r > 0.5)])
 Calc(select=[RAND() AS r], where=[(k = 1)])
  Scan e[k, ts]`,
  ],
  [
    "fields of ROWs are read as columns",
    "a STRING, b INT",
    "SELECT r.y.z, r.x FROM n WHERE r.y.w > 1",
    `
Calc(select=[r.y.z AS a, r.x AS b], where=[(r.y.w > 1)])
 Scan n[r.y.w, r.y.z, r.x]`,
  ],
  [
    "a whole ROW beside its field is read once",
    "a ROW<x INT, y ROW<z STRING, w INT>>, b INT",
    "SELECT r, r.x FROM n",
    `
Calc(select=[r AS a, r.x AS b])
 Scan n[r, r.x]`,
  ],
  [
    "no column at all",
    "c BIGINT",
    "SELECT COUNT(*) FROM n",
    `
Calc(select=[EXPR$0 AS c], changelogMode=[I,UB,UA])
 GroupAggregate(select=[COUNT(*) AS EXPR$0], changelogMode=[I,UB,UA])
  Exchange(distribution=[single])
   Scan n[]`,
  ],
  [
    "columns of aggregates that nobody reads go",
    "k INT",
    "SELECT k FROM (SELECT k, SUM(v) AS a, MAX(s) AS b FROM e GROUP BY k)",
    `
GroupAggregate(groupBy=[k], select=[k])
 Exchange(distribution=[hash[k]])
  Calc(select=[k])
   Scan e[k, ts]`,
  ],
];

const windows: readonly Case[] = [
  [
    "window aggregate",
    "k INT, w TIMESTAMP(3), c BIGINT",
    "SELECT k, window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND)) WHERE v > 0 GROUP BY window_start, window_end, k",
    `
Calc(select=[k, window_start AS w, EXPR$0 AS c])
 Calc(select=[window_start, window_end, k, EXPR$0])
  WindowAggregate(groupBy=[k], window=[TUMBLE(time_col=[ts], size=[10 s])], select=[k, COUNT(*) AS EXPR$0, window_start, window_end])
   Exchange(distribution=[hash[k]])
    Calc(select=[k, ts])
     Calc(select=[k, v, ts], where=[(v > 0)])
      Scan e[v, k, ts]`,
  ],
  [
    "window aggregate of processing time",
    "k INT, c BIGINT",
    "SELECT k, COUNT(*) FROM TABLE(HOP(TABLE e, DESCRIPTOR(pt), INTERVAL '2' SECOND, INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end",
    `
Calc(select=[k, EXPR$0 AS c])
 Calc(select=[k, window_start, window_end, EXPR$0])
  WindowAggregate(groupBy=[k], window=[HOP(time_col=[pt], size=[10 s], slide=[2 s])], select=[k, COUNT(*) AS EXPR$0, window_start, window_end])
   Exchange(distribution=[hash[k]])
    Calc(select=[k, pt])
     Calc(select=[k, PROCTIME() AS pt, ts])
      Scan e[k, ts]`,
  ],
  [
    "window aggregate over windows by window_time",
    "w TIMESTAMP(3), c BIGINT",
    "SELECT window_start, SUM(c) FROM TABLE(TUMBLE((SELECT window_time AS rt, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time), DESCRIPTOR(rt), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end",
    `
Calc(select=[window_start AS w, EXPR$0 AS c])
 Calc(select=[window_start, window_end, EXPR$0])
  WindowAggregate(window=[TUMBLE(time_col=[rt], size=[1 min])], select=[SUM(c) AS EXPR$0, window_start, window_end])
   Exchange(distribution=[single])
    Calc(select=[c, rt])
     Calc(select=[window_time AS rt, EXPR$0 AS c])
      Calc(select=[window_start, window_end, window_time, EXPR$0])
       WindowAggregate(window=[TUMBLE(time_col=[ts], size=[10 s])], select=[COUNT(*) AS EXPR$0, window_start, window_end, window_time])
        Exchange(distribution=[single])
         Scan e[ts]`,
  ],
  [
    "window aggregate on columns of windows",
    "w TIMESTAMP(3), c BIGINT",
    "SELECT window_start, MAX(c) FROM (SELECT k, window_start, window_end, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end) GROUP BY window_start, window_end",
    `
Calc(select=[window_start AS w, EXPR$0 AS c])
 Calc(select=[window_start, window_end, EXPR$0])
  WindowAggregate(window=[win_start=[window_start], win_end=[window_end]], select=[MAX(c) AS EXPR$0, window_start, window_end])
   Exchange(distribution=[single])
    Calc(select=[window_start, window_end, EXPR$0 AS c])
     Calc(select=[k, window_start, window_end, EXPR$0])
      WindowAggregate(groupBy=[k], window=[TUMBLE(time_col=[ts], size=[10 s])], select=[k, COUNT(*) AS EXPR$0, window_start, window_end])
       Exchange(distribution=[hash[k]])
        Scan e[k, ts]`,
  ],
  [
    "windows that are looked at",
    "id BIGINT, w TIMESTAMP(3)",
    "SELECT id, window_end FROM TABLE(CUMULATE(TABLE e, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '10' SECOND))",
    `
Calc(select=[id, window_end AS w])
 WindowTableFunction(window=[CUMULATE(time_col=[ts], max_size=[10 s], step=[2 s])])
  Scan e[id, ts]`,
  ],
  [
    "window grouped by more than windows without end",
    "w TIMESTAMP(3), c BIGINT",
    "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start",
    `
Calc(select=[window_start AS w, EXPR$0 AS c], changelogMode=[I,UB,UA])
 GroupAggregate(groupBy=[window_start], select=[window_start, COUNT(*) AS EXPR$0], changelogMode=[I,UB,UA])
  Exchange(distribution=[hash[window_start]])
   Calc(select=[window_start])
    WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
     Scan e[ts]`,
  ],
  [
    "session by key",
    "k INT, c BIGINT",
    "SELECT k, COUNT(*) FROM TABLE(SESSION(TABLE e PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY k, window_start, window_end",
    `
Calc(select=[k, EXPR$0 AS c])
 Calc(select=[k, window_start, window_end, EXPR$0])
  WindowAggregate(groupBy=[k], window=[SESSION(time_col=[ts], gap=[5 s])], select=[k, COUNT(*) AS EXPR$0, window_start, window_end])
   Exchange(distribution=[hash[k]])
    Scan e[k, ts]`,
  ],
  [
    "old group window",
    "k INT, a TIMESTAMP(3), c BIGINT",
    "SELECT k, TUMBLE_START(ts, INTERVAL '10' SECOND), COUNT(*) FROM e GROUP BY k, TUMBLE(ts, INTERVAL '10' SECOND)",
    `
Calc(select=[k, window_start AS a, EXPR$0 AS c])
 Calc(select=[k, window_start, window_end, EXPR$0])
  WindowAggregate(groupBy=[k], window=[TUMBLE(time_col=[ts], size=[10 s])], select=[k, COUNT(*) AS EXPR$0, window_start, window_end])
   Exchange(distribution=[hash[k]])
    Scan e[k, ts]`,
  ],
];

describe("filters and columns", () => {
  it.each(filters)("%s", async (_name, columns, query, plan) => {
    expect(await explainTest(columns, query)).toBe(plan.trimStart());
  });
});

describe("windows", () => {
  it.each(windows)("%s", async (_name, columns, query, plan) => {
    expect(await explainTest(columns, query)).toBe(plan.trimStart());
  });
});
