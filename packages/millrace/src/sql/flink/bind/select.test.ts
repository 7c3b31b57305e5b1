import { describe, expect, it } from "vitest";
import { columnsOf, planOf } from "./test-bind.ts";

describe("SELECT", () => {
  it("picks columns, fields of rows and elements", async () => {
    expect(
      await planOf(
        `SELECT seller.name, seller.address.city, bids.seller.address.zip, items[1].sku, info['k'] AS v, default_catalog.default_database.bids.price FROM bids`,
      ),
    ).toMatchInlineSnapshot(`
      "Project seller.name AS name, seller.address.city AS city, seller.address.zip AS zip, item(items, 1).sku AS sku, item(info, 'k') AS v, price
        Scan bids"
    `);
    expect(await planOf(`SELECT seller.*, b.channel FROM bids b`)).toMatchInlineSnapshot(`
      "Project seller.name AS name, seller.address AS address, channel
        Scan bids"
    `);
  });

  it("names columns as Flink does", async () => {
    expect(await columnsOf(`SELECT a, a, b AS a, a + 1, UPPER(b) FROM plain`)).toMatchInlineSnapshot(
      `"a INT, a0 INT, a1 STRING, EXPR$3 INT, EXPR$4 STRING"`,
    );
    expect(await columnsOf(`SELECT *, 1 FROM plain`)).toMatchInlineSnapshot(
      `"a INT, b STRING, c DECIMAL(10, 2), d TIMESTAMP(3), EXPR$4 INT NOT NULL"`,
    );
  });

  it("has aggregates over a projection of what they read", async () => {
    expect(
      await planOf(
        `SELECT channel, SUM(price) + 1 AS s, COUNT(DISTINCT bidder) FILTER (WHERE price > 5) FROM bids WHERE price > 3 AND channel LIKE 'a%' GROUP BY channel HAVING COUNT(*) > 1`,
      ),
    ).toMatchInlineSnapshot(`
      "Project channel, +(EXPR$0, 1) AS s, EXPR$1 AS EXPR$2
        Filter >(EXPR$2, 1n)
          Aggregate by (channel) sum(price), count(distinct bidder) filter $f3, count()
            Project channel, price, bidder, >(price, 5) AS $f3
              Filter and(>(price, 3), like(channel, 'a%'))
                Scan bids"
    `);
    expect(await planOf(`SELECT MAX(price), COUNT(*), MAX(price) * 2 FROM bids`)).toMatchInlineSnapshot(`
      "Project EXPR$0, EXPR$1, *(EXPR$0, 2) AS EXPR$2
        Aggregate by () max(price), count()
          Project price
            Scan bids"
    `);
    expect(await planOf(`SELECT price / 10, COUNT(*) FROM bids GROUP BY price / 10`)).toMatchInlineSnapshot(`
      "Project $f0 AS EXPR$0, EXPR$0 AS EXPR$1
        Aggregate by ($f0) count()
          Project /(price, 10) AS $f0
            Scan bids"
    `);
    expect(await planOf(`SELECT 1 FROM bids GROUP BY ()`)).toMatchInlineSnapshot(`
      "Project 1 AS EXPR$0
        Aggregate by ()
          Project 
            Scan bids"
    `);
  });

  it("counts rows where a constant is counted", async () => {
    expect(
      await planOf("SELECT COUNT(1), COUNT(*), COUNT(NULLIF(1, 1)), COUNT(DISTINCT 1) FROM plain"),
    ).toContain("Aggregate by () count(), count($f0), count(distinct $f1)");
  });

  it("makes aggregates of no rows NULL, but for counts", async () => {
    expect(
      await columnsOf(`SELECT MAX(bidder), COUNT(bidder), SUM(bidder) FILTER (WHERE price > 1) FROM bids`),
    ).toMatchInlineSnapshot(`"EXPR$0 BIGINT, EXPR$1 BIGINT NOT NULL, EXPR$2 BIGINT"`);
    expect(
      await columnsOf(`SELECT MAX(bidder), SUM(bidder) FILTER (WHERE price > 1) FROM bids GROUP BY auction`),
    ).toMatchInlineSnapshot(`"EXPR$0 BIGINT, EXPR$1 BIGINT"`);
  });

  it("orders by names, places and expressions", async () => {
    expect(
      await planOf(
        `SELECT auction, COUNT(*) AS n FROM bids GROUP BY auction ORDER BY 2 DESC, COUNT(*), auction NULLS LAST LIMIT 10 OFFSET 5`,
      ),
    ).toMatchInlineSnapshot(`
      "Sort (n desc nulls last, n nulls first, auction nulls last) offset 5 fetch 10
        Project auction, EXPR$0 AS n
          Aggregate by (auction) count()
            Project auction
              Scan bids"
    `);
    expect(await planOf(`SELECT a FROM plain ORDER BY b DESC, a + 1`)).toMatchInlineSnapshot(`
      "Project a
        Sort ($s1 desc nulls last, $s2 nulls first) offset 0 fetch all
          Project a, b AS $s1, +(a, 1) AS $s2
            Scan plain"
    `);
    expect(await planOf(`SELECT a FROM plain LIMIT 3`)).toMatchInlineSnapshot(`
      "Sort () offset 0 fetch 3
        Project a
          Scan plain"
    `);
    expect(await planOf(`SELECT a AS b, b AS c FROM plain ORDER BY b`)).toMatchInlineSnapshot(`
      "Sort (b nulls first) offset 0 fetch all
        Project a AS b, b AS c
          Scan plain"
    `);
    expect(
      await planOf(`SELECT a, b FROM plain UNION ALL SELECT a, b FROM plain ORDER BY a + 1`),
    ).toMatchInlineSnapshot(`
      "Project a, b
        Sort ($s2 nulls first) offset 0 fetch all
          Project a, b, +(a, 1) AS $s2
            Union
              Project a, b
                Scan plain
              Project a, b
                Scan plain"
    `);
  });

  it("is distinct by an aggregate without calls", async () => {
    expect(
      await planOf(`SELECT DISTINCT channel, price / 2 FROM bids ORDER BY channel`),
    ).toMatchInlineSnapshot(`
      "Sort (channel nulls first) offset 0 fetch all
        Aggregate by (channel, EXPR$1)
          Project channel, /(price, 2) AS EXPR$1
            Scan bids"
    `);
  });

  it("is rows where there is no FROM", async () => {
    expect(
      await planOf(
        `SELECT 1, 'x', TIMESTAMP '2020-01-01 00:00:00.5', INTERVAL '1 02:03' DAY TO MINUTE, X'0aFF', 1.50, 1e3, 9999999999, -3`,
      ),
    ).toMatchInlineSnapshot(
      `"Values (1, 'x', 1577836800500, 93780000, X'0aff', 150n, 1000, 9999999999n, -3)"`,
    );
    expect(await planOf(`VALUES (1, 'a', NULL), (2.5, 'bcd', 3)`)).toMatchInlineSnapshot(
      `"Values (10n, 'a', NULL) (25n, 'bcd', 3)"`,
    );
  });

  it("ranks with OVER, QUALIFY and named windows", async () => {
    expect(
      await planOf(
        `SELECT * FROM (SELECT auction, price, ROW_NUMBER() OVER (PARTITION BY channel ORDER BY price DESC, ts) AS rn FROM bids) WHERE rn <= 3`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction, price, rn
        Filter <=(rn, 3n)
          Project auction, price, $w10 AS rn
            Over by (channel) order (price desc nulls last, ts nulls first) row_number()
              Scan bids"
    `);
    expect(
      await planOf(
        `SELECT auction, price FROM bids QUALIFY ROW_NUMBER() OVER (PARTITION BY auction ORDER BY ts DESC) = 1`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction, price
        Filter =($w10, 1n)
          Over by (auction) order (ts desc nulls last) row_number()
            Scan bids"
    `);
    expect(
      await planOf(
        `SELECT auction, SUM(price) OVER w AS s, COUNT(*) OVER (w ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM bids WINDOW w AS (PARTITION BY auction + 1 ORDER BY ts)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction, $w11 AS s, $w12 AS EXPR$2
        Over by ($o0) order (ts nulls first) sum(price), count() ROWS BETWEEN 2 PRECEDING AND CURRENT ROW
          Project auction, bidder, price, channel, tags, info, seller, items, ts, pt, +(auction, 1n) AS $o0
            Scan bids"
    `);
    expect(
      await planOf(`SELECT channel, RANK() OVER (ORDER BY COUNT(*) DESC) AS r FROM bids GROUP BY channel`),
    ).toMatchInlineSnapshot(`
      "Project channel, $w2 AS r
        Over by () order (EXPR$0 desc nulls last) rank()
          Aggregate by (channel) count()
            Project channel
              Scan bids"
    `);
  });

  it("joins what is united, in common types", async () => {
    expect(
      await planOf(`SELECT a FROM plain UNION ALL SELECT auction FROM bids UNION ALL SELECT 1.5`),
    ).toMatchInlineSnapshot(`
      "Union
        Project cast(a as DECIMAL(20, 1)) AS a
          Project a
            Scan plain
        Project cast(auction as DECIMAL(20, 1)) AS a
          Project auction
            Scan bids
        Values (15n)"
    `);
    expect(
      await planOf(`SELECT a, b FROM plain UNION SELECT price, channel FROM bids`),
    ).toMatchInlineSnapshot(`
      "Aggregate by (a, b)
        Union
          Project a, b
            Scan plain
          Project price, channel
            Scan bids"
    `);
    expect(await planOf(`TABLE plain`)).toMatchInlineSnapshot(`"Scan plain"`);
  });

  it("puts WITH and views in place", async () => {
    expect(
      await planOf(
        `WITH x AS (SELECT price AS p FROM bids), y (q) AS (SELECT p + 1 FROM x) SELECT p, q FROM x JOIN y ON p = q`,
      ),
    ).toMatchInlineSnapshot(`
      "Project p, q
        Join inner on =(p, q)
          Project price AS p
            Scan bids
          Project EXPR$0 AS q
            Project +(p, 1) AS EXPR$0
              Project price AS p
                Scan bids"
    `);
    expect(
      await planOf(`CREATE TEMPORARY VIEW v (n) AS SELECT COUNT(*) FROM bids; SELECT n + 1 FROM v`),
    ).toMatchInlineSnapshot(`
      "Project +(n, 1n) AS EXPR$0
        Project EXPR$0 AS n
          Project EXPR$0
            Aggregate by () count()
              Project 
                Scan bids"
    `);
  });
});
