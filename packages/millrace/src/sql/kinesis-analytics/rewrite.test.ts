import { describe, expect, test } from "vitest";
import type { ApplicationInput, RecordSchema } from "./application-schema.ts";
import { originalPosition } from "./rewrite.ts";
import { bindRewritten, pumpCode, rewriteError, rewriteTest, testConnections } from "./test-application.ts";

const PLAIN = pumpCode("A VARCHAR(4)", 'SELECT STREAM ticker FROM "SOURCE_001"');
const [INPUT] = testConnections.inputs as [ApplicationInput];

const withInput = (changes: Partial<ApplicationInput>): { inputs: readonly ApplicationInput[] } => ({
  inputs: [{ ...INPUT, ...changes }],
});

const withSchema = (schema: Partial<RecordSchema>): { inputs: readonly ApplicationInput[] } =>
  withInput({ schema: { ...INPUT.schema, ...schema } });

describe("programs", () => {
  test("inputs, streams and outputs are tables, views and one statement set", async () => {
    const rewritten = rewriteTest(PLAIN);
    expect(rewritten.flinkSql.split("\n").map((line) => line.slice(0, 60))).toEqual([
      "SET 'table.local-time-zone' = 'UTC';",
      "CREATE TEMPORARY TABLE `SOURCE source` (`ticker` STRING, `tr",
      "CREATE TEMPORARY VIEW `SOURCE_001` AS SELECT `ticker` AS `TI",
      "CREATE TEMPORARY TABLE `COMPANIES source` (`TICKER` STRING, ",
      "CREATE TEMPORARY VIEW `COMPANIES` AS SELECT `TICKER` AS `TIC",
      "CREATE TEMPORARY VIEW `DEST` AS SELECT `A`, PROCTIME() AS `R",
      "SELECT CAST(`Q`.`A` AS VARCHAR(4)) AS `A` FROM (SELECT TICKE",
      ");",
      "CREATE TEMPORARY TABLE `DEST output 1` (`A` VARCHAR(4)) WITH",
      "EXECUTE STATEMENT SET BEGIN",
      "INSERT INTO `DEST output 1` SELECT `A` FROM `DEST`;",
      "END;",
      "",
    ]);
    expect(await bindRewritten(rewritten)).toBe(1);
  });

  test("members of objects are read as rows, times in either form", () => {
    const { flinkSql } = rewriteTest(PLAIN);
    expect(flinkSql).toContain("`trade` ROW<`price` FLOAT, `at` STRING>");
    expect(flinkSql).toContain(
      "TRY_CAST(REPLACE(REPLACE(`trade`.`at`, 'T', ' '), 'Z', '') AS TIMESTAMP(3)) AS `EVENT_TIME`",
    );
    expect(flinkSql).toContain("'csv.field-delimiter' = '|'");
    expect(flinkSql).toContain("'path' = 's3://reference/companies.csv'");
  });

  test("shards are shared by the streams of an input", async () => {
    const rewritten = rewriteTest(
      pumpCode("A VARCHAR(4)", 'SELECT STREAM ticker FROM "SOURCE_003"'),
      withInput({ parallelism: 3 }),
    );
    expect(rewritten.flinkSql).toContain("WHERE MOD(CAST(SUBSTRING(`$SHARD_ID`, 9) AS BIGINT), 3) = 2");
    expect(await bindRewritten(rewritten)).toBe(1);
  });

  test.each([
    [undefined, "'source.init.position' = 'LATEST'"],
    ["TRIM_HORIZON", "'source.init.position' = 'TRIM_HORIZON'"],
    [{ timestampMs: 0 }, "'source.init.timestamp' = '1970-01-01T00:00:00.000Z'"],
  ] as const)("reading begins at %s", (startingPosition, expected) => {
    expect(rewriteTest(PLAIN, withInput({ startingPosition })).flinkSql).toContain(expected);
  });

  test("a delivery stream is an output", async () => {
    const deliveryStreamArn = "arn:aws:firehose:eu-west-1:000000000000:deliverystream/out";
    const rewritten = rewriteTest(PLAIN, {
      outputs: [{ name: "DEST", recordFormat: "CSV", destination: { kind: "firehose", deliveryStreamArn } }],
    });
    expect(rewritten.flinkSql).toContain(
      "'connector' = 'firehose', 'delivery-stream' = 'out', 'aws.region' = 'eu-west-1', 'format' = 'csv'",
    );
    expect(await bindRewritten(rewritten)).toBe(1);
  });

  test("streams that feed each other come in order; several pumps are one UNION ALL", async () => {
    const rewritten = rewriteTest(`
      CREATE STREAM "DEST" (a VARCHAR(4), n INTEGER);
      CREATE PUMP p2 AS INSERT INTO "DEST" (n) SELECT STREAM n FROM middle;
      CREATE PUMP p3 AS INSERT INTO "DEST" SELECT STREAM a, 1 FROM v;
      CREATE VIEW v AS SELECT STREAM ROWTIME, a FROM middle WHERE n > 0;
      CREATE STREAM middle (a VARCHAR(4), n INTEGER NOT NULL) DESCRIPTION 'between';
      CREATE OR REPLACE PUMP p1 AS INSERT INTO "schema".middle SELECT STREAM ticker, 1 FROM "SOURCE_001";
    `);
    const order = [...rewritten.flinkSql.matchAll(/VIEW `(\w+)`/g)].map(([, name]) => name);
    expect(order).toEqual(["SOURCE_001", "COMPANIES", "MIDDLE", "V", "DEST"]);
    expect(rewritten.flinkSql).toContain(
      "SELECT CAST(NULL AS VARCHAR(4)) AS `A`, CAST(`Q`.`N` AS INT) AS `N`",
    );
    expect(rewritten.flinkSql).toContain("UNION ALL");
    expect(await bindRewritten(rewritten)).toBe(1);
  });

  test("places of the program are places of the code", () => {
    const code = pumpCode(
      "a REAL, b REAL",
      'SELECT STREAM price, price * 2 FROM "SOURCE_001" WHERE price > 1',
    );
    const { flinkSql, positions } = rewriteTest(code);
    const place = (text: string): string =>
      code.slice(originalPosition(positions, flinkSql.indexOf(text))).slice(0, 9);
    expect(place("PRICE * 2")).toBe("price * 2");
    expect(place("PRICE > 1")).toBe("price > 1");
    expect(place("SELECT PRICE")).toBe("SELECT ST");
    expect(originalPosition(positions, 0)).toBeUndefined();
  });
});

