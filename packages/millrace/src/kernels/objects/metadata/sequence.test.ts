import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { Sequence } from "./sequence.ts";

function database(): DatabaseSync {
  const writer = new DatabaseSync(":memory:");
  writer.exec("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)");
  return writer;
}

test("numbers rise, also when the clock stands still or goes back between two runs", () => {
  const writer = database();
  const late = new ManualClock(Date.UTC(2026, 5, 1));
  const first = new Sequence(writer, late);
  const numbers = Array.from({ length: 3000 }, () => first.next());
  late.advance(1);
  numbers.push(first.next());
  const second = new Sequence(writer, new ManualClock(Date.UTC(2026, 0, 1)));
  numbers.push(second.next(), second.next());
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(numbers.every(Number.isSafeInteger)).toBe(true);
});

test("a rollback takes no number into the next run", () => {
  const writer = database();
  const first = new Sequence(writer, new ManualClock(Date.UTC(2026, 5, 1)));
  writer.exec("BEGIN");
  first.next();
  writer.exec("ROLLBACK");
  const given = first.next();
  const second = new Sequence(writer, new ManualClock(Date.UTC(2026, 0, 1)));
  expect(second.next()).toBeGreaterThan(given);
});
