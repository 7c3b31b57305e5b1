import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import {
  type TestSession,
  TestWarehouse,
} from "../../../packages/millrace/src/kernels/warehouse/test-warehouse.ts";
import type { Line } from "./writer.ts";

const rounds = 8;
const numbersPerRound = 100_000;
const writer = new URL("./writer.ts", import.meta.url).pathname;

/** What the writer said: of each kind, the numbers it began and those that were acknowledged. */
class Ledger {
  readonly #numbers = new Map<string, Set<number>>();

  read({ what, kind, number }: Line): void {
    this.of(what, kind).add(number);
  }

  of(what: Line["what"], kind: Line["kind"]): Set<number> {
    const key = `${what} ${kind}`;
    const known = this.#numbers.get(key) ?? new Set<number>();
    this.#numbers.set(key, known);
    return known;
  }
}

/** Lets the writer work, kills it after so many lines, and notes what it had said. */
async function runAndKill(dir: string, round: number, lines: number, ledger: Ledger): Promise<void> {
  const child = spawn(process.execPath, [writer, dir, String((round + 1) * numbersPerRound)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let said = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    output += text;
    said += text.split("\n").length - 1;
    if (said >= lines) child.kill("SIGKILL");
  });
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGKILL");
  for (const line of output.split("\n").slice(0, -1)) ledger.read(JSON.parse(line) as Line);
}

async function numbers(session: TestSession, query: string): Promise<Set<number>> {
  return new Set((await session.rows(query)).map(([number]) => Number(number)));
}

/** What was acknowledged is there as a whole; what was begun is there as a whole, or not at all. */
async function verifyRows(session: TestSession, ledger: Ledger): Promise<void> {
  const one = await numbers(session, "select b from one group by b having count(*) = 2");
  const two = await numbers(session, "select b from two group by b having count(*) = 300");
  expect(await session.rows("select b from one group by b having count(*) <> 2")).toEqual([]);
  expect(await session.rows("select b from two group by b having count(*) <> 300")).toEqual([]);
  expect(two).toEqual(one);
  for (const batch of ledger.of("done", "batch")) expect(one.has(batch), `batch ${batch}`).toBe(true);
  for (const batch of one) expect(ledger.of("begin", "batch").has(batch), `batch ${batch}`).toBe(true);
  expect(await session.rows("select * from open_rows")).toEqual([]);
  expect(await session.error("select * from never")).toContain("42P01");
}

async function verifyTables(session: TestSession, ledger: Ledger): Promise<void> {
  const names = await session.rows("select tablename from pg_tables where schemaname = 'public'");
  const made = new Set(names.flatMap(([name]) => /^made(\d+)$/.exec(name ?? "")?.[1] ?? []).map(Number));
  expect(names.filter(([name]) => name?.startsWith("draft"))).toEqual([]);
  for (const number of made) {
    expect(ledger.of("begin", "table").has(number)).toBe(true);
    expect(await session.rows(`select n, count(*), min(extra) from made${number} group by n`)).toEqual([
      [String(number), "50", "there"],
    ]);
  }
  const [newest] = [...ledger.of("done", "table")].sort((a, b) => b - a);
  if (newest !== undefined) expect(made.has(newest), `made${newest}`).toBe(true);
}

async function verifyCounter(session: TestSession, ledger: Ledger): Promise<void> {
  const [[count] = []] = await session.rows("select n from counter");
  expect(Number(count)).toBeGreaterThanOrEqual(ledger.of("done", "count").size);
  expect(Number(count)).toBeLessThanOrEqual(ledger.of("begin", "count").size);
}

async function verifyUsers(session: TestSession, ledger: Ledger): Promise<void> {
  const names = await session.rows("select usename from pg_user where usename like 'u%'");
  const made = new Set(names.map(([name]) => Number(name?.slice(1))));
  for (const number of ledger.of("done", "user")) expect(made.has(number), `user u${number}`).toBe(true);
  for (const number of made) expect(ledger.of("begin", "user").has(number)).toBe(true);
}

test("kill -9: what was committed stays, what was not goes", async () => {
  const warehouse = await TestWarehouse.start();
  const ledger = new Ledger();
  try {
    const session = await warehouse.connect();
    await session.rows("create table one(b int, i int); create table two(b int, i int) sortkey(i)");
    await session.rows(
      "create table open_rows(a int); create table counter(n int); insert into counter values (0)",
    );
    for (let round = 0; round < rounds; round++) {
      await warehouse.stop();
      await runAndKill(warehouse.directory, round, 40 + round * 30, ledger);
      warehouse.start();
      const reader = await warehouse.connect();
      await verifyRows(reader, ledger);
      await verifyTables(reader, ledger);
      await verifyCounter(reader, ledger);
      await verifyUsers(reader, ledger);
      await reader.session.close();
    }
    expect(ledger.of("done", "batch").size).toBeGreaterThan(rounds);
    expect(ledger.of("done", "table").size).toBeGreaterThan(rounds);
    expect(ledger.of("done", "count").size).toBeGreaterThan(rounds);
  } finally {
    await warehouse[Symbol.asyncDispose]();
  }
});
