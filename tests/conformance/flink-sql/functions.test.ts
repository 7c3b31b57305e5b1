import { expect, test } from "vitest";
import { compileCalc } from "../../../packages/millrace/src/kernels/streaming/expressions/index.ts";
import { bindProgram } from "../../../packages/millrace/src/sql/flink/bind/index.ts";
import type { BoundExpression, Value } from "../../../packages/millrace/src/sql/flink/bound-expression.ts";
import { scalarFunction } from "../../../packages/millrace/src/sql/flink/functions/function-table.ts";
import type { IntegerMode } from "../../../packages/millrace/src/sql/flink/functions/scalar-function.ts";

/** Functions as programs write them: through parser, binder and compiler, in both modes of integers. */

async function bound(text: string): Promise<readonly BoundExpression[]> {
  const program = await bindProgram(`SELECT ${text}`, {
    connectors: new Map(),
    catalogs: undefined,
    settings: { "table.local-time-zone": "Europe/Berlin" },
  });
  const outcome = program.outcomes.at(-1);
  if (outcome?.kind !== "query") throw new Error("no query");
  const { relation } = outcome;
  if (relation.kind === "project") return relation.expressions;
  return relation.kind === "values" ? (relation.rows[0] ?? []) : [];
}

function values(expressions: readonly BoundExpression[], mode: IntegerMode): readonly unknown[] {
  const calc = compileCalc({ condition: undefined, expressions }, [], { mode, functions: scalarFunction });
  const { columns } = calc(
    { rowCount: 1, columns: [], kinds: undefined },
    { mode, nowMs: 1_600_000_000_123, timeZone: "Europe/Berlin", random: () => 0.5 },
  );
  return columns.map((column, index) => {
    if (column.nulls?.[0] === 1) return null;
    const value = column.values[0] as Value;
    return expressions[index]?.type.kind === "boolean" ? value === 1 : value;
  });
}

