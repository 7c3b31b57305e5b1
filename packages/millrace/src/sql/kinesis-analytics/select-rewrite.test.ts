import { describe, expect, test } from "vitest";
import { bindRewritten, pumpCode, rewriteError, rewriteTest, rewrittenQuery } from "./test-application.ts";

/** Columns of DEST, the pump's query, and what becomes of it. */
const CASES: readonly (readonly [string, string, string])[] = [
  [
    "a VARCHAR(4), p REAL",
    "SELECT STREAM ticker, price FROM \"SOURCE_001\" WHERE ticker SIMILAR TO 'A%'",
    "SELECT TICKER, PRICE FROM `SOURCE_001` WHERE TICKER SIMILAR TO 'A%'",
  ],
  [
    "a VARCHAR(4), p REAL, t TIMESTAMP",
    'SELECT STREAM * FROM "SOURCE_001" AS s',
    "SELECT S.`TICKER`, S.`PRICE`, S.`EVENT_TIME` FROM `SOURCE_001` AS S",
  ],
  [
    "t TIMESTAMP, a VARCHAR(4), n BIGINT",
    `SELECT STREAM STEP(s.ROWTIME BY INTERVAL '60' SECOND), ticker, COUNT(*) FROM "SOURCE_001" s
     GROUP BY ticker, STEP(s.ROWTIME BY INTERVAL '60' SECOND) HAVING COUNT(*) > 1`,
    "SELECT TUMBLE_START(S.ROWTIME, INTERVAL '60' SECOND), TICKER, COUNT(*) FROM `SOURCE_001` AS S GROUP BY TICKER, TUMBLE(S.ROWTIME, INTERVAL '60' SECOND) HAVING COUNT(*) > 1",
  ],
  [
    "t TIMESTAMP, n BIGINT",
    'SELECT STREAM "ROWTIME", SUM(price) FROM "SOURCE_001" GROUP BY FLOOR("SOURCE_001"."ROWTIME" TO MINUTE)',
    "SELECT TUMBLE_END(`SOURCE_001`.`ROWTIME`, INTERVAL '1' MINUTE), SUM(PRICE) FROM `SOURCE_001` GROUP BY TUMBLE(`SOURCE_001`.`ROWTIME`, INTERVAL '1' MINUTE)",
  ],
  [
    "t TIMESTAMP, n BIGINT",
    `SELECT STREAM FLOOR(ROWTIME TO HOUR), COUNT(*) FROM "SOURCE_001" GROUP BY STEP(ROWTIME BY INTERVAL '10' SECOND)`,
    "SELECT FLOOR(TUMBLE_START(ROWTIME, INTERVAL '10' SECOND) TO HOUR), COUNT(*) FROM `SOURCE_001` GROUP BY TUMBLE(ROWTIME, INTERVAL '10' SECOND)",
  ],
  [
    "t TIMESTAMP, n BIGINT",
    `SELECT STREAM STEP(approximate_arrival_time BY INTERVAL '10' SECOND), COUNT(*) FROM "SOURCE_001"
     GROUP BY FLOOR(ROWTIME TO SECOND), STEP(approximate_arrival_time BY INTERVAL '10' SECOND)`,
    "SELECT timestampadd(SECOND, timestampdiff(SECOND, TIMESTAMP '1970-01-01 00:00:00', APPROXIMATE_ARRIVAL_TIME) / 10 * 10, TIMESTAMP '1970-01-01 00:00:00'), COUNT(*) FROM `SOURCE_001` GROUP BY timestampadd(SECOND, timestampdiff(SECOND, TIMESTAMP '1970-01-01 00:00:00', APPROXIMATE_ARRIVAL_TIME) / 10 * 10, TIMESTAMP '1970-01-01 00:00:00'), TUMBLE(ROWTIME, INTERVAL '1' SECOND)",
  ],
  [
    "t TIMESTAMP, a VARCHAR(4), n BIGINT",
    `SELECT STREAM FLOOR(event_time TO MINUTE), ticker, COUNT(*) FROM "SOURCE_001"
     WINDOWED BY STAGGER (PARTITION BY FLOOR(event_time TO MINUTE), ticker RANGE INTERVAL '1' MINUTE)`,
    "SELECT FLOOR(EVENT_TIME TO MINUTE), TICKER, COUNT(*) FROM `SOURCE_001` GROUP BY FLOOR(EVENT_TIME TO MINUTE), TICKER, SESSION(`ROWTIME`, INTERVAL '1' MINUTE)",
  ],
  [
    "a VARCHAR(4), p DOUBLE",
    `SELECT STREAM ticker, AVG(price) OVER w1 FROM "SOURCE_001"
     WINDOW w1 AS (PARTITION BY ticker RANGE INTERVAL '1' MINUTE PRECEDING)`,
    "SELECT TICKER, AVG(PRICE) OVER W1 FROM `SOURCE_001` WINDOW W1 AS (PARTITION BY TICKER ORDER BY `ROWTIME` RANGE INTERVAL '1' MINUTE PRECEDING)",
  ],
  [
    "a VARCHAR(4), p REAL",
    `SELECT STREAM a.ticker, b.price FROM "SOURCE_001" OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS a
     JOIN "SOURCE_001" AS b ON a.ticker = b.ticker`,
    "SELECT A.TICKER, B.PRICE FROM `SOURCE_001` AS A JOIN `SOURCE_001` AS B ON A.TICKER = B.TICKER AND A.`ROWTIME` BETWEEN B.`ROWTIME` - INTERVAL '1' MINUTE AND B.`ROWTIME` + INTERVAL '0' SECOND",
  ],
  [
    "a VARCHAR(4), c VARCHAR(32)",
    'SELECT STREAM s.ticker, c.name FROM "SOURCE_001" s JOIN companies c ON s.ticker = c.ticker',
    "SELECT S.TICKER, C.NAME FROM `SOURCE_001` AS S JOIN COMPANIES AS C ON S.TICKER = C.TICKER",
  ],
  [
    "a VARCHAR(4), t TIMESTAMP, b BIGINT",
    `SELECT STREAM TIMESTAMP_TO_CHAR('yyyy', event_time), CHAR_TO_TIMESTAMP('yyyy', ticker), CURRENT_ROW_TIMESTAMP FROM "SOURCE_001" WHERE MONOTONIC(price) > 1`,
    "SELECT DATE_FORMAT(EVENT_TIME, 'yyyy'), TO_TIMESTAMP(TICKER, 'yyyy'), CURRENT_ROW_TIMESTAMP() FROM `SOURCE_001` WHERE PRICE > 1",
  ],
  [
    "a VARCHAR(4), t TIMESTAMP",
    `SELECT STREAM DISTINCT ticker, STEP(ROWTIME BY INTERVAL '5' SECOND) FROM "SOURCE_001"`,
    "SELECT TICKER, TUMBLE_START(ROWTIME, INTERVAL '5' SECOND) FROM `SOURCE_001` GROUP BY TICKER, TUMBLE(ROWTIME, INTERVAL '5' SECOND)",
  ],
];

