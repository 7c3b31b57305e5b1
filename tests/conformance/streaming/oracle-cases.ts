import type { Random } from "./stream-oracle.ts";

/** A query in both dialects; the sink has the columns of `columns`. */
export interface OracleCase {
  readonly columns: string;
  readonly flink: string;
  readonly duck: string;
}

const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;

const same = (columns: string, sql: string): OracleCase => ({ columns, flink: sql, duck: sql });

/** Aggregates whose meaning is one in both, by type of the sink's column. */
function aggregates(random: Random): { readonly columns: string; readonly list: string } {
  const known = [
    ["BIGINT", "COUNT(*)"],
    ["BIGINT", "COUNT(v)"],
    ["BIGINT", "COUNT(DISTINCT v)"],
    ["BIGINT", "COUNT(DISTINCT s)"],
    ["INT", "SUM(v)"],
    ["INT", "SUM(DISTINCT v)"],
    ["INT", "MIN(v)"],
    ["INT", "MAX(v)"],
    ["STRING", "MIN(s)"],
    ["STRING", "MAX(s)"],
    ["BIGINT", "COUNT(*) FILTER (WHERE v > 3)"],
    ["INT", "SUM(v) FILTER (WHERE s <> 'a')"],
    ["INT", "MAX(v) FILTER (WHERE k IN (1, 2))"],
    ["BIGINT", "COUNT(DISTINCT v) FILTER (WHERE v > 0)"],
  ] as const;
  const chosen = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random, known));
  return {
    columns: chosen.map(([type], index) => `f${index} ${type}`).join(", "),
    list: chosen.map(([, call]) => call).join(", "),
  };
}

const condition = (random: Random, alias = ""): string =>
  pick(random, [
    `${alias}v > ${Math.floor(random() * 20) - 10}`,
    `${alias}s IS NOT NULL`,
    `${alias}k <> 3`,
    `${alias}k = 1 OR ${alias}v < 0`,
    `NOT (${alias}v BETWEEN -5 AND 5)`,
    `${alias}s LIKE '%b'`,
    `COALESCE(${alias}v, 7) > 2`,
  ]);

function calc(random: Random): OracleCase {
  const expression = pick(random, [
    ["INT", "k + v * 2"],
    ["INT", "CASE WHEN v > 0 THEN k WHEN s = 'a' THEN -1 ELSE v END"],
    ["STRING", "UPPER(s)"],
    ["STRING", "s || '-' || s"],
    ["INT", "CHAR_LENGTH(s)"],
    ["INT", "COALESCE(k, v, 0)"],
    ["INT", "NULLIF(k, 2)"],
    ["INT", "ABS(v)"],
    ["BOOLEAN", "v > k"],
    ["BOOLEAN", "k IS NULL OR v IS NOT NULL"],
    ["BOOLEAN", "k IS DISTINCT FROM v"],
    ["BOOLEAN", "k IN (1, 2, 5)"],
    ["BOOLEAN", "k NOT IN (1, 2, v)"],
  ] as const);
  const sql = `SELECT id, ${expression[1]} FROM a WHERE ${condition(random)}`;
  const duck = sql.replaceAll("CHAR_LENGTH", "length");
  return { columns: `id BIGINT, x ${expression[0]}`, flink: sql, duck };
}

function group(random: Random): OracleCase {
  const { columns, list } = aggregates(random);
  const key = pick(random, ["k", "s"]);
  const having = random() < 0.3 ? " HAVING COUNT(*) > 3" : "";
  const type = key === "k" ? "INT" : "STRING";
  return same(
    `g ${type}, ${columns}`,
    `SELECT ${key}, ${list} FROM a WHERE ${condition(random)} GROUP BY ${key}${having}`,
  );
}

function groupOfGroups(random: Random): OracleCase {
  const inner = pick(random, ["COUNT(*)", "CAST(SUM(v) AS BIGINT)", "CAST(MAX(v) AS BIGINT)"]);
  const outer = pick(random, ["COUNT(*)", "MAX(c)", "MIN(c)", "COUNT(DISTINCT c)", "COUNT(c)"]);
  const by = pick(random, [" GROUP BY c", " GROUP BY MOD(k, 2)", " GROUP BY k"]);
  return same("x BIGINT", `SELECT ${outer} FROM (SELECT k, s, ${inner} AS c FROM a GROUP BY k, s)${by}`);
}

