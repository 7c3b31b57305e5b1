import { DuckDBInstance, DuckDBTypeId } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { engineTypeIds } from "./engine-types.ts";
import { textOf } from "./text-of.ts";
import { ZoneOffsets } from "./zone-offsets.ts";

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:", { threads: "1" });
});
afterAll(() => instance.closeSync());

async function textOfSql(sql: string, type: SqlType): Promise<string | null> {
  const connection = await instance.connect();
  const result = await connection.run(`SELECT ${sql}`);
  const chunk = await result.fetchChunk();
  if (chunk === null) throw new Error("no rows");
  const style = { zone: new ZoneOffsets("Europe/Berlin"), extraFloatDigits: 1 };
  const text = textOf(chunk.getColumnVector(0), 0, type, style);
  connection.closeSync();
  return text;
}

const cases: readonly [string, SqlType, string | null][] = [
  ["NULL::int", { name: "integer" }, null],
  ["7::smallint", { name: "bigint" }, "7"],
  [
    "170141183460469231731687303715884105727::hugeint",
    { name: "bigint" },
    "170141183460469231731687303715884105727",
  ],
  ["1.5::decimal(4,1)", { name: "numeric", precision: 4, scale: 1 }, "1.5"],
  ["1.5::decimal(4,1)", { name: "numeric", precision: 10, scale: 4 }, "1.5000"],
  ["1.55::decimal(4,2)", { name: "numeric", precision: 10, scale: 1 }, "1.6"],
  ["12::hugeint", { name: "numeric", precision: 38, scale: 2 }, "12.00"],
  ["-0.01::decimal(38,2)", { name: "numeric" }, "-0.01"],
  ["0.1::float", { name: "real" }, "0.1"],
  ["0.1::double", { name: "real" }, "0.1"],
  ["0.1::float", { name: "double precision" }, "0.10000000149011612"],
  ["3::bigint", { name: "double precision" }, "3"],
  ["1.25::decimal(5,2)", { name: "double precision" }, "1.25"],
  ["true", { name: "boolean" }, "t"],
  ["false", { name: "boolean" }, "f"],
  ["'ab'", { name: "character", length: 4 }, "ab  "],
  ["'äb'", { name: "character", length: 4 }, "äb "],
  ["'abcde'", { name: "character", length: 4 }, "abcde"],
  ["''", { name: "character varying", length: 4 }, ""],
  ["'\\x00\\xAB'::blob", { name: "varbyte" }, "00ab"],
  ["date '2024-02-29'", { name: "date" }, "2024-02-29"],
  ["date '0044-03-15 (BC)'", { name: "date" }, "0044-03-15 BC"],
  ["'infinity'::date", { name: "date" }, "infinity"],
  ["time '23:59:59.000001'", { name: "time" }, "23:59:59.000001"],
  ["'12:00:00+05:30'::timetz", { name: "timetz" }, "12:00:00+05:30"],
  ["timestamp '2024-07-01 12:00:00.25'", { name: "timestamp" }, "2024-07-01 12:00:00.25"],
  ["timestamptz '2024-07-01 12:00:00+00'", { name: "timestamptz" }, "2024-07-01 14:00:00+02"],
  ["'2024-07-01 12:00:00'::timestamp_s", { name: "timestamp" }, "2024-07-01 12:00:00"],
  ["'2024-07-01 12:00:00.5'::timestamp_ms", { name: "timestamp" }, "2024-07-01 12:00:00.5"],
  ["'1969-12-31 23:59:59.9999999'::timestamp_ns", { name: "timestamp" }, "1969-12-31 23:59:59.999999"],
  ["interval '14 months'", { name: "interval year to month" }, "1 years 2 mons"],
  ["interval '1 day 1 hour'", { name: "interval day to second" }, "1 days 1 hours 0 mins 0.0 secs"],
  ["interval '1 day'", { name: "interval" }, "1 day"],
  [`'{"a":[1,null]}'::json`, { name: "super" }, '{"a":[1,null]}'],
  ["[1,NULL,3]", { name: "array", element: { name: "integer" } }, "{1,NULL,3}"],
  [`['a b','','null','x"y','\\', NULL]`, { name: "array" }, '{"a b","","null","x\\"y","\\\\",NULL}'],
  ["[[1],[2]]", { name: "array", element: { name: "array", element: { name: "integer" } } }, "{{1},{2}}"],
];

describe("values of the engine as PostgreSQL's text", () => {
  it.each(cases)("%s as %j", async (sql, type, text) => {
    expect(await textOfSql(sql, type)).toBe(text);
  });
});

it("knows the engine's types by their numbers", () => {
  const engine: Readonly<Record<keyof typeof engineTypeIds, DuckDBTypeId>> = {
    boolean: DuckDBTypeId.BOOLEAN,
    tinyint: DuckDBTypeId.TINYINT,
    smallint: DuckDBTypeId.SMALLINT,
    integer: DuckDBTypeId.INTEGER,
    bigint: DuckDBTypeId.BIGINT,
    float: DuckDBTypeId.FLOAT,
    double: DuckDBTypeId.DOUBLE,
    timestamp: DuckDBTypeId.TIMESTAMP,
    date: DuckDBTypeId.DATE,
    time: DuckDBTypeId.TIME,
    interval: DuckDBTypeId.INTERVAL,
    hugeint: DuckDBTypeId.HUGEINT,
    varchar: DuckDBTypeId.VARCHAR,
    blob: DuckDBTypeId.BLOB,
    decimal: DuckDBTypeId.DECIMAL,
    timestampSeconds: DuckDBTypeId.TIMESTAMP_S,
    timestampMillis: DuckDBTypeId.TIMESTAMP_MS,
    timestampNanos: DuckDBTypeId.TIMESTAMP_NS,
    list: DuckDBTypeId.LIST,
    timeTz: DuckDBTypeId.TIME_TZ,
    timestampTz: DuckDBTypeId.TIMESTAMP_TZ,
  };
  expect(engineTypeIds).toEqual(engine);
});