describe("what cannot be connected", () => {
  test.each([
    [
      "a delivery stream as input",
      withInput({ source: { kind: "firehose", deliveryStreamArn: "x" } }),
      /read its source stream/,
    ],
    ["an array of rows", withSchema({ format: { type: "JSON", rowPath: "$.rows[0:]" } }), /\$\.rows\[0:\]/],
    [
      "a column of an array",
      withSchema({ columns: [{ name: "A", sqlType: "INTEGER", mapping: "$.a[0]" }] }),
      /column "A"/,
    ],
    [
      "a type that is none",
      withSchema({ columns: [{ name: "A", sqlType: "INTEGER(", mapping: "$.a" }] }),
      /SqlType INTEGER\(/,
    ],
    [
      "a type of several columns",
      withSchema({ columns: [{ name: "A", sqlType: "ROW<a INT>", mapping: "$.a" }] }),
      /not supported/,
    ],
    [
      "an object that is a value, too",
      withSchema({
        columns: [
          { name: "A", sqlType: "INTEGER", mapping: "$.a" },
          { name: "B", sqlType: "INTEGER", mapping: "$.a.b" },
        ],
      }),
      /column "B"/,
    ],
    [
      "an output without a stream",
      { outputs: [{ ...testConnections.outputs[0], name: "dest" } as never] },
      /"dest"/,
    ],
    [
      "the stream of errors",
      { outputs: [{ ...testConnections.outputs[0], name: "error_stream" } as never] },
      /error_stream/,
    ],
    ["no output", { outputs: [] }, /nothing to run/],
  ])("%s", (_name, connections, message) => {
    expect(rewriteError(PLAIN, connections).message).toMatch(message);
  });

  test.each([
    ['CREATE STREAM "DEST" (a INTEGER)', /no pump fills/],
    [
      'CREATE STREAM "DEST" (a INTEGER); CREATE PUMP p AS INSERT INTO "DEST" SELECT STREAM a FROM "DEST"',
      /filled from itself/,
    ],
    ['CREATE PUMP p AS INSERT INTO nothing SELECT STREAM a FROM "SOURCE_001"', /"NOTHING" does not exist/],
    ['CREATE STREAM "SOURCE_001" (a INTEGER)', /input of the application/],
    [
      'CREATE STREAM "DEST" (a INTEGER); CREATE PUMP p AS INSERT INTO "DEST" (b) SELECT STREAM price FROM "SOURCE_001"',
      /no column "B"/,
    ],
    [
      'CREATE STREAM "DEST" (a INTEGER); CREATE STREAM s (a INTEGER); CREATE PUMP p AS INSERT INTO "DEST" SELECT STREAM a FROM s',
      /read, but no pump fills it/,
    ],
    ['CREATE PUMP p STOPPED AS INSERT INTO "DEST" SELECT STREAM 1', /STOPPED/],
    ["CREATE FUNCTION f (a INTEGER) RETURNS INTEGER RETURN 1", /CREATE FUNCTION/],
    ['ALTER PUMP "p" START', /ALTER outside of a pump/],
    ["CREATE STREAM s", /columns of the stream/],
    ["CREATE TABLE t (a INTEGER)", /CREATE TABLE/],
    ["HELLO", /expected CREATE STREAM or CREATE PUMP/],
  ])("%s", (code, message) => {
    const error = rewriteError(code);
    expect(error.message).toMatch(message);
  });
});

describe("hostile codes", () => {
  const many = 5000;
  test.each([
    ["columns", `CREATE STREAM s (${"a INTEGER, ".repeat(many)}b INTEGER)`],
    ["brackets", `CREATE PUMP p AS INSERT INTO s SELECT STREAM ${"(".repeat(many)}`],
    ["subqueries", `CREATE STREAM "DEST" AS ${"SELECT STREAM * FROM (".repeat(many)}`],
    [
      "unions",
      `CREATE STREAM "DEST" AS ${'SELECT STREAM price FROM "SOURCE_001" UNION ALL '.repeat(many)}SELECT STREAM 1`,
    ],
    ["quotes", '"'.repeat(many)],
    [
      "names of a prototype",
      'CREATE STREAM "__proto__" ("constructor" INTEGER); CREATE PUMP "toString" AS INSERT INTO "__proto__" SELECT STREAM "hasOwnProperty" FROM "valueOf"',
    ],
  ])("%s", (_name, code) => {
    expect(rewriteError(code).sqlState).toMatch(/^[0-9A-Z]{5}$/);
  });

  test("a chain of streams", async () => {
    const links = Array.from({ length: 300 }, (_, index) => {
      const from = index === 0 ? '"SOURCE_001"' : `s${index - 1}`;
      return `CREATE STREAM s${index} (ticker VARCHAR(4)); CREATE PUMP p${index} AS INSERT INTO s${index} SELECT STREAM ticker FROM ${from};`;
    });
    const code = `${links.join("\n")}\n${pumpCode("a VARCHAR(4)", "SELECT STREAM ticker FROM s299")}`;
    expect(rewriteTest(code).flinkSql.match(/CREATE TEMPORARY VIEW/g)).toHaveLength(303);
  });
});
