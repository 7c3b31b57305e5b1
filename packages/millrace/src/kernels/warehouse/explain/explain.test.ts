import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
  await session.rows(`
    create table sales(salesid int, listid int distkey sortkey, sellerid int, eventid int, pricepaid decimal(8,2));
    create table listing(listid int distkey sortkey, eventid int, note varchar(20));
    create table event(eventid int, venueid int, eventname varchar(200)) diststyle even;
    create table venue(venueid int, venuename varchar(100)) diststyle all;
    create table seller(sellerid int distkey, name char(8));
    create table fresh(a int) diststyle even`);
  await session.rows(
    "insert into sales select g, g % 20000, g % 5000, g % 8000, g % 90 from generate_series(1, 100000) as s(g)",
  );
  await session.rows("insert into listing select g, g % 8000, 'n' from generate_series(1, 20000) as s(g)");
  await session.rows(
    "insert into event select g, g % 200, 'event ' || (g % 576) from generate_series(1, 8000) as s(g)",
  );
  await session.rows("insert into venue select g, 'venue ' || g from generate_series(1, 200) as s(g)");
  await session.rows("insert into seller select g, 's' from generate_series(1, 5000) as s(g)");
  await session.rows("analyze venue; analyze event; analyze sales; analyze listing; analyze seller");
});
afterAll(() => warehouse[Symbol.asyncDispose]());

async function plan(query: string): Promise<string[]> {
  const answer = await session.answer(`explain ${query}`);
  expect(answer.names).toEqual(["QUERY PLAN"]);
  return answer.rows.map(([line]) => String(line));
}

/** Without costs and widths. */
async function steps(query: string): Promise<string[]> {
  return (await plan(query)).map((line) => line.replace(/ {2}\(cost=.*\)$/, ""));
}

it("the plans of AWS's first examples", async () => {
  expect(await plan("select eventname, count(*) from event group by eventname")).toEqual([
    expect.stringMatching(/^XN HashAggregate {2}\(cost=120\.00\.\.\d+\.\d\d rows=\d+ width=\d+\)$/),
    expect.stringMatching(/^ {2}-> {2}XN Seq Scan on event {2}\(cost=0\.00\.\.80\.00 rows=8000 width=\d+\)$/),
  ]);
  expect(await steps("select eventname, count(*) from event group by eventname order by 1 limit 10")).toEqual(
    [
      "XN Limit",
      "  ->  XN Merge",
      "        Merge Key: eventname",
      "        ->  XN Network",
      "              Send to leader",
      "              ->  XN Sort",
      "                    Sort Key: eventname",
      "                    ->  XN HashAggregate",
      "                          ->  XN Seq Scan on event",
    ],
  );
});

it.each([
  // Both tables are distributed and sorted by the joined column.
  ["sales join listing on sales.listid = listing.listid", "XN Merge Join DS_DIST_NONE"],
  ["sales join listing on sales.listid = listing.listid and sales.eventid = listing.eventid", "DS_DIST_NONE"],
  ["event join venue on event.venueid = venue.venueid", "XN Hash Join DS_DIST_ALL_NONE"],
  ["sales join event on sales.eventid = event.eventid", "XN Hash Join DS_BCAST_INNER"],
  [
    "event e1 join sales on e1.eventid = sales.sellerid join listing on sales.eventid = listing.eventid",
    "DS_BCAST_INNER",
  ],
  ["sales s1 join sales s2 on s1.eventid = s2.salesid", "XN Hash Join DS_(DIST_BOTH|BCAST_INNER)"],
  ["event full join sales on event.eventid = sales.eventid", "XN Hash Full Join DS_DIST_BOTH"],
  ["listing join seller on listing.eventid = seller.sellerid", "XN Hash Join DS_(DIST_OUTER|BCAST_INNER)"],
  ["sales join event on sales.listid = event.eventid", "XN Hash Join DS_DIST_INNER"],
  ["venue v1 join venue v2 on v1.venueid = v2.venueid", "XN Hash Join DS_DIST_ALL_NONE"],
  [
    "event e where e.venueid in (select venueid from venue where venuename like '%7')",
    "IN Join DS_DIST_ALL_NONE",
  ],
])("%s: %s", async (from, step) => {
  expect((await steps(`select count(*) from ${from}`)).join("\n")).toMatch(new RegExp(step));
});