function globalGroup(random: Random): OracleCase {
  const { columns, list } = aggregates(random);
  return same(columns, `SELECT ${list} FROM a`);
}

const distinct = (random: Random): OracleCase =>
  same("x INT, y STRING", `SELECT DISTINCT k, s FROM a WHERE ${condition(random)}`);

const union = (random: Random): OracleCase =>
  same(
    "x INT, y STRING",
    `SELECT k, s FROM a WHERE ${condition(random)} UNION${random() < 0.5 ? " ALL" : ""} SELECT v, s FROM b WHERE ${condition(random)}`,
  );

function join(random: Random): OracleCase {
  const type = pick(random, ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
  const on = pick(random, [
    "a.k = b.k",
    "a.k = b.k AND a.s = b.s",
    "a.k = b.k AND a.v < b.v",
    "a.v = b.v AND a.s <> b.s",
  ]);
  const sql = `SELECT a.id, b.id FROM (SELECT * FROM a WHERE id < 120) AS a ${type} (SELECT * FROM b WHERE id < 1120) AS b ON ${on}`;
  return same("x BIGINT, y BIGINT", sql);
}

function joinOfGroups(random: Random): OracleCase {
  const type = pick(random, ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
  const [one, two] = [
    pick(random, ["COUNT(*)", "CAST(SUM(v) AS BIGINT)"]),
    pick(random, ["COUNT(*)", "CAST(MAX(v) AS BIGINT)"]),
  ];
  const on = pick(random, ["x.k = y.k", "x.c = y.c", "x.k = y.k AND x.c <= y.c"]);
  const sql =
    `SELECT x.k, x.c, y.k, y.c FROM (SELECT k, ${one} AS c FROM a GROUP BY k) AS x ${type} ` +
    `(SELECT k, ${two} AS c FROM b GROUP BY k) AS y ON ${on}`;
  return same("p INT, q BIGINT, r INT, t BIGINT", sql);
}

function semi(random: Random): OracleCase {
  const what = pick(random, [
    `k IN (SELECT k FROM b WHERE ${condition(random)})`,
    `v NOT IN (SELECT v FROM b WHERE v IS NOT NULL AND id < 1010)`,
    `v NOT IN (SELECT v FROM b WHERE id < 1010)`,
    `EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND b.v > 15)`,
    `NOT EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND b.v > 15)`,
    `k IN (SELECT k FROM b GROUP BY k HAVING COUNT(*) > 12)`,
  ]);
  return same("x BIGINT", `SELECT id FROM a WHERE ${what}`);
}

const times = (seconds: number): number => seconds * 1000;

function intervalJoin(random: Random): OracleCase {
  const [lower, upper] = [Math.floor(random() * 8), Math.floor(random() * 8)];
  const type = pick(random, ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
  const also = random() < 0.5 ? " AND a.v > b.v" : "";
  const flink =
    `SELECT a.id, b.id FROM a ${type} b ON a.k = b.k AND ` +
    `a.ts BETWEEN b.ts - INTERVAL '${lower}' SECOND AND b.ts + INTERVAL '${upper}' SECOND${also}`;
  const duck =
    `SELECT a.id, b.id FROM a ${type} b ON a.k = b.k AND ` +
    `a.ts BETWEEN b.ts - ${times(lower)} AND b.ts + ${times(upper)}${also}`;
  return { columns: "x BIGINT, y BIGINT", flink, duck };
}

/** A window function with its windows in DuckDB, as rows of a lateral table `w(ws, we)`. */
function windows(random: Random): { readonly flink: (table: string) => string; readonly duck: string } {
  const size = 1 + Math.floor(random() * 6);
  const parts = 1 + Math.floor(random() * 4);
  const [long, ms] = [size * parts, times(size)];
  const span = (kind: string, list: string) => (name: string) =>
    `TABLE(${kind}(TABLE ${name}, DESCRIPTOR(ts), ${list}))`;
  const seconds = (value: number): string => `INTERVAL '${value}' SECOND`;
  const shape = pick(random, ["tumble", "hop", "cumulate"]);
  if (shape === "tumble")
    return {
      flink: span("TUMBLE", seconds(size)),
      duck: `(SELECT ts - ts % ${ms} AS ws, ts - ts % ${ms} + ${ms} AS we)`,
    };
  if (shape === "hop")
    return {
      flink: span("HOP", `${seconds(size)}, ${seconds(long)}`),
      duck:
        `(SELECT ts - ts % ${ms} - i * ${ms} AS ws, ts - ts % ${ms} - i * ${ms} + ${times(long)} AS we ` +
        `FROM generate_series(0, ${parts - 1}) AS g(i))`,
    };
  const start = `ts - ts % ${times(long)}`;
  return {
    flink: span("CUMULATE", `${seconds(size)}, ${seconds(long)}`),
    duck:
      `(SELECT ${start} AS ws, ${start} + i * ${ms} AS we FROM generate_series(1, ${parts}) AS g(i) ` +
      `WHERE ts < ${start} + i * ${ms})`,
  };
}

function windowGroup(random: Random): OracleCase {
  const { columns, list } = aggregates(random);
  const { flink, duck } = windows(random);
  const where = condition(random);
  return {
    columns: `g INT, ws TIMESTAMP(3), we TIMESTAMP(3), ${columns}`,
    flink: `SELECT k, window_start, window_end, ${list} FROM ${flink("a")} WHERE ${where} GROUP BY k, window_start, window_end`,
    duck: `SELECT k, ws, we, ${list} FROM a, LATERAL ${duck} AS w WHERE ${where} GROUP BY k, ws, we`,
  };
}

function windowOfWindows(random: Random): OracleCase {
  const { flink, duck } = windows(random);
  return {
    columns: "ws TIMESTAMP(3), we TIMESTAMP(3), x BIGINT, y BIGINT",
    flink:
      `SELECT window_start, window_end, MAX(c), COUNT(*) FROM (SELECT k, window_start, window_end, COUNT(*) AS c ` +
      `FROM ${flink("a")} GROUP BY k, window_start, window_end) GROUP BY window_start, window_end`,
    duck: `SELECT ws, we, MAX(c), COUNT(*) FROM (SELECT k, ws, we, COUNT(*) AS c FROM a, LATERAL ${duck} AS w GROUP BY k, ws, we) GROUP BY ws, we`,
  };
}

function sessions(random: Random): OracleCase {
  const gap = 1 + Math.floor(random() * 4);
  const { columns, list } = aggregates(random);
  const flink =
    `SELECT k, window_start, window_end, ${list} FROM TABLE(SESSION(TABLE a PARTITION BY k, DESCRIPTOR(ts), ` +
    `INTERVAL '${gap}' SECOND)) GROUP BY k, window_start, window_end`;
  const old =
    `SELECT k, SESSION_START(ts, INTERVAL '${gap}' SECOND), SESSION_END(ts, INTERVAL '${gap}' SECOND), ${list} ` +
    `FROM a GROUP BY k, SESSION(ts, INTERVAL '${gap}' SECOND)`;
  const duck =
    `SELECT k, MIN(ts), MAX(ts) + ${times(gap)}, ${list} FROM (SELECT *, SUM(isNew) OVER (PARTITION BY k ORDER BY ts, id) AS n FROM ` +
    `(SELECT *, CASE WHEN ts - LAG(ts) OVER (PARTITION BY k ORDER BY ts, id) <= ${times(gap)} THEN 0 ELSE 1 END AS isNew FROM a)) GROUP BY k, n`;
  return {
    columns: `g INT, ws TIMESTAMP(3), we TIMESTAMP(3), ${columns}`,
    flink: random() < 0.5 ? flink : old,
    duck,
  };
}

function windowJoin(random: Random): OracleCase {
  const { flink, duck } = windows(random);
  const type = pick(random, ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
  const also = random() < 0.4 ? " AND x.v < y.v" : "";
  const few = "WHERE id % 3 = 0";
  const side = (name: string): string => `(SELECT * FROM ${flink(name)} ${few})`;
  const duckSide = (name: string): string => `(SELECT * FROM ${name}, LATERAL ${duck} AS w ${few})`;
  return {
    columns: "x BIGINT, y BIGINT",
    flink:
      `SELECT x.id, y.id FROM ${side("a")} AS x ${type} ${side("b")} AS y ` +
      `ON x.k = y.k AND x.window_start = y.window_start AND x.window_end = y.window_end${also}`,
    duck: `SELECT x.id, y.id FROM ${duckSide("a")} AS x ${type} ${duckSide("b")} AS y ON x.k = y.k AND x.ws = y.ws AND x.we = y.we${also}`,
  };
}

const direction = (random: Random): string => pick(random, ["ASC", "DESC"]);

function topN(random: Random): OracleCase {
  const n = 1 + Math.floor(random() * 4);
  const from = random() < 0.3 ? `n >= 2 AND ` : "";
  const order = `v ${direction(random)} NULLS ${pick(random, ["FIRST", "LAST"])}, id ${direction(random)}`;
  const withRank = random() < 0.5 ? ", n" : "";
  const sql = `SELECT k, id${withRank} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ${order}) AS n FROM a) WHERE ${from}n <= ${n}`;
  return same(`k INT, id BIGINT${withRank === "" ? "" : ", n BIGINT"}`, sql);
}

function topGroups(random: Random): OracleCase {
  const n = 1 + Math.floor(random() * 5);
  const withRank = random() < 0.5 ? ", n" : "";
  const sql =
    `SELECT k, s, c${withRank} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY s ORDER BY c ${direction(random)} NULLS LAST, k NULLS FIRST) AS n ` +
    `FROM (SELECT k, s, CAST(SUM(v) AS BIGINT) AS c FROM a GROUP BY k, s)) WHERE n <= ${n}`;
  return same(`k INT, s STRING, c BIGINT${withRank === "" ? "" : ", n BIGINT"}`, sql);
}

function limit(random: Random): OracleCase {
  const offset = random() < 0.4 ? ` OFFSET ${Math.floor(random() * 4)}` : "";
  const sql =
    random() < 0.5
      ? `SELECT id, v FROM a ORDER BY v ${direction(random)} NULLS LAST, id LIMIT ${1 + Math.floor(random() * 8)}${offset}`
      : `SELECT k, c FROM (SELECT k, COUNT(*) AS c FROM a GROUP BY k) ORDER BY c ${direction(random)}, k NULLS FIRST LIMIT ${1 + Math.floor(random() * 4)}${offset}`;
  return same(sql.startsWith("SELECT id") ? "x BIGINT, y INT" : "x INT, y BIGINT", sql);
}

function deduplicate(random: Random): OracleCase {
  // Times of a key may be equal: the rows that come out are told by their time only.
  const order = direction(random);
  const sql = `SELECT k, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts ${order}) AS n FROM a) WHERE n = 1`;
  return same("k INT, ts TIMESTAMP(3)", sql);
}

function windowTopN(random: Random): OracleCase {
  const { flink, duck } = windows(random);
  const n = 1 + Math.floor(random() * 3);
  const order = `v ${direction(random)} NULLS LAST, id`;
  return {
    columns: "ws TIMESTAMP(3), we TIMESTAMP(3), k INT, id BIGINT, n BIGINT",
    flink:
      `SELECT window_start, window_end, k, id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ` +
      `ORDER BY ${order}) AS n FROM ${flink("a")}) WHERE n <= ${n}`,
    duck:
      `SELECT ws, we, k, id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY ws, we, k ORDER BY ${order}) AS n ` +
      `FROM a, LATERAL ${duck} AS w) WHERE n <= ${n}`,
  };
}

function unnest(random: Random): OracleCase {
  const where = condition(random);
  return {
    columns: "id BIGINT, x INT",
    flink: `SELECT id, x FROM a CROSS JOIN UNNEST(ARRAY[k, v, 7]) AS t(x) WHERE ${where}`,
    duck: `SELECT id, x FROM (SELECT *, UNNEST([k, v, 7]) AS x FROM a) WHERE ${where}`,
  };
}

/** By family. */
export const families: Readonly<Record<string, (random: Random) => OracleCase>> = {
  ...{ calc, group, groupOfGroups, globalGroup, distinct, union, join, joinOfGroups, semi, intervalJoin },
  ...{
    windowGroup,
    windowOfWindows,
    sessions,
    windowJoin,
    topN,
    topGroups,
    limit,
    deduplicate,
    windowTopN,
    unnest,
  },
};
