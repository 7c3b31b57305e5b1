import { describe, expect, it } from "vitest";
import { columnsOf, planOf } from "./test-bind.ts";

describe("windows", () => {
  it("are tables, with arguments in order or by name", async () => {
    expect(
      await planOf(
        `SELECT auction, window_start, window_time FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' MINUTES, INTERVAL '1' MINUTE))`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction, window_start, window_time
        Window {"kind":"tumble","sizeMs":600000,"offsetMs":60000} on ts
          Scan bids"
    `);
    expect(
      await planOf(
        `SELECT id FROM TABLE(HOP(SIZE => INTERVAL '10' MINUTE, DATA => TABLE people, TIMECOL => DESCRIPTOR(seen), SLIDE => INTERVAL '5' MINUTE))`,
      ),
    ).toMatchInlineSnapshot(`
      "Project id
        Window {"kind":"hop","sizeMs":600000,"slideMs":300000,"offsetMs":0} on seen
          Scan people"
    `);
    expect(
      await planOf(
        `SELECT auction FROM CUMULATE(TABLE bids, DESCRIPTOR(pt), INTERVAL '2' HOUR, INTERVAL '1' DAY)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction
        Window {"kind":"cumulate","maxMs":86400000,"stepMs":7200000,"offsetMs":0} on pt
          Scan bids"
    `);
    expect(
      await planOf(
        `SELECT auction FROM SESSION(TABLE bids PARTITION BY (bidder, channel), DESCRIPTOR(ts), INTERVAL '5' MINUTE)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project auction
        Window {"kind":"session","gapMs":300000,"partition":[1,3]} on ts
          Scan bids"
    `);
    expect(
      await planOf(
        `SELECT w.a FROM TABLE(TUMBLE((SELECT a, seen FROM plain, people), DESCRIPTOR(seen), INTERVAL '1' DAY * 2 + INTERVAL '1' HOUR)) AS w`,
      ),
    ).toMatchInlineSnapshot(`
      "Project a
        Window {"kind":"tumble","sizeMs":176400000,"offsetMs":0} on seen
          Project a, seen
            Join inner
              Scan plain
              Scan people"
    `);
  });

  it("add wall clock bounds and a time attribute", async () => {
    expect(
      await columnsOf(
        `SELECT window_start, window_end, window_time FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '1' MINUTE))`,
      ),
    ).toMatchInlineSnapshot(
      `"window_start TIMESTAMP(3) NOT NULL, window_end TIMESTAMP(3) NOT NULL, window_time TIMESTAMP(3) NOT NULL *ROWTIME*"`,
    );
    expect(
      await columnsOf(
        `SELECT window_start, window_end, window_time FROM TABLE(TUMBLE(TABLE people, DESCRIPTOR(seen), INTERVAL '1' MINUTE))`,
      ),
    ).toMatchInlineSnapshot(
      `"window_start TIMESTAMP(3) NOT NULL, window_end TIMESTAMP(3) NOT NULL, window_time TIMESTAMP_LTZ(3) NOT NULL *ROWTIME*"`,
    );
    expect(
      await columnsOf(
        `SELECT window_start, window_end, window_time FROM TABLE(TUMBLE(TABLE people, DESCRIPTOR(seen), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time`,
      ),
    ).toMatchInlineSnapshot(
      `"window_start TIMESTAMP(3) NOT NULL, window_end TIMESTAMP(3) NOT NULL, window_time TIMESTAMP_LTZ(3) NOT NULL *ROWTIME*"`,
    );
  });

  it("of GROUP BY become window tables", async () => {
    expect(
      await planOf(
        `SELECT TUMBLE_START(ts, INTERVAL '1' MINUTE) AS s, TUMBLE_ROWTIME(ts, INTERVAL '1' MINUTE) AS r, channel, AVG(price) FROM bids GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE), channel`,
      ),
    ).toMatchInlineSnapshot(`
      "Project window_start AS s, window_time AS r, channel, EXPR$0 AS EXPR$3
        Aggregate by (channel, window_start, window_end, window_time) avg(price)
          Project channel, window_start, window_end, window_time, price
            Window {"kind":"tumble","sizeMs":60000,"offsetMs":0} on ts
              Scan bids"
    `);
    expect(
      await planOf(`SELECT COUNT(*) FROM bids GROUP BY HOP(ts, INTERVAL '1' MINUTE, INTERVAL '1' HOUR)`),
    ).toMatchInlineSnapshot(`
      "Project EXPR$0
        Aggregate by (window_start, window_end) count()
          Project window_start, window_end
            Window {"kind":"hop","sizeMs":3600000,"slideMs":60000,"offsetMs":0} on ts
              Scan bids"
    `);
    expect(
      await planOf(
        `SELECT UPPER(channel), SESSION_END(pt, INTERVAL '5' SECOND) FROM bids GROUP BY SESSION(pt, INTERVAL '5' SECOND), UPPER(channel)`,
      ),
    ).toMatchInlineSnapshot(`
      "Project $o0 AS EXPR$0, window_end AS EXPR$1
        Aggregate by ($o0, window_start, window_end)
          Project $o0, window_start, window_end
            Window {"kind":"session","gapMs":5000,"partition":[10]} on pt
              Project auction, bidder, price, channel, tags, info, seller, items, ts, pt, upper(channel) AS $o0
                Scan bids"
    `);
  });

  it("follow time attributes", async () => {
    expect(
      await columnsOf(
        `SELECT ts, ts AS t, CAST(ts AS TIMESTAMP(3)) AS c, ts + INTERVAL '1' SECOND AS l, pt, PROCTIME() AS p FROM bids`,
      ),
    ).toMatchInlineSnapshot(
      `"ts TIMESTAMP(3) *ROWTIME*, t TIMESTAMP(3) *ROWTIME*, c TIMESTAMP(3), l TIMESTAMP(3), pt TIMESTAMP_LTZ(3) NOT NULL *PROCTIME*, p TIMESTAMP_LTZ(3) NOT NULL *PROCTIME*"`,
    );
    expect(await columnsOf(`SELECT ts FROM bids GROUP BY ts`)).toMatchInlineSnapshot(`"ts TIMESTAMP(3)"`);
    expect(await columnsOf(`SELECT ts FROM bids UNION ALL SELECT ts FROM bids`)).toMatchInlineSnapshot(
      `"ts TIMESTAMP(3) *ROWTIME*"`,
    );
    expect(await columnsOf(`SELECT ts FROM bids UNION ALL SELECT d FROM plain`)).toMatchInlineSnapshot(
      `"ts TIMESTAMP(3)"`,
    );
    expect(
      await columnsOf(
        `SELECT window_time FROM (SELECT window_start AS s, window_end AS e, window_time FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '1' MINUTE))) GROUP BY s, e, window_time`,
      ),
    ).toMatchInlineSnapshot(`"window_time TIMESTAMP(3) NOT NULL *ROWTIME*"`);
    expect(
      await columnsOf(
        `SELECT window_time FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_time`,
      ),
    ).toMatchInlineSnapshot(`"window_time TIMESTAMP(3) NOT NULL"`);
    expect(await columnsOf(`SELECT CURRENT_WATERMARK(ts) FROM bids`)).toMatchInlineSnapshot(
      `"EXPR$0 TIMESTAMP(3)"`,
    );
  });

  it("can stand over windows", async () => {
    expect(
      await planOf(
        `SELECT window_start, SUM(n) FROM TABLE(TUMBLE((SELECT window_time AS wt, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time), DESCRIPTOR(wt), INTERVAL '1' HOUR)) GROUP BY window_start, window_end`,
      ),
    ).toMatchInlineSnapshot(`
      "Project window_start, EXPR$0 AS EXPR$1
        Aggregate by (window_start, window_end) sum(n)
          Project window_start, window_end, n
            Window {"kind":"tumble","sizeMs":3600000,"offsetMs":0} on wt
              Project window_time AS wt, EXPR$0 AS n
                Aggregate by (window_start, window_end, window_time) count()
                  Project window_start, window_end, window_time
                    Window {"kind":"tumble","sizeMs":60000,"offsetMs":0} on ts
                      Scan bids"
    `);
  });
});
