import { describe, expect, it } from "vitest";
import { columnsOf, planOf } from "./test-bind.ts";

describe("expressions", () => {
  it("have the types of Flink", async () => {
    expect(
      await columnsOf(
        `SELECT price + auction, price / 2, price % 7, auction % 7, price * 1.5, CAST(price AS DOUBLE) / 3, c * c, c / 3, c + 1, -price FROM bids, plain`,
      ),
    ).toMatchInlineSnapshot(
      `"EXPR$0 BIGINT, EXPR$1 INT, EXPR$2 INT, EXPR$3 INT, EXPR$4 DECIMAL(13, 1), EXPR$5 DOUBLE, EXPR$6 DECIMAL(21, 4), EXPR$7 DECIMAL(21, 13), EXPR$8 DECIMAL(13, 2), EXPR$9 INT"`,
    );
    expect(
      await columnsOf(
        `SELECT ts + INTERVAL '1' DAY, ts - INTERVAL '2' HOUR, born + INTERVAL '1' MONTH FROM bids, people`,
      ),
    ).toMatchInlineSnapshot(`"EXPR$0 TIMESTAMP(3), EXPR$1 TIMESTAMP(3), EXPR$2 DATE"`);
    expect(
      await columnsOf(
        `SELECT CASE channel WHEN 'a' THEN 1 WHEN 'b' THEN 2.5 END, CASE WHEN price > 1 THEN 'x' ELSE NULL END, COALESCE(price, 1), NULLIF(price, 1) FROM bids`,
      ),
    ).toMatchInlineSnapshot(`"EXPR$0 DECIMAL(11, 1), EXPR$1 CHAR(1), EXPR$2 INT NOT NULL, EXPR$3 INT"`);
    expect(await columnsOf(`SELECT ARRAY[1, 2.5], MAP['a', 1], ROW(1, 'x'), (1, 2)`)).toMatchInlineSnapshot(
      `"EXPR$0 ARRAY<DECIMAL(11, 1) NOT NULL> NOT NULL, EXPR$1 MAP<CHAR(1) NOT NULL, INT NOT NULL> NOT NULL, EXPR$2 ROW<\`EXPR$0\` INT NOT NULL, \`EXPR$1\` CHAR(1) NOT NULL> NOT NULL, EXPR$3 ROW<\`EXPR$0\` INT NOT NULL, \`EXPR$1\` INT NOT NULL> NOT NULL"`,
    );
    expect(
      await columnsOf(
        `SELECT CAST(a AS STRING), TRY_CAST(b AS INT), CAST(NULL AS INT), CAST(ROW(1, 'x') AS ROW<p BIGINT, q STRING>) FROM plain`,
      ),
    ).toMatchInlineSnapshot(
      `"EXPR$0 STRING, EXPR$1 INT, EXPR$2 INT, EXPR$3 ROW<\`p\` BIGINT, \`q\` STRING> NOT NULL"`,
    );
  });

  it("have their implicit casts", async () => {
    expect(
      await planOf(
        `SELECT CAST(ts AS DATE), CAST('2020-01-01' AS DATE), ts > '2020-01-01 00:00:00', born = '2020-13-01', ts = seen FROM bids, people`,
      ),
    ).toMatchInlineSnapshot(`
      "Project cast(ts as DATE) AS EXPR$0, 18262 AS EXPR$1, >(ts, 1577836800000) AS EXPR$2, =(born, cast('2020-13-01' as DATE NOT NULL)) AS EXPR$3, =(cast(ts as TIMESTAMP_LTZ(3)), seen) AS EXPR$4
        Join inner
          Scan bids
          Scan people"
    `);
    expect(
      await planOf(
        `SELECT price BETWEEN 1 AND 5, price NOT BETWEEN SYMMETRIC 5 AND 1, price IN (1, 2), auction NOT IN (1, 2), channel LIKE 'a!%' ESCAPE '!', price IS NOT NULL, price IS DISTINCT FROM 3, price > 1 IS UNKNOWN FROM bids`,
      ),
    ).toMatchInlineSnapshot(`
      "Project and(>=(price, 1), <=(price, 5)) AS EXPR$0, not(or(and(>=(price, 5), <=(price, 1)), and(>=(price, 1), <=(price, 5)))) AS EXPR$1, in(price, 1, 2) AS EXPR$2, not(in(auction, 1n, 2n)) AS EXPR$3, like(channel, 'a!%', '!') AS EXPR$4, is not null(price) AS EXPR$5, is distinct from(price, 3) AS EXPR$6, is null(>(price, 1)) AS EXPR$7
        Scan bids"
    `);
    expect(
      await planOf(`SELECT price > 1 AND price < 5 AND channel = 'x' OR NOT price = 2 FROM bids`),
    ).toMatchInlineSnapshot(`
      "Project or(and(>(price, 1), <(price, 5), =(channel, 'x')), not(=(price, 2))) AS EXPR$0
        Scan bids"
    `);
  });

  it("say special forms as calls", async () => {
    expect(
      await planOf(
        `SELECT EXTRACT(YEAR FROM ts), FLOOR(ts TO HOUR), TIMESTAMPADD(DAY, 1, ts), TRIM(BOTH 'x' FROM channel), TRIM(channel), SUBSTRING(channel FROM 2 FOR 3), POSITION('a' IN channel), OVERLAY(channel PLACING 'x' FROM 1) FROM bids`,
      ),
    ).toMatchInlineSnapshot(`
      "Project extract('YEAR', ts) AS EXPR$0, floor(ts, 'HOUR') AS EXPR$1, timestampadd('DAY', 1, ts) AS EXPR$2, trim('BOTH', 'x', channel) AS EXPR$3, trim(channel) AS EXPR$4, substring(channel, 2, 3) AS EXPR$5, position('a', channel) AS EXPR$6, overlay(channel, 'x', 1) AS EXPR$7
        Scan bids"
    `);
    expect(
      await planOf(
        `SELECT JSON_VALUE(channel, '$.a' RETURNING INT DEFAULT 3 ON EMPTY ERROR ON ERROR), JSON_EXISTS(channel, '$.a'), channel IS JSON OBJECT, JSON_OBJECT(KEY 'a' VALUE price), JSON_ARRAY(1, 2 NULL ON NULL), JSON_QUERY(channel, '$') FROM bids`,
      ),
    ).toMatchInlineSnapshot(`
      "Project json_value(channel, '$.a', NULL, 'DEFAULT', 3, 'ERROR', NULL) AS EXPR$0, json_exists(channel, '$.a', 'FALSE') AS EXPR$1, is json(channel, 'OBJECT') AS EXPR$2, json_object('NULL', 'a', price) AS EXPR$3, json_array('NULL', 1, 2) AS EXPR$4, json_query(channel, '$', NULL, 'WITHOUT', 'NULL', 'NULL') AS EXPR$5
        Scan bids"
    `);
    expect(
      await planOf(`SELECT CURRENT_TIMESTAMP, PROCTIME(), INTERVAL -'1' DAY, INTERVAL '1-2' YEAR TO MONTH`),
    ).toMatchInlineSnapshot(`"Values (current_timestamp(), proctime(), -86400000, 14)"`);
  });
});
