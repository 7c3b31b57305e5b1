import { describe, expect, it } from "vitest";
import { errorOf } from "./test-bind.ts";

describe("errors of queries", () => {
  it("name what is not found", async () => {
    expect(await errorOf(`SELECT prices FROM bids`)).toMatchInlineSnapshot(
      `"42703 column 'prices' not found in any table (did you mean 'price'?) @ prices"`,
    );
    expect(await errorOf(`SELECT b.prices FROM bids b`)).toMatchInlineSnapshot(
      `"42703 column 'prices' not found in table 'b' (did you mean 'price'?) @ prices"`,
    );
    expect(await errorOf(`SELECT x.price FROM bids b`)).toMatchInlineSnapshot(
      `"42703 table or column 'x' not found @ x"`,
    );
    expect(await errorOf(`SELECT Price FROM bids`)).toMatchInlineSnapshot(
      `"42703 column 'Price' not found in any table (did you mean 'price'?) @ Price"`,
    );
    expect(await errorOf(`SELECT * FROM bidz`)).toMatchInlineSnapshot(
      `"42P01 object 'bidz' not found (did you mean 'bids'?) @ bidz"`,
    );
    expect(await errorOf(`SELECT * FROM nodb.bids`)).toMatchInlineSnapshot(
      `"42P01 object 'nodb.bids' not found: there is no database 'default_catalog.nodb' @ nodb"`,
    );
  });

  it("are about groups and functions", async () => {
    expect(await errorOf(`SELECT auction, price FROM bids GROUP BY auction`)).toMatchInlineSnapshot(
      `"42803 expression 'price' is not being grouped @ price"`,
    );
    expect(await errorOf(`SELECT auction FROM bids WHERE COUNT(*) > 1`)).toMatchInlineSnapshot(
      `"42803 the aggregate function COUNT may not stand in WHERE @ COUNT"`,
    );
    expect(await errorOf(`SELECT SUM(COUNT(*)) FROM bids`)).toMatchInlineSnapshot(
      `"42803 the aggregate function COUNT may not stand in an argument of SUM @ COUNT"`,
    );
    expect(await errorOf(`SELECT nofun(price) FROM bids`)).toMatchInlineSnapshot(
      `"42883 no match found for function 'nofun' @ nofun"`,
    );
    expect(await errorOf(`SELECT uper(channel) FROM bids`)).toMatchInlineSnapshot(
      `"42883 no match found for function 'uper' (did you mean 'upper'?) @ uper"`,
    );
    expect(await errorOf(`SELECT UPPER(price, 3) FROM bids`)).toMatchInlineSnapshot(
      `"42804 cannot apply 'UPPER' to arguments of the types (INT, INT NOT NULL) @ UPPER"`,
    );
    expect(await errorOf(`SELECT price FROM bids WHERE channel = 1`)).toMatchInlineSnapshot(
      `"42804 implicit type conversion between STRING and INT is not supported; write a CAST @ ="`,
    );
    expect(await errorOf(`SELECT price FROM bids WHERE price`)).toMatchInlineSnapshot(
      `"42804 WHERE needs a condition of the type BOOLEAN, not INT @ price"`,
    );
    expect(await errorOf(`SELECT CAST(ts AS INT) FROM bids`)).toMatchInlineSnapshot(
      `"42846 cast function cannot convert value of type TIMESTAMP(3) to type INT; write UNIX_TIMESTAMP(CAST(value AS STRING)) instead @ CAST"`,
    );
    expect(await errorOf(`SELECT CAST(price AS TIMESTAMP(3)) FROM bids`)).toMatchInlineSnapshot(
      `"42846 cast function cannot convert value of type INT to type TIMESTAMP(3); write TO_TIMESTAMP(FROM_UNIXTIME(seconds)) or TO_TIMESTAMP_LTZ(number, precision) instead @ CAST"`,
    );
    expect(await errorOf(`SELECT CAST(price AS TIMESTAMP(9)) FROM bids`)).toMatchInlineSnapshot(
      `"0A000 the precision of TIMESTAMP(9), which is above microseconds, is not supported; it runs on Apache Flink itself @ TIMESTAMP"`,
    );
    expect(await errorOf(`SELECT CAST(price AS DECIMAL(40, 2)) FROM bids`)).toMatchInlineSnapshot(
      `"42000 the precision of DECIMAL must be between 1 and 38, not 40 @ DECIMAL"`,
    );
    expect(await errorOf(`SELECT CAST(price AS money) FROM bids`)).toMatchInlineSnapshot(
      `"42704 there is no type 'money' @ money"`,
    );
    expect(
      await errorOf(`SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(price), INTERVAL '1' MINUTE))`),
    ).toMatchInlineSnapshot(
      `"42804 the window function requires the timecol is a time attribute type, but is INT @ price"`,
    );
  });

  it("are about types", async () => {
    expect(await errorOf(`SELECT CASE WHEN price > 1 THEN 'x' ELSE 1 END FROM bids`)).toMatchInlineSnapshot(
      `"42804 the results of CASE have no common type: CHAR(1) NOT NULL, INT NOT NULL @ CASE"`,
    );
    expect(await errorOf(`SELECT ARRAY[1, 'x']`)).toMatchInlineSnapshot(
      `"42804 cannot apply 'ARRAY' to arguments of the types (INT NOT NULL, CHAR(1) NOT NULL) @ ARRAY"`,
    );
    expect(await errorOf(`SELECT NULL, CASE WHEN TRUE THEN NULL END`)).toMatchInlineSnapshot(
      `"42804 ELSE clause or at least one THEN clause must be non-NULL @ CASE"`,
    );
    expect(await errorOf(`SELECT DATE '2023-02-30'`)).toMatchInlineSnapshot(
      `"22007 '2023-02-30' is no date of the form yyyy-MM-dd @ DATE"`,
    );
    expect(
      await errorOf(`SELECT INTERVAL '25:00' HOUR TO MINUTE, INTERVAL '1:70' HOUR TO MINUTE`),
    ).toMatchInlineSnapshot(`"22007 '1:70' is no interval of HOUR TO MINUTE @ INTERVAL"`);
    expect(await errorOf(`SELECT TIMESTAMP '2020-01-01 00:00:00.1234567'`)).toMatchInlineSnapshot(
      `"0A000 a time literal with digits below microseconds is not supported; it runs on Apache Flink itself @ TIMESTAMP"`,
    );
    expect(await errorOf(`SELECT 123456789012345678901234567890123456789`)).toMatchInlineSnapshot(
      `"22003 the number '123456789012345678901234567890123456789' has more than 38 digits @ 123456789012345678901234567890123456789"`,
    );
    expect(await errorOf(`SELECT a + b FROM plain`)).toMatchInlineSnapshot(
      `"42804 cannot apply '+' to arguments of the types (INT, STRING) @ +"`,
    );
    expect(await errorOf(`SELECT a AND b FROM plain`)).toMatchInlineSnapshot(
      `"42804 cannot apply 'AND' to arguments of the types (INT, STRING) @ a"`,
    );
    expect(await errorOf(`SELECT -b FROM plain`)).toMatchInlineSnapshot(
      `"42804 cannot apply 'NEGATE' to arguments of the types (STRING) @ -"`,
    );
    expect(await errorOf(`SELECT d + 1 FROM plain`)).toMatchInlineSnapshot(
      `"42804 cannot apply '+' to arguments of the types (TIMESTAMP(3), INT NOT NULL) @ +"`,
    );
  });

  it("are about windows", async () => {
    expect(
      await errorOf(`SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(price), INTERVAL '1' MINUTE))`),
    ).toMatchInlineSnapshot(
      `"42804 the window function requires the timecol is a time attribute type, but is INT @ price"`,
    );
    expect(
      await errorOf(`SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '1' MONTH))`),
    ).toMatchInlineSnapshot(
      `"42000 SIZE of TUMBLE must be an interval of days and times, as months have no one length @ INTERVAL"`,
    );
    expect(await errorOf(`SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts)))`)).toMatchInlineSnapshot(
      `"42883 TUMBLE needs the argument SIZE: it is TUMBLE(DATA, TIMECOL, SIZE, OFFSET) @ TUMBLE"`,
    );
    expect(
      await errorOf(
        `SELECT * FROM TABLE(HOP(TABLE bids, DESCRIPTOR(ts), INTERVAL '7' SECOND, INTERVAL '10' SECOND))`,
      ),
    ).toMatchInlineSnapshot(
      `"42000 HOP requires SIZE to be an integral multiple of SLIDE, but got SIZE 10000 ms and SLIDE 7000 ms @ INTERVAL"`,
    );
    expect(
      await errorOf(
        `SELECT * FROM TABLE(CUMULATE(TABLE bids, DESCRIPTOR(ts), INTERVAL '7' SECOND, INTERVAL '10' SECOND))`,
      ),
    ).toMatchInlineSnapshot(
      `"42000 CUMULATE requires SIZE to be an integral multiple of STEP, but got SIZE 10000 ms and STEP 7000 ms @ INTERVAL"`,
    );
    expect(
      await errorOf(
        `SELECT * FROM TABLE(TUMBLE(TABLE bids PARTITION BY channel, DESCRIPTOR(ts), INTERVAL '1' MINUTE))`,
      ),
    ).toMatchInlineSnapshot(`"42000 only SESSION takes PARTITION BY, not TUMBLE @ channel"`);
    expect(
      await errorOf(`SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), SIZ => INTERVAL '1' MINUTE))`),
    ).toMatchInlineSnapshot(
      `"42883 TUMBLE has no argument SIZ (did you mean 'SIZE'?): it is TUMBLE(DATA, TIMECOL, SIZE, OFFSET) @ SIZ"`,
    );
    expect(
      await errorOf(
        `SELECT TUMBLE_START(ts, INTERVAL '2' MINUTE) FROM bids GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)`,
      ),
    ).toMatchInlineSnapshot(`"42803 the bounds of a window need the same window in GROUP BY @ TUMBLE_START"`);
    expect(await errorOf(`SELECT TUMBLE(ts, INTERVAL '1' MINUTE) FROM bids`)).toMatchInlineSnapshot(
      `"42000 TUMBLE may stand in GROUP BY, or as a table function in FROM @ TUMBLE"`,
    );
    expect(
      await errorOf(`SELECT COUNT(*) FROM bids GROUP BY TUMBLE(price, INTERVAL '1' MINUTE)`),
    ).toMatchInlineSnapshot(`"42804 window can only be defined over a time attribute column @ price"`);
  });

  it("refuse by name what is not there", async () => {
    expect(await errorOf(`SELECT auction FROM bids GROUP BY ROLLUP (auction)`)).toMatchInlineSnapshot(
      `"0A000 ROLLUP is not supported; it runs on Apache Flink itself @ ROLLUP"`,
    );
    expect(await errorOf(`SELECT a FROM plain INTERSECT SELECT price FROM bids`)).toMatchInlineSnapshot(
      `"0A000 INTERSECT is not supported; it runs on Apache Flink itself @ SELECT"`,
    );
    expect(await errorOf(`SELECT * FROM bids FOR SYSTEM_TIME AS OF pt`)).toMatchInlineSnapshot(
      `"0A000 a temporal or lookup join (FOR SYSTEM_TIME AS OF) is not supported; it runs on Apache Flink itself @ pt"`,
    );
    expect(
      await errorOf(`SELECT * FROM bids LEFT JOIN people FOR SYSTEM_TIME AS OF bids.pt ON id = bidder`),
    ).toMatchInlineSnapshot(
      `"0A000 a temporal or lookup join (FOR SYSTEM_TIME AS OF) is not supported; it runs on Apache Flink itself @ bids"`,
    );
    expect(
      await errorOf(`SELECT LISTAGG(channel) WITHIN GROUP (ORDER BY price) FROM bids`),
    ).toMatchInlineSnapshot(
      `"0A000 WITHIN GROUP of LISTAGG is not supported; it runs on Apache Flink itself @ LISTAGG"`,
    );
    expect(await errorOf(`SELECT ARRAY_AGG(price ORDER BY ts) FROM bids`)).toMatchInlineSnapshot(
      `"0A000 ORDER BY inside of ARRAY_AGG is not supported; it runs on Apache Flink itself @ ARRAY_AGG"`,
    );
    expect(await errorOf(`SELECT (SELECT price, auction FROM bids) FROM bids`)).toMatchInlineSnapshot(
      `"42601 a query that is a value must give one column @ ("`,
    );
    expect(
      await errorOf(`SELECT a FROM plain WHERE a = 1 OR a IN (SELECT price FROM bids)`),
    ).toMatchInlineSnapshot(
      `"0A000 IN or EXISTS with a query anywhere but in the ANDs of WHERE (here in WHERE) is not supported; it runs on Apache Flink itself @ a"`,
    );
  });

  it("refuse by name what else is not there", async () => {
    expect(await errorOf(`SELECT a FROM plain WHERE a > ALL (SELECT price FROM bids)`)).toMatchInlineSnapshot(
      `"0A000 a comparison with ANY, SOME or ALL is not supported; it runs on Apache Flink itself @ a"`,
    );
    expect(
      await errorOf(`SELECT a, (SELECT MAX(price) FROM bids WHERE price > a) FROM plain`),
    ).toMatchInlineSnapshot(
      `"0A000 the column 'a' of the query around, in WHERE of a query inside of it, is not supported; it runs on Apache Flink itself @ a"`,
    );
    expect(await errorOf(`SELECT * FROM plain, LATERAL TABLE(split(b)) AS t (x)`)).toMatchInlineSnapshot(
      `"0A000 the table function split is not supported; it runs on Apache Flink itself @ split"`,
    );
    expect(await errorOf(`SELECT /*+ STATE_TTL('bids'='1d') */ * FROM bids`)).toMatchInlineSnapshot(
      `"0A000 the hint STATE_TTL is not supported; it runs on Apache Flink itself @ STATE_TTL"`,
    );
    expect(await errorOf(`SELECT /*+ NOHINT('bids') */ * FROM bids`)).toMatchInlineSnapshot(
      `"42000 there is no hint 'NOHINT' @ NOHINT"`,
    );
    expect(
      await errorOf(
        `SELECT * FROM bids MATCH_RECOGNIZE (ORDER BY ts MEASURES A.price AS p PATTERN (A) DEFINE A AS TRUE)`,
      ),
    ).toMatchInlineSnapshot(
      `"0A000 MATCH_RECOGNIZE is not supported; it runs on Apache Flink itself @ bids"`,
    );
    expect(await errorOf(`SELECT APPROX_COUNT_DISTINCT(price) FROM bids`)).toMatchInlineSnapshot(
      `"0A000 the function APPROX_COUNT_DISTINCT is not supported (Flink itself has it for batches alone); it runs on Apache Flink itself @ APPROX_COUNT_DISTINCT"`,
    );
    expect(
      await errorOf(`SELECT * FROM bids LEFT JOIN UNNEST(tags) AS t (x) ON x = channel`),
    ).toMatchInlineSnapshot(
      `"0A000 LEFT JOIN UNNEST with a condition other than TRUE is not supported; it runs on Apache Flink itself @ x"`,
    );
    expect(
      await errorOf(`SELECT a FROM plain WHERE (a, b) IN (SELECT price FROM bids)`),
    ).toMatchInlineSnapshot(`"42601 IN compares 2 value(s) with 1 column(s) @ ("`);
  });

  it("are about columns and clauses", async () => {
    expect(await errorOf(`SELECT * FROM bidz`)).toMatchInlineSnapshot(
      `"42P01 object 'bidz' not found (did you mean 'bids'?) @ bidz"`,
    );
    expect(await errorOf(`SELECT * FROM nodb.bids`)).toMatchInlineSnapshot(
      `"42P01 object 'nodb.bids' not found: there is no database 'default_catalog.nodb' @ nodb"`,
    );
    expect(await errorOf(`SELECT a FROM plain UNION ALL SELECT a, b FROM plain`)).toMatchInlineSnapshot(
      `"42601 the inputs of UNION have 1 and 2 columns @ SELECT"`,
    );
    expect(await errorOf(`SELECT a FROM plain UNION ALL SELECT b FROM plain`)).toMatchInlineSnapshot(
      `"42804 the columns 'a' of UNION have no common type: INT, STRING @ SELECT"`,
    );
    expect(await errorOf(`SELECT * FROM plain ORDER BY 9`)).toMatchInlineSnapshot(
      `"42P10 ORDER BY has no column 9: there are 4 @ 9"`,
    );
    expect(await errorOf(`SELECT a FROM plain ORDER BY nope`)).toMatchInlineSnapshot(
      `"42703 column 'nope' not found in any table @ nope"`,
    );
    expect(await errorOf(`SELECT a FROM plain LIMIT -1`)).toMatchInlineSnapshot(
      `"42601 syntax error at or near "-": expected a whole number @ -"`,
    );
    expect(await errorOf(`SELECT a FROM plain LIMIT 1.5`)).toMatchInlineSnapshot(
      `"42601 syntax error at or near "1.5": expected a whole number @ 1"`,
    );
    expect(await errorOf(`SELECT ROW_NUMBER() FROM bids`)).toMatchInlineSnapshot(
      `"42000 ROW_NUMBER needs OVER (...) @ ROW_NUMBER"`,
    );
    expect(await errorOf(`SELECT ROW_NUMBER() OVER (PARTITION BY price) FROM bids`)).toMatchInlineSnapshot(
      `"42000 ROW_NUMBER needs ORDER BY in OVER (...) @ ROW_NUMBER"`,
    );
    expect(await errorOf(`SELECT seller.nam FROM bids`)).toMatchInlineSnapshot(
      `"42703 field 'nam' not found in ROW<\`name\` STRING, \`address\` ROW<\`city\` STRING, \`zip\` INT>> (did you mean 'name'?) @ nam"`,
    );
    expect(await errorOf(`SELECT price.x FROM bids`)).toMatchInlineSnapshot(
      `"42703 'x' is no field: the value before it is INT, no ROW @ x"`,
    );
    expect(await errorOf(`SELECT * `)).toMatchInlineSnapshot(`"42601 SELECT * needs a FROM @ *"`);
    expect(await errorOf(`SELECT t.* FROM bids`)).toMatchInlineSnapshot(`"42P01 table 't' not found @ t"`);
    expect(await errorOf(`SELECT CURRENT_WATERMARK(price) FROM bids`)).toMatchInlineSnapshot(
      `"42804 CURRENT_WATERMARK takes one rowtime attribute @ CURRENT_WATERMARK"`,
    );
    expect(await errorOf(`SELECT PROCTIME(1)`)).toMatchInlineSnapshot(
      `"42883 PROCTIME takes no arguments @ PROCTIME"`,
    );
    expect(await errorOf(`SELECT SUM(price) OVER nope FROM bids`)).toMatchInlineSnapshot(
      `"42704 there is no window 'nope' @ nope"`,
    );
    expect(await errorOf(`SELECT a FROM plain p, plain q`)).toMatchInlineSnapshot(
      `"42702 column 'a' is ambiguous @ a"`,
    );
    expect(await errorOf(`SELECT * FROM plain CROSS JOIN UNNEST(a) AS t (x)`)).toMatchInlineSnapshot(
      `"42804 UNNEST takes ARRAY, MAP and MULTISET, not INT @ UNNEST"`,
    );
    expect(await errorOf(`SELECT * FROM bids CROSS JOIN UNNEST(tags) AS t (x, y)`)).toMatchInlineSnapshot(
      `"42601 UNNEST gives 1 column(s), but 2 name(s) are given @ x"`,
    );
    expect(
      await errorOf(`SELECT * FROM bids LEFT JOIN UNNEST(tags) AS t (x) ON x = channel`),
    ).toMatchInlineSnapshot(
      `"0A000 LEFT JOIN UNNEST with a condition other than TRUE is not supported; it runs on Apache Flink itself @ x"`,
    );
    expect(await errorOf(`SELECT STREAM a FROM plain`)).toMatchInlineSnapshot(
      `"42601 syntax error at or near "STREAM": expected an expression or a name (it is a reserved word; as a name it is written \`STREAM\`) @ STREAM"`,
    );
    expect(await errorOf(`SELECT price FROM people`)).toMatchInlineSnapshot(
      `"42703 column 'price' not found in any table @ price"`,
    );
  });
});
