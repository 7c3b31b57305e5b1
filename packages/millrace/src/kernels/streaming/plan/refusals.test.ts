import { describe, expect, it } from "vitest";
import { SqlError } from "../../../sql/sql-error.ts";
import { insertOf, planTest } from "./test-plan.ts";

async function refusal(columns: string, query: string, connector?: string): Promise<string> {
  const outcome = await planTest(insertOf(columns, query, connector)).catch((error: unknown) => error);
  if (!(outcome instanceof SqlError)) throw new Error(`planned, or failed otherwise: ${String(outcome)}`);
  return `${outcome.sqlState} ${outcome.message}`;
}

const tumble = (input: string, time: string): string =>
  `TABLE(TUMBLE(${input}, DESCRIPTOR(${time}), INTERVAL '1' MINUTE))`;
const firstRows =
  "(SELECT k, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS n FROM e) WHERE n = 1)";
const rank = (call: string, where: string): string =>
  `SELECT id, n FROM (SELECT id, ${call} OVER (PARTITION BY k ORDER BY v) AS n FROM e)${where}`;
const session = "TABLE(SESSION(TABLE e PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND))";
const two = "a BIGINT, b BIGINT";

describe("what the engine has not is refused by name, with where it runs", () => {
  it.each([
    ["id BIGINT", "SELECT id FROM e ORDER BY v", "ORDER BY without LIMIT in a streaming query"],
    ["id BIGINT", "SELECT id FROM e ORDER BY v OFFSET 3", "ORDER BY without LIMIT in a streaming query"],
    [two, rank("ROW_NUMBER()", ""), "ROW_NUMBER() OVER without a filter that bounds the number from above"],
    [two, rank("ROW_NUMBER()", " WHERE n > 3"), "ROW_NUMBER() OVER without a filter that bounds the number"],
    [two, rank("RANK()", " WHERE n <= 3"), "OVER aggregation with RANK"],
    [two, rank("DENSE_RANK()", " WHERE n <= 3"), "OVER aggregation with DENSE_RANK"],
    [two, "SELECT id, SUM(v) OVER (PARTITION BY k ORDER BY ts) FROM e", "OVER aggregation with SUM"],
    [two, "SELECT id, LAG(v) OVER (PARTITION BY k ORDER BY ts) FROM e", "OVER aggregation with LAG"],
    ["k INT", "SELECT k FROM e GROUP BY GROUPING SETS ((k), ())", "GROUPING SETS"],
    ["k INT", "SELECT k FROM e GROUP BY ROLLUP (k)", "ROLLUP"],
    ["k INT", "SELECT k FROM e INTERSECT SELECT k FROM f", "INTERSECT"],
    ["k INT", "SELECT k FROM e EXCEPT SELECT k FROM f", "EXCEPT"],
    ["k INT", "SELECT e.k FROM e JOIN f FOR SYSTEM_TIME AS OF e.pt ON e.k = f.k", "FOR SYSTEM_TIME AS OF"],
    [
      "k INT, w TIMESTAMP(3)",
      `SELECT k, window_start FROM ${session}`,
      "A SESSION window table that is not grouped by its window",
    ],
    [
      two,
      `SELECT v, COUNT(*) FROM ${session} GROUP BY v, window_start, window_end`,
      "A SESSION window that is grouped by other columns than those of its PARTITION BY",
    ],
    [
      "k INT, w TIMESTAMP(3)",
      `SELECT k, window_start FROM ${tumble(firstRows, "ts")}`,
      "A window table over a changelog with updates (Deduplicate)",
    ],
    [
      two,
      `SELECT k, COUNT(*) FROM ${tumble(firstRows, "ts")} GROUP BY k, window_start, window_end`,
      "Window aggregation over a changelog with updates or deletes (Deduplicate)",
    ],
    [
      "k INT",
      `SELECT a.k FROM ${firstRows} AS a JOIN f ON a.k = f.k AND a.ts BETWEEN f.ts AND f.ts + INTERVAL '5' SECOND`,
      "Interval join over a changelog with updates or deletes (Deduplicate)",
    ],
  ])("%s: %s", async (columns, query, feature) => {
    const message = await refusal(columns, query);
    expect(message).toContain(`0A000 `);
    expect(message).toContain(feature);
    expect(message).toMatch(/; it runs on Apache Flink itself$/);
  });
});

describe("what is no time attribute any more", () => {
  it.each([
    ["behind a regular join", tumble("(SELECT e.ts AS t, e.k FROM e JOIN f ON e.k = f.k)", "t"), "t"],
    ["behind an outer join", tumble("(SELECT f.ts AS t, e.k FROM e LEFT JOIN f ON e.k = f.k)", "t"), "t"],
    [
      "behind the outer side of an interval join",
      tumble("(SELECT f.ts AS t, e.k FROM e LEFT JOIN f ON e.k = f.k AND e.ts = f.ts)", "t"),
      "t",
    ],
  ])("%s makes no windows", async (_name, table, column) => {
    expect(
      await refusal(two, `SELECT k, COUNT(*) FROM ${table} GROUP BY k, window_start, window_end`),
    ).toMatch(
      new RegExp(`^42000 The window function TUMBLE requires the timecol '${column}' to be a time attribute`),
    );
  });

  it("makes no group windows either", async () => {
    const query =
      "SELECT k, COUNT(*) FROM (SELECT e.ts AS t, e.k FROM e JOIN f ON e.k = f.k) GROUP BY k, TUMBLE(t, INTERVAL '1' MINUTE)";
    expect(await refusal(two, query)).toMatch(/^42000 The window function TUMBLE requires the timecol 't'/);
  });
});

describe("sinks", () => {
  it.each([
    ["counts", "SELECT k, COUNT(*) FROM e GROUP BY k", "Calc("],
    ["outer joins", "SELECT e.id, f.id FROM e LEFT JOIN f ON e.k = f.k", "Calc("],
    [
      "last rows",
      "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) AS n FROM e) WHERE n = 1",
      "Calc(",
    ],
    ["top-N", "SELECT k, k AS b FROM e ORDER BY k LIMIT 3", "Calc("],
  ])("that take inserts only refuse %s", async (_name, query, node) => {
    expect(await refusal(two, query, "append")).toContain(
      `42000 Table sink 'default_catalog.default_database.sink' doesn't support consuming update and delete changes which is produced by node ${node}`,
    );
  });

  it.each([
    ["projections", "SELECT id, k FROM e WHERE v > 1"],
    ["distinct rows", "SELECT DISTINCT k, v FROM e"],
    ["the first rows to come", "SELECT id, k FROM e LIMIT 4"],
    [
      "the first row of a key to come",
      "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY pt) AS n FROM e) WHERE n = 1",
    ],
    ["windows", "SELECT k, COUNT(*) FROM e GROUP BY k, TUMBLE(ts, INTERVAL '1' MINUTE)"],
    ["interval joins", "SELECT e.id, f.id FROM e FULL JOIN f ON e.k = f.k AND e.ts = f.ts"],
    ["inner joins", "SELECT e.id, f.id FROM e JOIN f ON e.k = f.k"],
  ])("that take inserts only take %s", async (_name, query) => {
    const { nodes } = await planTest(insertOf(two, query, "append"));
    expect(nodes.map(({ changelog }) => changelog)).toEqual(nodes.map(() => "append"));
  });

  it("by primary key need one", async () => {
    expect(await refusal(two, "SELECT k, COUNT(*) FROM e GROUP BY k", "upsert")).toBe(
      "42000 Table sink 'default_catalog.default_database.sink' takes updates by its primary key, and has none",
    );
  });
});
