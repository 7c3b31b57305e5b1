import { expect, it } from "vitest";
import { SqlError } from "../../../sql/sql-error.ts";
import { type LockMode, type LockOwner, LockTable } from "./lock-table.ts";

const owner = (processId: number): LockOwner => ({ processId });
const [one, two, three] = [owner(1), owner(2), owner(3)];

/** Resolves with the names in the order in which the locks were granted. */
function granted(order: string[], name: string, wait: Promise<void> | undefined): Promise<void> {
  if (wait === undefined) throw new Error(`${name} did not have to wait`);
  return wait.then(() => void order.push(name));
}

it.each<[LockMode, LockMode, boolean]>([
  ["share", "share", true],
  ["share", "write", true],
  ["write", "share", true],
  ["write", "write", false],
  ["exclusive", "share", false],
  ["share", "exclusive", false],
  ["write", "exclusive", false],
])("beside %s, %s is free: %s", (held, wanted, free) => {
  const locks = new LockTable();
  expect(locks.acquire(one, "t", held)).toBeUndefined();
  const wait = locks.acquire(two, "t", wanted);
  expect(wait === undefined).toBe(free);
  locks.releaseAll(one);
});

it("grants in the order of asking: a reader does not overtake a waiting exclusive lock", async () => {
  const locks = new LockTable();
  const order: string[] = [];
  void locks.acquire(one, "t", "share");
  const second = granted(order, "exclusive", locks.acquire(two, "t", "exclusive"));
  const third = granted(order, "share", locks.acquire(three, "t", "share"));
  locks.releaseAll(one);
  await second;
  expect(order).toEqual(["exclusive"]);
  locks.releaseAll(two);
  await third;
  expect(order).toEqual(["exclusive", "share"]);
});

it("who holds a lock and wants more goes before those who wait", async () => {
  const locks = new LockTable();
  const order: string[] = [];
  void locks.acquire(one, "t", "share");
  void locks.acquire(two, "t", "share");
  const third = granted(order, "three", locks.acquire(three, "t", "exclusive"));
  const first = granted(order, "one", locks.acquire(one, "t", "exclusive"));
  locks.releaseAll(two);
  await first;
  locks.releaseAll(one);
  await third;
  expect(order).toEqual(["one", "three"]);
});

it("refuses the wait that would close a circle, over three transactions too", () => {
  const locks = new LockTable();
  void locks.acquire(one, "a", "write");
  void locks.acquire(two, "b", "write");
  void locks.acquire(three, "c", "write");
  const waits = [locks.acquire(one, "b", "write"), locks.acquire(two, "c", "write")];
  let error: unknown;
  try {
    void locks.acquire(three, "a", "write");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ sqlState: "40P01", message: "deadlock detected" });
  expect((error as SqlError).detail).toContain(
    "Process 3 waits for ShareRowExclusiveLock on a; blocked by process 1.",
  );
  expect(waits.every((wait) => wait !== undefined)).toBe(true);
});

it("two readers that both want to write are a circle", () => {
  const locks = new LockTable();
  void locks.acquire(one, "t", "share");
  void locks.acquire(two, "t", "share");
  expect(locks.acquire(one, "t", "exclusive")).toBeDefined();
  expect(() => locks.acquire(two, "t", "exclusive")).toThrow("deadlock detected");
});

it("an abandoned wait ends with its error and lets the next one in", async () => {
  const locks = new LockTable();
  void locks.acquire(one, "t", "share");
  const waiting = locks.acquire(two, "t", "exclusive");
  const reader = locks.acquire(three, "t", "share");
  locks.abandon(two, new SqlError("57014", "enough"));
  await expect(waiting).rejects.toMatchObject({ sqlState: "57014" });
  await reader;
  expect(locks.facts().map(({ owner: { processId }, granted: has }) => [processId, has])).toEqual([
    [1, true],
    [3, true],
  ]);
  locks.releaseAll(two);
  locks.releaseAll(one);
  locks.releaseAll(three);
  expect(locks.facts()).toEqual([]);
});
