import { expect, it } from "vitest";
import { checksOf, holds } from "./checks.ts";

const totals = { flights: 10, delayMinutes: 100 };
const equal = {
  sent: totals,
  lake: totals,
  table: totals,
  windows: { flights: 9, delayMinutes: 95 },
  untilClosed: { flights: 9, delayMinutes: 95 },
  closed: "2001-06-30 23:00:00",
};

it("holds when nothing is lost and nothing is twice", () => {
  const checks = checksOf(equal);
  expect(checks).toHaveLength(6);
  expect(checks.every(holds)).toBe(true);
});

it.each([
  [{ lake: { flights: 9, delayMinutes: 100 } }, "flights: put into the stream, found in the lake"],
  [{ table: { flights: 11, delayMinutes: 100 } }, "flights: put into the stream, loaded by COPY"],
  [{ lake: { flights: 10, delayMinutes: 99 } }, "minutes of delay: sent, lake"],
  [{ windows: { flights: 8, delayMinutes: 95 } }, "flights until 2001-06-30 23:00: warehouse, windows"],
])("does not hold for %j", (change, what) => {
  expect(checksOf({ ...equal, ...change }).filter((check) => !holds(check))).toMatchObject([{ what }]);
});
