/*
 * Run as `node writer.ts <directory> <first number>` by kill-nine.test.ts: changes a cluster from several sessions
 * as fast as it can. It says on a line of its own what it begins, and another one when that was acknowledged.
 */
import { writeSync } from "node:fs";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import { TestSession, testKey } from "../../../packages/millrace/src/kernels/warehouse/test-warehouse.ts";
import { Warehouse } from "../../../packages/millrace/src/kernels/warehouse/warehouse.ts";

const [dir = "", first = "0"] = process.argv.slice(2);
const warehouse = new Warehouse({
  dir,
  durability: "full",
  clock: systemClock,
  log: silentLogger,
  threads: 1,
});
let next = Number(first);

export interface Line {
  readonly what: "begin" | "done";
  readonly kind: "batch" | "table" | "user" | "count" | "taken back";
  readonly number: number;
}

// A synchronous write: what was acknowledged here is in the pipe before the next line runs.
const say = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

async function connect(): Promise<TestSession> {
  const session = await warehouse.cluster(testKey)?.openSession({
    ...{ user: "awsuser", database: "dev", client: "writer", applicationName: "", tls: false },
    settings: new Map(),
    events: { notice: () => {}, parameter: () => {}, terminated: () => {} },
  });
  if (session === undefined) throw new Error("there is no cluster");
  return new TestSession(session, []);
}

async function acknowledged(kind: Line["kind"], number: number, work: () => Promise<unknown>): Promise<void> {
  say({ what: "begin", kind, number });
  await work();
  say({ what: "done", kind, number });
}

/** Rows of both tables in one transaction; every fifth is taken back. */
async function insertForEver(): Promise<never> {
  const session = await connect();
  for (;;) {
    const number = next++;
    const isKept = number % 5 !== 0;
    await acknowledged(isKept ? "batch" : "taken back", number, async () => {
      await session.rows(`begin; insert into one values (${number}, 1), (${number}, 2)`);
      await session.rows(`insert into two select ${number}, g from generate_series(1, 300) as s(g)`);
      await session.rows(isKept ? "commit" : "rollback");
    });
  }
}

/** A table, its rows, a column and a new name come together, or not at all. */
async function defineForEver(): Promise<never> {
  const session = await connect();
  for (;;) {
    const number = next++;
    await acknowledged("table", number, () =>
      session.rows(
        `begin; create table draft${number} as select ${number} as n, g as i from generate_series(1, 50) as s(g);
         alter table draft${number} add column extra varchar(10) default 'there' not null;
         alter table draft${number} rename to made${number}; drop table if exists made${number - 40}; commit`,
      ),
    );
  }
}

async function countForEver(): Promise<never> {
  const session = await connect();
  for (;;) {
    const number = next++;
    await acknowledged("count", number, () => session.rows("update counter set n = n + 1"));
  }
}

async function makeUsersForEver(): Promise<never> {
  const session = await connect();
  for (;;) {
    const number = next++;
    await acknowledged("user", number, () => session.rows(`create user u${number} password disable`));
  }
}

/** A transaction that nobody ends. */
async function neverCommit(): Promise<void> {
  const session = await connect();
  await session.rows(
    "begin; create table never(a int); insert into never values (1); insert into open_rows values (1)",
  );
}

await neverCommit();
await Promise.all([insertForEver(), defineForEver(), countForEver(), makeUsersForEver()]);
