import { once } from "node:events";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { "redshift-port": "0" } });
}, 60_000);
afterAll(() => millrace.dispose());

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({
    ...{ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev", password: "x" },
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function stateOf(query: Promise<unknown>): Promise<string> {
  return query.then(
    () => "done",
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? "") : String(error)),
  );
}

it("100 sessions run small statements at once, and nothing is lost", async () => {
  const clients = await Promise.all(Array.from({ length: 100 }, connect));
  const [first] = clients;
  await first?.query("create table counted(session int, round int)");
  await Promise.all(
    clients.map(async (client, session) => {
      await client.query("create temp table own(a int)");
      for (let round = 0; round < 5; round++) {
        await client.query("insert into counted values ($1, $2)", [session, round]);
        await client.query(`insert into own values (${round})`);
        const { rows } = await client.query("select count(*) as own from own");
        expect(rows).toEqual([{ own: String(round + 1) }]);
      }
    }),
  );
  const sum = await first?.query("select count(*) as n, count(distinct session) as s from counted");
  expect(sum?.rows).toEqual([{ n: "500", s: "100" }]);
  await Promise.all(clients.map((client) => client.end()));
}, 120_000);

it("a client that is gone in its transaction holds no lock and leaves no row", async () => {
  const [gone, other] = [await connect(), await connect()];
  await other.query("create table held(a int)");
  await gone.query("begin; insert into held values (1); lock held");
  const waiting = other.query("insert into held values (2)");
  const socket = (gone as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
  socket.destroy();
  await waiting;
  expect((await other.query("select a from held")).rows).toEqual([{ a: 2 }]);
  await other.end();
}, 60_000);

it("waits for a lock end with the statement's timeout or its cancel, and the session goes on", async () => {
  const [holder, waiter, third] = [await connect(), await connect(), await connect()];
  await holder.query("create table busy(a int)");
  await holder.query("begin; lock busy");
  await waiter.query("set statement_timeout to 200");
  expect(await stateOf(waiter.query("insert into busy values (1)"))).toBe("57014");
  await waiter.query("set statement_timeout to 0");
  const { rows } = await waiter.query("select pg_backend_pid() as pid");
  const waiting = stateOf(waiter.query("drop table busy"));
  await third.query(`select pg_cancel_backend(${(rows[0] as { pid: number }).pid})`);
  expect(await waiting).toBe("57014");
  const dropped = stateOf(waiter.query("drop table busy"));
  await holder.query("commit");
  expect(await dropped).toBe("done");
  for (const client of [holder, waiter, third]) await client.end();
}, 60_000);

it("of two that make the same table one succeeds; a temporary one is nobody else's", async () => {
  const [one, two] = [await connect(), await connect()];
  const states = await Promise.all([
    stateOf(one.query("create table same(a int)")),
    stateOf(two.query("create table same(a int)")),
  ]);
  expect(states.sort()).toEqual(["42P07", "done"]);
  await one.query("create temp table mine(a int)");
  expect(await stateOf(two.query("select * from mine"))).toBe("42P01");
  await two.query("create temp table mine(b varchar(3))");
  await one.end();
  await two.query("insert into mine values ('x')");
  const again = await connect();
  expect(await stateOf(again.query("select * from mine"))).toBe("42P01");
  await again.end();
  await two.end();
}, 60_000);

it("statements that run alone are refused in a block by name", async () => {
  const client = await connect();
  await client.query("create table alone(v varchar(5)); create table from_here(v varchar(5))");
  for (const statement of [
    "vacuum alone",
    "create database inside",
    "drop database dev",
    "alter table alone alter column v type varchar(9)",
    "alter table alone append from from_here",
    "create external table nowhere.t(a int) stored as parquet location 's3://bucket/key/'",
  ]) {
    await client.query("begin");
    expect(await stateOf(client.query(statement)), statement).toBe("25001");
    await client.query("rollback");
  }
  await client.end();
});

it("huge and odd statements answer, and the server stands", async () => {
  const client = await connect();
  const many = (count: number, item: (index: number) => string, joint: string): string =>
    Array.from({ length: count }, (_, index) => item(index)).join(joint);
  const statements: readonly (readonly [sql: string, state: string])[] = [
    [`select 1 /*${"x".repeat(1_000_000)}*/`, "done"],
    [`select '${"x".repeat(1_000_000)}'`, "done"],
    [`select '${"x".repeat(17_000_000)}'`, "54000"],
    [`create table wide(${many(1_601, (i) => `c${i} int`, ",")})`, "54011"],
    [`create table wide(${many(1_600, (i) => `c${i} int`, ",")})`, "done"],
    [`select ${many(10_000, (i) => `${i} as c${i}`, ",")}`, "done"],
    [`create table ${"n".repeat(127)}(a int)`, "done"],
    [`select * from ${"n".repeat(300)}`, "done"],
    [`select ${"(".repeat(10_000)}1${")".repeat(10_000)}`, "54001"],
    [`select ${many(5_000, String, "+")}`, "54001"],
    [many(500, (i) => `select ${i} as a`, " union "), "done"],
    [`select count(*) from wide where c1 in (${many(50_000, String, ",")})`, "done"],
    [`select count(*) from pg_tables where tablename in (${many(50_000, (i) => `'t${i}'`, ",")})`, "done"],
    [`insert into wide(c1, c2) values ${many(20_000, (i) => `(${i}, ${-i})`, ",")}`, "done"],
    ["insert into wide(c1, c2) values (1, -1)", "done"],
    [`select 'a'::varchar as a0, ${many(40, (i) => `a${i}||a${i} as a${i + 1}`, ",")}`, "54001"],
  ];
  for (const [sql, state] of statements)
    expect(await stateOf(client.query(sql)), sql.slice(0, 60)).toBe(state);
  expect((await client.query("select count(*) as n, sum(c1 + c2) as s from wide")).rows).toEqual([
    { n: "20001", s: "0" },
  ]);
  const ended = once(client, "end");
  await client.end();
  await ended;
}, 120_000);
