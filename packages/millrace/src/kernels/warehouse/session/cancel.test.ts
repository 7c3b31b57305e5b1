import { afterAll, beforeAll, expect, it } from "vitest";
import { TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
const seed = 20_260_404;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
});
afterAll(() => warehouse[Symbol.asyncDispose]());

function seeded(from: number): (below: number) => number {
  let state = from >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const monster = `select count(*) from generate_series(1, 100000) as a(x), generate_series(1, 100000) as b(y),
  generate_series(1, 1000) as c(z) where x * y % 7 = z % 5`;

it("a statement that runs is ended, with its block, and the session goes on", async () => {
  const session = await warehouse.connect();
  await session.rows("begin; create table c(a int)");
  const running = session.error(monster);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  session.session.cancel();
  expect(await running).toBe("57014 Query cancelled on user's request");
  expect(session.session.transaction).toBe("failed");
  await session.rows("rollback");
  expect(await session.error("select * from c")).toContain("42P01");
  session.session.cancel();
  expect(await session.rows("select 1")).toEqual([["1"]]);
  await session.session.close();
});

it("a session that is closed while it works ends at once", async () => {
  const session = await warehouse.connect();
  const running = session.error(monster);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  const closed = session.session.close();
  expect(await running).toContain("57014");
  await closed;
});

it(`sessions at random over the same tables neither hang nor lose rows (seed ${seed})`, async () => {
  const random = seeded(seed);
  const first = await warehouse.connect();
  await first.rows("create table r0(a int); create table r1(a int); create table r2(a int)");
  const kept = [0, 0, 0];
  const work = async (): Promise<void> => {
    const session = await warehouse.connect();
    for (let round = 0; round < 12; round++) {
      const added = [0, 0, 0];
      const statements = ["begin"];
      for (let step = random(4); step >= 0; step--) {
        const table = random(3);
        const choice = random(4);
        if (choice === 0) statements.push(`select count(*) from r${table}`);
        else if (choice === 1) statements.push(`update r${table} set a = a + 1`);
        else {
          statements.push(`insert into r${table} values (1), (2)`);
          added[table] = (added[table] ?? 0) + 2;
        }
      }
      const isKept = random(3) > 0;
      const errors = [];
      for (const statement of statements) errors.push(await session.error(statement));
      const failed = errors.find((error) => error !== "no error");
      // What may happen: a deadlock, or two changes of the same rows.
      if (failed !== undefined) expect(failed).toMatch(/^(40P01|40001) /);
      const tag = await session.tag(isKept ? "commit" : "rollback").catch((error: { sqlState: string }) => {
        expect(error.sqlState).toBe("40001");
        return "ROLLBACK";
      });
      if (tag === "COMMIT")
        for (const table of [0, 1, 2]) kept[table] = (kept[table] ?? 0) + (added[table] ?? 0);
    }
    await session.session.close();
  };
  await Promise.all(Array.from({ length: 5 }, work));
  for (const table of [0, 1, 2])
    expect(await first.rows(`select count(*) from r${table}`)).toEqual([[String(kept[table])]]);
  expect(await first.rows("select count(*) from stv_locks where lock_owner_pid <> pg_backend_pid()")).toEqual(
    [["0"]],
  );
  await first.session.close();
});
