import { expect, it } from "vitest";
import { sinceMs } from "./since.ts";

const now = Date.UTC(2026, 0, 2);

it.each([
  ["30s", now - 30_000],
  ["10m", now - 600_000],
  ["2h", now - 7_200_000],
  ["1d", now - 86_400_000],
  ["2026-01-01T12:00:00Z", Date.UTC(2026, 0, 1, 12)],
])("%s", (text, expected) => expect(sinceMs(text, now)).toBe(expected));

it.each(["", "soon", "10", "-5m", "2026", "2026-99-99", "1h30m"])("refuses %j", (text) => {
  expect(() => sinceMs(text, now)).toThrow("--since");
});