it("conditions stand in the user's names, where they are checked", async () => {
  expect(
    await steps(
      `select * from event join venue on event.venueid = venue.venueid and event.eventid > venue.venueid * 3
       where venuename in ('venue 3', 'venue 4') and eventname like 'event 1%' and eventid > 100`,
    ),
  ).toEqual([
    "XN Hash Join DS_DIST_ALL_NONE",
    '  Hash Cond: ("outer".venueid = "inner".venueid)',
    expect.stringMatching(/^ {2}Join Filter: \(.*event\.eventid.*venue\.venueid.*\)$/),
    "  ->  XN Seq Scan on event",
    expect.stringMatching(/^ {8}Filter: \(.*\(eventid > 100\).*\)$/),
    "  ->  XN Hash",
    "        ->  XN Seq Scan on venue",
    expect.stringMatching(/Filter: .*venuename.*'venue 3'/),
  ]);
  expect(await steps("select sellerid from sales group by 1 having count(*) > 3")).toEqual([
    "XN HashAggregate",
    "  Filter: (count(*) > 3)",
    "  ->  XN Seq Scan on sales",
  ]);
});

it("windows, sets, subqueries, changes of data", async () => {
  expect(
    await steps("select salesid, rank() over (partition by sellerid order by pricepaid desc) from sales"),
  ).toEqual([
    "XN Window",
    "  Partition: sellerid",
    "  Order: pricepaid",
    "  ->  XN Sort",
    "        Sort Key: sellerid, pricepaid",
    "        ->  XN Network",
    "              Distribute",
    "              ->  XN Seq Scan on sales",
  ]);
  expect(await steps("select eventid from event union select venueid from venue")).toEqual([
    "XN Unique",
    "  ->  XN Append",
    '        ->  XN Subquery Scan "*SELECT* 1"',
    "              ->  XN Seq Scan on event",
    '        ->  XN Subquery Scan "*SELECT* 2"',
    "              ->  XN Seq Scan on venue",
  ]);
  expect(await steps("delete from event where eventid = 5")).toEqual([
    "XN Seq Scan on event",
    "  Filter: (eventid = 5)",
  ]);
  expect((await steps("update event set venueid = 3 from venue v where v.venueid = event.venueid"))[0]).toBe(
    "XN Hash Join DS_DIST_ALL_NONE",
  );
  expect(await steps("insert into event select * from event")).toEqual(["XN Seq Scan on event"]);
  expect(await steps("create table copy as select max(eventid) from event")).toEqual([
    "XN Aggregate",
    "  ->  XN Seq Scan on event",
  ]);
  expect((await session.rows("select count(*) from event"))[0]?.[0]).toBe("8000");
});

it("what the leader does alone has no XN", async () => {
  expect(await steps("select 1")).toEqual(["Result"]);
  expect(await steps("select relname from pg_class where relkind = 'r'")).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(Seq Scan on pg_class| {2}-> {2}Seq Scan on pg_class)$/),
    ]),
  );
});

it("joins without a condition and tables without statistics are remarked on", async () => {
  const lines = await steps("select * from event, fresh");
  expect(lines[0]).toBe("XN Nested Loop DS_BCAST_INNER");
  expect(lines.slice(-3)).toEqual([
    "----- Nested Loop Join in the query plan - review the join predicates to avoid Cartesian products -----",
    "----- Tables missing statistics: fresh -----",
    "----- Update statistics by running the ANALYZE command on these tables -----",
  ]);
});

it("VERBOSE, rights, wrong names, and blocks", async () => {
  const verbose = await plan("verbose select count(*) from event");
  expect(verbose[0]).toBe("{ AGGREGATE ");
  expect(verbose).toContain("XN Aggregate  (cost=120.00..120.00 rows=1 width=8)");
  await session.rows("create user anna password 'Secret12'");
  const anna = await warehouse.connect({ user: "anna" });
  expect(await anna.error("explain select * from event")).toContain("42501");
  expect(await session.error("explain select nothing from event")).toContain("42703");
  expect(await session.error("explain drop table event")).toContain("42601");
  await session.rows(
    "begin read only; explain select relname from pg_class; explain select * from event; commit",
  );
  expect((await session.rows("select count(*) from event"))[0]?.[0]).toBe("8000");
});
