import { describe, expect, it } from "vitest";
import { explainTest } from "./test-plan.ts";

type Case = readonly [name: string, columns: string, query: string, plan: string];

const ranks: readonly Case[] = [
  [
    "top-N with ranks",
    "k INT, id BIGINT, n BIGINT",
    "SELECT k, id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC, id) AS n FROM e) WHERE n >= 2 AND 5 > n",
    `
Calc(select=[k, id, $w6 AS n], changelogMode=[I,UB,UA,D])
 Rank(rankType=[ROW_NUMBER], rankRange=[rankStart=2, rankEnd=4], partitionBy=[k], orderBy=[v DESC, id ASC], outputRankNumber=[true], changelogMode=[I,UB,UA,D])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v])
    Scan e[id, k, v, ts]`,
  ],
  [
    "top-N without ranks",
    "k INT, id BIGINT",
    "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) AS n FROM e) WHERE n <= 3",
    `
Calc(select=[k, id], changelogMode=[I,UB,UA,D])
 Rank(rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=3], partitionBy=[k], orderBy=[v ASC], outputRankNumber=[false], changelogMode=[I,UB,UA,D])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v])
    Scan e[id, k, v, ts]`,
  ],
  [
    "top-1 of groups",
    "k INT, c BIGINT",
    "SELECT k, c FROM (SELECT k, c, ROW_NUMBER() OVER (ORDER BY c DESC) AS n FROM (SELECT k, COUNT(*) AS c FROM e GROUP BY k)) WHERE n = 1",
    `
SortLimit(rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=1], partitionBy=[], orderBy=[c DESC], outputRankNumber=[false], changelogMode=[I,UB,UA,D])
 Exchange(distribution=[single])
  Calc(select=[k, EXPR$0 AS c], changelogMode=[I,UB,UA])
   GroupAggregate(groupBy=[k], select=[k, COUNT(*) AS EXPR$0], changelogMode=[I,UB,UA])
    Exchange(distribution=[hash[k]])
     Calc(select=[k])
      Scan e[k, ts]`,
  ],
  [
    "first row by event time",
    "k INT, id BIGINT",
    "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS n FROM e) WHERE n = 1",
    `
Calc(select=[k, id], changelogMode=[I,UB,UA])
 Deduplicate(keep=[FirstRow], key=[k], order=[ROWTIME], changelogMode=[I,UB,UA])
  Exchange(distribution=[hash[k]])
   Scan e[id, k, ts]`,
  ],
  [
    "last row by event time",
    "k INT, id BIGINT",
    "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) AS n FROM e) WHERE n = 1",
    `
Calc(select=[k, id], changelogMode=[I,UB,UA])
 Deduplicate(keep=[LastRow], key=[k], order=[ROWTIME], changelogMode=[I,UB,UA])
  Exchange(distribution=[hash[k]])
   Scan e[id, k, ts]`,
  ],
  [
    "first row to come",
    "k INT, id BIGINT",
    "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY pt) AS n FROM e) WHERE n <= 1",
    `
Calc(select=[k, id])
 Deduplicate(keep=[FirstRow], key=[k], order=[PROCTIME])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, pt])
    Calc(select=[id, k, PROCTIME() AS pt, ts])
     Scan e[id, k, ts]`,
  ],
  [
    "last row to come",
    "k INT, id BIGINT",
    "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY pt DESC) AS n FROM e) WHERE n < 2",
    `
Calc(select=[k, id], changelogMode=[I,UB,UA])
 Deduplicate(keep=[LastRow], key=[k], order=[PROCTIME], changelogMode=[I,UB,UA])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, pt])
    Calc(select=[id, k, PROCTIME() AS pt, ts])
     Scan e[id, k, ts]`,
  ],
  [
    "first row with its number is a top-N",
    "k INT, n BIGINT",
    "SELECT k, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS n FROM e) WHERE n = 1",
    `
Calc(select=[k, $w6 AS n], changelogMode=[I,UB,UA,D])
 Rank(rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=1], partitionBy=[k], orderBy=[ts ASC], outputRankNumber=[true], changelogMode=[I,UB,UA,D])
  Exchange(distribution=[hash[k]])
   Scan e[k, ts]`,
  ],
  [
    "window top-N",
    "w TIMESTAMP(3), id BIGINT, n BIGINT",
    "SELECT window_start, id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY v DESC) AS n FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND))) WHERE n <= 3",
    `
Calc(select=[window_start AS w, id, $w9 AS n])
 WindowRank(window=[win_start=[window_start], win_end=[window_end]], rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=3], partitionBy=[window_start, window_end, k], orderBy=[v DESC], outputRankNumber=[true])
  Exchange(distribution=[hash[k]])
   WindowTableFunction(window=[TUMBLE(time_col=[ts], size=[10 s])])
    Scan e[id, k, v, ts]`,
  ],
  [
    "window top-N of window aggregates",
    "w TIMESTAMP(3), k INT, c BIGINT",
    "SELECT window_start, k, c FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY c DESC) AS n FROM (SELECT k, window_start, window_end, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end)) WHERE n <= 3",
    `
Calc(select=[window_start AS w, k, c])
 WindowRank(window=[win_start=[window_start], win_end=[window_end]], rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=3], partitionBy=[window_start, window_end], orderBy=[c DESC], outputRankNumber=[false])
  Exchange(distribution=[single])
   Calc(select=[k, window_start, window_end, EXPR$0 AS c])
    Calc(select=[k, window_start, window_end, EXPR$0])
     WindowAggregate(groupBy=[k], window=[TUMBLE(time_col=[ts], size=[10 s])], select=[k, COUNT(*) AS EXPR$0, window_start, window_end])
      Exchange(distribution=[hash[k]])
       Scan e[k, ts]`,
  ],
  [
    "sort with a limit",
    "id BIGINT",
    "SELECT id FROM e ORDER BY v DESC, id LIMIT 5 OFFSET 2",
    `
Calc(select=[id], changelogMode=[I,UB,UA,D])
 SortLimit(rankType=[ROW_NUMBER], rankRange=[rankStart=3, rankEnd=7], partitionBy=[], orderBy=[$s1 DESC, id ASC], outputRankNumber=[false], changelogMode=[I,UB,UA,D])
  Exchange(distribution=[single])
   Calc(select=[id, v AS $s1])
    Scan e[id, v, ts]`,
  ],
  [
    "limit",
    "id BIGINT",
    "SELECT id FROM e LIMIT 5",
    `
Limit(rankType=[ROW_NUMBER], rankRange=[rankStart=1, rankEnd=5], partitionBy=[], orderBy=[], outputRankNumber=[false])
 Exchange(distribution=[single])
  Calc(select=[id])
   Scan e[id, ts]`,
  ],
  [
    "distinct",
    "k INT, s STRING",
    "SELECT DISTINCT k, s FROM e",
    `
GroupAggregate(groupBy=[k, s], select=[k, s])
 Exchange(distribution=[hash[k, s]])
  Calc(select=[k, s])
   Scan e[k, s, ts]`,
  ],
  [
    "union of distinct rows",
    "x INT",
    "SELECT k FROM e UNION SELECT v FROM f",
    `
Calc(select=[k AS x])
 GroupAggregate(groupBy=[k], select=[k])
  Exchange(distribution=[hash[k]])
   Union(all=[true], union=[k])
    Calc(select=[k])
     Scan e[k, ts]
    Calc(select=[v])
     Scan f[v, ts]`,
  ],
  [
    "values",
    "a INT, b STRING",
    "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(a, b) WHERE a > 1",
    `
Calc(select=[EXPR$0 AS a, EXPR$1 AS b], where=[(EXPR$0 > 1)])
 Values(rows=[2])`,
  ],
  [
    "collection, outer and numbered",
    "k INT, x INT, o INT",
    "SELECT k, x, o FROM n LEFT JOIN UNNEST(items) WITH ORDINALITY AS t(x, o) ON TRUE",
    `
Calc(select=[k, x, o])
 Correlate(invocation=[UNNEST(items)], joinType=[LEFT])
  Scan n[k, items]`,
  ],
  [
    "map as rows",
    "k INT, a STRING, b INT",
    "SELECT k, a, b FROM n CROSS JOIN UNNEST(m) AS t(a, b)",
    `
Calc(select=[k, a, b])
 Correlate(invocation=[UNNEST(m)], joinType=[INNER])
  Scan n[k, m]`,
  ],
  [
    "IN is a semi join",
    "id BIGINT",
    "SELECT id FROM e WHERE k IN (SELECT k FROM f WHERE v > 1)",
    `
Calc(select=[id])
 Join(joinType=[LeftSemiJoin], where=[(k = k)])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k])
    Scan e[id, k, ts]
  Exchange(distribution=[hash[k]])
   Calc(select=[k], where=[(v > 1)])
    Scan f[v, k, ts]`,
  ],
  [
    "EXISTS is a semi join",
    "id BIGINT",
    "SELECT id FROM e WHERE EXISTS (SELECT 1 FROM f WHERE f.k = e.k AND f.v > e.v)",
    `
Calc(select=[id])
 Join(joinType=[LeftSemiJoin], where=[(k = $c0) AND ($c1 > v)])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k, v])
    Scan e[id, k, v, ts]
  Exchange(distribution=[hash[$c0]])
   Calc(select=[k AS $c0, v AS $c1])
    Scan f[k, v, ts]`,
  ],
  [
    "NOT EXISTS is an anti join",
    "id BIGINT",
    "SELECT id FROM e WHERE NOT EXISTS (SELECT 1 FROM f WHERE f.k = e.k)",
    `
Calc(select=[id], changelogMode=[I,D])
 Join(joinType=[LeftAntiJoin], where=[(k = $c0)], changelogMode=[I,D])
  Exchange(distribution=[hash[k]])
   Calc(select=[id, k])
    Scan e[id, k, ts]
  Exchange(distribution=[hash[$c0]])
   Calc(select=[k AS $c0])
    Scan f[k, ts]`,
  ],
  [
    "NOT IN asks for NULLs as well",
    "id BIGINT",
    "SELECT id FROM e WHERE k NOT IN (SELECT k FROM f WHERE v > 1)",
    `
Calc(select=[id], changelogMode=[I,D])
 Join(joinType=[LeftAntiJoin], where=[(k = k) IS NOT FALSE], changelogMode=[I,D])
  Exchange(distribution=[single])
   Calc(select=[id, k])
    Scan e[id, k, ts]
  Exchange(distribution=[single])
   Calc(select=[k], where=[(v > 1)])
    Scan f[v, k, ts]`,
  ],
  [
    "NOT IN of what cannot be NULL",
    "id BIGINT",
    "SELECT id FROM e WHERE COALESCE(k, 0) NOT IN (SELECT COALESCE(k, 0) FROM f)",
    `
Calc(select=[id], changelogMode=[I,D])
 Calc(select=[id, k], changelogMode=[I,D])
  Join(joinType=[LeftAntiJoin], where=[($k0 = EXPR$0)], changelogMode=[I,D])
   Exchange(distribution=[hash[$k0]])
    Calc(select=[id, k, COALESCE(k, 0) AS $k0])
     Calc(select=[id, k])
      Scan e[id, k, ts]
   Exchange(distribution=[hash[EXPR$0]])
    Calc(select=[COALESCE(k, 0) AS EXPR$0])
     Scan f[k, ts]`,
  ],
  [
    "scalar query",
    "id BIGINT",
    "SELECT id FROM e WHERE v > (SELECT MAX(v) FROM f)",
    `
Calc(select=[id], where=[(v > EXPR$0)], changelogMode=[I,UB,UA,D])
 Join(joinType=[LeftOuterJoin], where=[true], changelogMode=[I,UB,UA,D])
  Exchange(distribution=[single])
   Calc(select=[id, v])
    Scan e[id, v, ts]
  Exchange(distribution=[single])
   GroupAggregate(select=[MAX(v) AS EXPR$0], changelogMode=[I,UB,UA])
    Exchange(distribution=[single])
     Calc(select=[v])
      Scan f[v, ts]`,
  ],
  [
    "windows of local time",
    "k INT, c BIGINT",
    "SELECT k, COUNT(*) FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(lt), INTERVAL '1' DAY)) GROUP BY k, window_start, window_end",
    `
Calc(select=[k, EXPR$0 AS c])
 Calc(select=[k, window_start, window_end, EXPR$0])
  WindowAggregate(groupBy=[k], window=[TUMBLE(time_col=[lt], size=[1 d])], select=[k, COUNT(*) AS EXPR$0, window_start, window_end])
   Exchange(distribution=[hash[k]])
    Scan l[k, lt]`,
  ],
];

describe("ranks, sets and subqueries", () => {
  it.each(ranks)("%s", async (_name, columns, query, plan) => {
    expect(await explainTest(columns, query)).toBe(plan.trimStart());
  });
});