/** BIGINTs as numbers. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? Object.fromEntries(value) : value;
}

test.each<[text: string, ...expected: unknown[]]>([
  ["UPPER('abc') || '-' || LOWER('DEF')", "ABC-def"],
  ["CHAR_LENGTH('hello') - CHAR_LENGTH(REPLACE('hello', 'l', ''))", 2],
  ["SPLIT_INDEX('https://a/b/c', '/', 3), SPLIT('a,b', ',')", "b", ["a", "b"]],
  ["REGEXP_EXTRACT('a?channel_id=12', '(&|^|\\?)channel_id=([^&]*)', 2)", "12"],
  ["POSITION('b' IN 'abc'), SUBSTRING('hello' FROM 2 FOR 3)", 2, "ell"],
  [
    "TRIM(LEADING 'x' FROM 'xxax'), TRIM(TRAILING 'x' FROM 'xax'), TRIM(BOTH 'x' FROM 'xax'), TRIM(' a ')",
    "ax",
    "xa",
    "a",
    "a",
  ],
  ["OVERLAY('xxxxxtest' PLACING 'xxxx' FROM 6 FOR 2)", "xxxxxxxxxst"],
  ["'abc' LIKE 'a%', 'abc' NOT LIKE 'a%', 'a%' LIKE 'a!%' ESCAPE '!'", true, false, true],
  ["'abc' SIMILAR TO '(a|b)bc', 'abc' NOT SIMILAR TO '(a|b)bc'", true, false],
  ["5 BETWEEN SYMMETRIC 10 AND 1, 1 IN (2, 1), 3 IN (1, NULL), 'a' <> 'b'", true, true, null, true],
  [
    "DATE_FORMAT(TIMESTAMP '2020-03-05 13:04:09', 'yyyy-MM-dd'), DATE_FORMAT(TO_TIMESTAMP_LTZ(0, 3), 'HH:mm')",
    "2020-03-05",
    "01:00",
  ],
  [
    "HOUR(TIMESTAMP '2020-03-05 13:04:09'), EXTRACT(DAY FROM DATE '2020-03-05'), YEAR(CURRENT_TIMESTAMP)",
    13,
    5,
    2020,
  ],
  ["EXTRACT(HOUR FROM TO_TIMESTAMP_LTZ(0, 3)), FLOOR(TO_TIMESTAMP_LTZ(0, 3) TO DAY)", 1, -3_600_000],
  ["FLOOR(TIMESTAMP '2020-03-05 13:04:09' TO HOUR), CEIL(1.25)", Date.UTC(2020, 2, 5, 13), 2],
  [
    "TIMESTAMPADD(MONTH, 1, DATE '2020-01-31'), TIMESTAMPDIFF(DAY, DATE '2020-01-01', DATE '2020-02-01')",
    18_321,
    31,
  ],
  [
    "TIMESTAMP '2020-01-31 00:00:00' + INTERVAL '1' MONTH - INTERVAL '1' SECOND",
    Date.UTC(2020, 1, 29) - 1000,
  ],
  ["(TIME '2:55:00', INTERVAL '1' HOUR) OVERLAPS (TIME '3:30:00', INTERVAL '2' HOUR)", true],
  [
    "FROM_UNIXTIME(44), UNIX_TIMESTAMP('1970-01-01 01:00:44'), TO_DATE('2020-01-02')",
    "1970-01-01 01:00:44",
    44,
    18_263,
  ],
  ["CONVERT_TZ('1970-01-01 00:00:00', 'UTC', 'America/Los_Angeles')", "1969-12-31 16:00:00"],
  [
    "CURRENT_DATE, LOCALTIME, CURRENT_TIMESTAMP, LOCALTIMESTAMP",
    18_518,
    52_000_000,
    1_600_000_000_123,
    1_600_007_200_123,
  ],
  ["'{}' IS JSON OBJECT, '[' IS NOT JSON, JSON_EXISTS('{\"a\":1}', '$.a')", true, true, true],
  [
    "JSON_VALUE('{\"a\":\"1\"}', '$.a' RETURNING INT), JSON_VALUE('{}', 'lax $.b' DEFAULT 'x' ON EMPTY)",
    1,
    "x",
  ],
  ["JSON_VALUE('{}', '$.b' RETURNING INT NULL ON EMPTY DEFAULT 5 ON ERROR)", 5],
  [
    "JSON_QUERY('{\"a\":[1,2]}', '$.a' WITH UNCONDITIONAL ARRAY WRAPPER), JSON_QUERY('[1,2]', '$' RETURNING ARRAY<INT>)",
    "[[1,2]]",
    [1, 2],
  ],
  ["JSON_OBJECT(KEY 'K1' VALUE JSON_OBJECT('K2' VALUE 'V'), 'A' VALUE 1)", '{"A":1,"K1":{"K2":"V"}}'],
  [
    "JSON_OBJECT('a' VALUE JSON('{\"b\":1}') ABSENT ON NULL), JSON_ARRAY(JSON_ARRAY(1), 'x', CAST(NULL AS INT))",
    '{"a":{"b":1}}',
    '[[1],"x"]',
  ],
  ["JSON_ARRAY(CAST(NULL AS INT) NULL ON NULL), JSON_STRING(ARRAY[1, 2])", "[null]", "[1,2]"],
  [
    "COALESCE(NULL, 'default'), IF(1 > 2, 'a', 'b'), NULLIF(5, 5), IFNULL(CAST(NULL AS INT), 5)",
    "default",
    "b",
    null,
    5,
  ],
  ["GREATEST(1, CAST(3 AS BIGINT), 2), LEAST(2, 1), GREATEST(1, NULL)", 3, 1, null],
  [
    "ARRAY[1, 2, 3][2], MAP['a', 1]['a'], CARDINALITY(ARRAY[1, 2]), ARRAY_CONTAINS(ARRAY[1, 2], 2)",
    2,
    1,
    2,
    true,
  ],
  [
    "ARRAY_SORT(ARRAY[CAST(3 AS BIGINT), NULL, 1], FALSE), ARRAY_MAX(ARRAY[CAST(3 AS BIGINT), 1])",
    [3, 1, null],
    3,
  ],
  [
    "STR_TO_MAP('k1=v1,k2=v2')['k2'], MAP_UNION(MAP['a', 1], MAP['a', 2]), MAP_KEYS(MAP['a', 1])",
    "v2",
    { a: 2 },
    ["a"],
  ],
  ["ROW(1, ARRAY[2]) = ROW(1, ARRAY[2]), ROW(1, 'a')", true, [1, "a"]],
  ["MD5('test'), HEX(255), BIN(5), ASCII('a')", "098f6bcd4621d373cade4e832627b4f6", "FF", "101", 97],
  ["DECODE(ENCODE('ä', 'UTF-8'), 'UTF-8'), PRINTF('%s-%03d', 'a', 5)", "ä", "a-005"],
  [
    "TYPEOF(CAST(1 AS BIGINT)), ROUND(CAST(125 AS BIGINT), -1), ROUND(1234.567, 2)",
    "BIGINT NOT NULL",
    130,
    123_457,
  ],
  ["MOD(CAST(17 AS BIGINT), 5), -5 % 3, 7 / 2, ABS(CAST(-5 AS BIGINT))", 2, -2, 3, 5],
  ["RAND(), RAND_INTEGER(10), CHAR_LENGTH(UUID())", 0.5, 5, 36],
])("%s", async (text, ...expected) => {
  const expressions = await bound(text);
  for (const mode of ["double", "exact"] as const) {
    expect(values(expressions, mode).map(plain), mode).toEqual(expected);
  }
});

test.each([
  ["NOSUCH(1)", /no match found for function 'nosuch'/],
  ["UPPER(1)", /cannot apply 'UPPER'/],
  ["PERCENTILE(1, 0.5)", /PERCENTILE is not supported .*; it runs on Apache Flink itself/],
  ["RAND(5)", /no RAND with a seed; it runs on Apache Flink itself/],
  [
    "DATE_FORMAT(TIMESTAMP '2020-03-05 13:04:09', 'YYYY')",
    /The letter 'Y' .*; it runs on Apache Flink itself/,
  ],
  ["REGEXP('a', '\\p{InGreek}')", /the block .*; it runs on Apache Flink itself/],
  ["JSON_EXISTS('{}', '$.a[?(@.b)]')", /no filters in JSON paths/],
  ["'a' LIKE 'a!' ESCAPE '!'", /Invalid escape sequence/],
])("%s is refused", async (text, message) => {
  await expect(bound(text)).rejects.toThrow(message);
  await expect(bound(text)).rejects.toMatchObject({ name: "SqlError" });
});
