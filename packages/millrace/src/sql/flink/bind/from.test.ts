import { describe, expect, it } from "vitest";
import { bindQueryText, columnsOf, errorOf, planOf } from "./test-bind.ts";

describe("FROM", () => {
  it("joins with ON", async () => {
    expect(
      await planOf(
        `SELECT b.auction, p.name FROM bids AS b JOIN people p ON b.bidder = p.id AND b.price > 3`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction, name
        Join inner on and(=(bidder, id), >(price, 3))
          Scan bids
          Scan people"
    `);
    expect(
      await planOf(`SELECT * FROM (SELECT a FROM plain) FULL JOIN (SELECT price FROM bids) ON a = price`),
    ).toMatchInlineSnapshot(`
      "Project a, price
        Join full on =(a, price)
          Project a
            Scan plain
          Project price
            Scan bids"
    `);
    expect(await planOf(`SELECT a FROM plain CROSS JOIN people`)).toMatchInlineSnapshot(`
      "Project a
        Join inner
          Scan plain
          Scan people"
    `);
  });

  it("makes the far side of outer joins nullable", async () => {
    expect(
      await columnsOf(
        `SELECT * FROM (SELECT a FROM plain) LEFT JOIN (SELECT bidder FROM bids) ON a = bidder`,
      ),
    ).toMatchInlineSnapshot(`"a INT, bidder BIGINT"`);
    expect(
      await columnsOf(
        `SELECT * FROM (SELECT bidder FROM bids) RIGHT JOIN (SELECT a FROM plain) ON a = bidder`,
      ),
    ).toMatchInlineSnapshot(`"bidder BIGINT, a INT"`);
  });

  it("has the column of USING and NATURAL once", async () => {
    expect(
      await planOf(
        `SELECT * FROM (SELECT auction AS id, price FROM bids) JOIN (SELECT id, name FROM people) USING (id)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project id, price, name
        Join inner on =(id, id)
          Project auction AS id, price
            Scan bids
          Project id, name
            Scan people"
    `);
    expect(
      await planOf(
        `SELECT id, r.id AS rid FROM (SELECT auction AS id, price FROM bids) l RIGHT JOIN (SELECT id, name FROM people) r USING (id)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project id, id AS rid
        Join right on =(id, id)
          Project auction AS id, price
            Scan bids
          Project id, name
            Scan people"
    `);
    expect(
      await planOf(
        `SELECT * FROM (SELECT auction AS id, price FROM bids) NATURAL FULL JOIN (SELECT id, name FROM people)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project coalesce(id, id) AS id, price, name
        Join full on =(id, id)
          Project auction AS id, price
            Scan bids
          Project id, name
            Scan people"
    `);
  });

  it("takes collections apart", async () => {
    expect(
      await planOf(`SELECT auction, tag, o FROM bids CROSS JOIN UNNEST(tags) WITH ORDINALITY AS t (tag, o)`),
    ).toMatchInlineSnapshot(`
      "Project auction, tag, o
        Unnest tags with ordinality
          Scan bids"
    `);
    expect(
      await planOf(`SELECT auction, sku, i.amount FROM bids LEFT JOIN UNNEST(items) AS i ON TRUE`),
    ).toMatchInlineSnapshot(`
      "Project auction, sku, amount
        Unnest items outer
          Scan bids"
    `);
    expect(await planOf(`SELECT auction, k, v FROM bids, UNNEST(info) AS m (k, v)`)).toMatchInlineSnapshot(`
      "Project auction, k, v
        Unnest info
          Scan bids"
    `);
    expect(await planOf(`SELECT x FROM UNNEST(ARRAY[1, 2]) AS t (x)`)).toMatchInlineSnapshot(`
      "Project x
        Unnest array(1, 2)
          Values ()"
    `);
    expect(
      await planOf(`SELECT auction, tag FROM bids JOIN UNNEST(tags) AS t (tag) ON tag <> channel`),
    ).toMatchInlineSnapshot(`
      "Project auction, tag
        Filter <>(tag, channel)
          Unnest tags
            Scan bids"
    `);
  });

  it("makes IN and EXISTS semi and anti joins", async () => {
    expect(
      await planOf(
        `SELECT auction FROM bids WHERE bidder IN (SELECT id FROM people WHERE city = 'Oslo') AND price > 3`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction
        Join semi on =(bidder, id)
          Filter >(price, 3)
            Scan bids
          Project id
            Filter =(city, 'Oslo')
              Scan people"
    `);
    expect(
      await planOf(`SELECT auction FROM bids WHERE bidder NOT IN (SELECT id FROM people)`),
    ).toMatchInlineSnapshot(`
      "Project auction
        Join anti null-aware on =(bidder, id)
          Scan bids
          Project id
            Scan people"
    `);
    expect(
      await planOf(
        `SELECT auction FROM bids b WHERE EXISTS (SELECT * FROM people p WHERE p.id = b.bidder AND p.city = 'Oslo' AND p.score > b.price)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction
        Join semi on and(=($c0, bidder), >($c1, cast(price as DOUBLE)))
          Scan bids
          Project id AS $c0, score AS $c1
            Filter =(city, 'Oslo')
              Scan people"
    `);
    expect(
      await planOf(`SELECT auction FROM bids WHERE NOT EXISTS (SELECT 1 FROM people)`),
    ).toMatchInlineSnapshot(`
      "Project auction
        Join anti
          Scan bids
          Project 1 AS EXPR$0
            Scan people"
    `);
    expect(
      await planOf(
        `SELECT auction FROM bids b WHERE (bidder, channel) IN (SELECT id, name FROM people p WHERE p.score > b.price)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction
        Join semi on and(=(bidder, $c1), =(channel, $c2), >($c0, cast(price as DOUBLE)))
          Scan bids
          Project score AS $c0, id AS $c1, name AS $c2
            Scan people"
    `);
  });

  it("takes the only row of a query that may have more", async () => {
    expect(await planOf("SELECT a, (SELECT id FROM people WHERE name = 'x') FROM plain")).toBe(
      [
        "Project a, id AS EXPR$1",
        "  Join left",
        "    Scan plain",
        "    Aggregate by () single_value(id)",
        "      Project id",
        "        Filter =(name, 'x')",
        "          Scan people",
      ].join("\n"),
    );
  });

  it("makes correlated queries joins", async () => {
    expect(
      await planOf(
        "SELECT a, price FROM plain, LATERAL (SELECT price FROM bids WHERE bids.price = a AND channel = 'x')",
      ),
    ).toBe(
      [
        "Project a, price",
        "  Join inner on =(price, a)",
        "    Scan plain",
        "    Project price",
        "      Filter =(channel, 'x')",
        "        Scan bids",
      ].join("\n"),
    );
    expect(
      await planOf(`SELECT p.a, t.x FROM plain p LEFT JOIN LATERAL (
        SELECT channel, ts FROM bids WHERE bidder = p.a ORDER BY price DESC LIMIT 3) AS t (x, y) ON TRUE`),
    ).toBe(
      [
        "Project a, channel AS x",
        "  Join left on =($c2, cast(a as BIGINT))",
        "    Scan plain",
        "    Filter <=($rank, 3n)",
        "      Over by ($c2) order ($c3 desc nulls last) row_number()",
        "        Project channel, ts, bidder AS $c2, price AS $c3",
        "          Scan bids",
      ].join("\n"),
    );
    expect(
      await planOf("SELECT a FROM plain WHERE a NOT IN (SELECT price FROM bids WHERE channel = b)"),
    ).toBe(
      [
        "Project a",
        "  Join anti null-aware on and(=(a, $c1), is true(=($c0, b)))",
        "    Scan plain",
        "    Project channel AS $c0, price AS $c1",
        "      Scan bids",
      ].join("\n"),
    );
  });

  it("refuses correlated queries that are no joins", async () => {
    const lateral = (query: string): Promise<string> =>
      errorOf(`SELECT * FROM plain, LATERAL (${query}) AS t`);
    expect(await lateral("SELECT COUNT(*) AS n FROM bids WHERE price = a")).toMatch(
      /^0A000 an aggregate in a corr/,
    );
    expect(await lateral("SELECT price + a AS n FROM bids")).toMatch(/^0A000 a column of the table before/);
    expect(await lateral("SELECT price FROM bids WHERE price > a ORDER BY ts LIMIT 3")).toMatch(
      /^0A000 LIMIT in/,
    );
    expect(await lateral("SELECT price FROM bids WHERE price = a LIMIT 3")).toMatch(
      /^0A000 LIMIT without ORDER/,
    );
    expect(await lateral("SELECT price FROM bids WHERE price = a GROUP BY price")).toMatch(
      /^0A000 the column 'a'/,
    );
  });

  it("makes a query that is a value a join", async () => {
    expect(
      await planOf(`SELECT auction FROM bids WHERE price > (SELECT AVG(score) FROM people)`),
    ).toMatchInlineSnapshot(`
      "Project auction
        Filter >(cast(price as DOUBLE), EXPR$0)
          Join left
            Scan bids
            Project EXPR$0
              Aggregate by () avg(score)
                Project score
                  Scan people"
    `);
    expect(
      await planOf(`SELECT price - (SELECT MAX(price) FROM bids) AS d FROM bids`),
    ).toMatchInlineSnapshot(`
      "Project -(price, EXPR$0) AS d
        Join left
          Scan bids
          Project EXPR$0
            Aggregate by () max(price)
              Project price
                Scan bids"
    `);
    expect(
      await planOf(
        `SELECT channel, COUNT(*) FROM bids GROUP BY channel HAVING COUNT(*) > (SELECT COUNT(*) FROM people)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project channel, EXPR$0 AS EXPR$1
        Filter >(EXPR$0, EXPR$0)
          Join left
            Aggregate by (channel) count()
              Project channel
                Scan bids
            Project EXPR$0
              Aggregate by () count()
                Project 
                  Scan people"
    `);
  });

  it("merges options of hints", async () => {
    const relation = await bindQueryText("SELECT a FROM plain /*+ OPTIONS('x'='1', 'Y.z'='2') */ AS p");
    const scan = relation.kind === "project" ? relation.input : relation;
    expect(scan.kind === "scan" ? scan.table.options : undefined).toEqual({
      connector: "datagen",
      x: "1",
      "Y.z": "2",
    });
  });

  it("reads a table and a view once, by one relation", async () => {
    const join = await bindQueryText(
      "CREATE VIEW v AS SELECT a FROM plain; SELECT x.a FROM v x JOIN v y ON x.a = y.a",
    );
    const inside = join.kind === "project" ? join.input : join;
    expect(inside.kind === "join" && inside.left === inside.right).toBe(true);
  });
});