describe("queries of the retired dialect", () => {
  test.each(CASES)("(%s) %s", (columns, query, expected) => {
    expect(rewrittenQuery(columns, query)).toBe(expected);
  });

  test.each(CASES)("(%s) %s binds, but for what its types say", async (columns, query) => {
    // CURRENT_ROW_TIMESTAMP is no number.
    const code = pumpCode(columns.replace("b BIGINT", "b TIMESTAMP"), query);
    expect(await bindRewritten(rewriteTest(code))).toBe(1);
  });

  test.each([
    [
      "ITEM VARCHAR(9), ITEM_COUNT DOUBLE",
      `SELECT STREAM ITEM, ITEM_COUNT FROM TABLE(TOP_K_ITEMS_TUMBLING(CURSOR(SELECT STREAM * FROM "SOURCE_001"), 'ticker', 3, 60))`,
      /ROW_NUMBER\(\) OVER \(PARTITION BY window_start, window_end ORDER BY ITEM_COUNT DESC\).* WHERE PLACE <= 3/,
    ],
    [
      "N BIGINT",
      `SELECT STREAM * FROM TABLE(COUNT_DISTINCT_ITEMS_TUMBLING(CURSOR(SELECT STREAM * FROM "SOURCE_001"), 'TICKER', 60))`,
      /COUNT\(DISTINCT `TICKER`\) AS NUMBER_OF_DISTINCT_ITEMS FROM TABLE\(TUMBLE/,
    ],
    [
      "A VARCHAR(4), N BIGINT",
      `SELECT STREAM x.ticker, SUM(x.n) FROM (SELECT STREAM ticker, ROWTIME, COUNT(*) AS n FROM "SOURCE_001" GROUP BY ticker, FLOOR(ROWTIME TO SECOND)) AS x
       GROUP BY x.ticker, STEP(x.ROWTIME BY INTERVAL '1' MINUTE)`,
      /PROCTIME\(\) AS `ROWTIME` FROM \(SELECT .* AS X GROUP BY X.TICKER, TUMBLE\(X.ROWTIME, INTERVAL '1' MINUTE\)/,
    ],
  ])("(%s) %s", async (columns, query, expected) => {
    const rewritten = rewriteTest(pumpCode(columns, query));
    expect(rewritten.flinkSql).toMatch(expected);
    expect(await bindRewritten(rewritten)).toBe(1);
  });
});

describe("what has no form in Flink SQL", () => {
  const dest = (query: string): string => pumpCode("a REAL", query);

  test.each([
    [
      `SELECT STREAM s FROM TABLE(RANDOM_CUT_FOREST(CURSOR(SELECT STREAM * FROM "SOURCE_001")))`,
      "RANDOM_CUT_FOREST",
      "RANDOM_CUT_FOREST",
    ],
    [
      `SELECT STREAM s FROM TABLE(HOTSPOTS(CURSOR(SELECT STREAM * FROM "SOURCE_001"), 1))`,
      "HOTSPOTS",
      "HOTSPOTS",
    ],
    [`SELECT STREAM ANOMALY_SCORE(price) FROM "SOURCE_001"`, "ANOMALY_SCORE", "ANOMALY_SCORE"],
    [`SELECT STREAM price FROM "SOURCE_001" ORDER BY price`, "ORDER BY over a stream", "SELECT"],
    [`SELECT STREAM SUM(price) FROM "SOURCE_001"`, "without STEP or FLOOR of ROWTIME", "SELECT"],
    [`SELECT STREAM SUM(price) FROM "SOURCE_001" GROUP BY ROWTIME`, "GROUP BY ROWTIME", "SELECT"],
    [
      `SELECT STREAM SUM(price) FROM "SOURCE_001" GROUP BY FLOOR(ROWTIME TO MONTH)`,
      "without STEP or FLOOR of ROWTIME",
      "SELECT",
    ],
    [
      `SELECT STREAM SUM(price) FROM "SOURCE_001" GROUP BY STEP(ROWTIME BY INTERVAL '1' MONTH)`,
      "days, hours, minutes or seconds",
      "INTERVAL",
    ],
    [
      `SELECT STREAM COUNT(*) FROM "SOURCE_001" WINDOWED BY STAGGER (PARTITION BY ticker RANGE INTERVAL '1' MINUTE)`,
      "its keys would never end",
      "WINDOWED",
    ],
    [
      `SELECT STREAM price FROM "SOURCE_001" UNION SELECT STREAM price FROM "SOURCE_001"`,
      "UNION without ALL",
      "SELECT",
    ],
    [`SELECT STREAM event_time AS ROWTIME FROM "SOURCE_001"`, "another value AS ROWTIME", "EVENT_TIME"],
    [`SELECT STREAM price FROM "SOURCE_001" LIMIT 3`, "LIMIT", "SELECT"],
    [
      `SELECT STREAM price FROM "SOURCE_001" OVER (ROWS 3 PRECEDING) AS a JOIN "SOURCE_001" AS b ON a.price = b.price`,
      "RANGE INTERVAL",
      "(ROWS",
    ],
  ])("%s", (query, message, at) => {
    const code = dest(query);
    const error = rewriteError(code);
    expect(error).toMatchObject({ sqlState: "0A000", message: expect.stringContaining(message) });
    expect(code.slice(error.position).toUpperCase().startsWith(at)).toBe(true);
  });

  test.each([
    [`SELECT STREAM price FROM "NOWHERE"`, "42P01", '"NOWHERE"'],
    [`SELECT STREAM x.* FROM "SOURCE_001"`, "42P01", "x.*"],
    [`SELECT STREAM price, ticker FROM "SOURCE_001"`, "42601", "SELECT"],
    [`SELECT STREAM price FRM "SOURCE_001"`, "42601", '"SOURCE_001"'],
  ])("%s is wrong", (query, sqlState, at) => {
    const code = dest(query);
    const error = rewriteError(code);
    expect(error.sqlState).toBe(sqlState);
    expect(code.slice(error.position)).toMatch(new RegExp(`^${at.replaceAll(/[.*]/g, "\\$&")}`));
  });
});
