import { expect, it } from "vitest";
import { startPosition } from "./start-time.ts";

const now = Date.parse("2026-02-25T13:00:00Z");

it("takes AWS's words, an age, and a time", () => {
  expect(startPosition("latest", now)).toEqual({ type: "LATEST" });
  expect(startPosition("TRIM_HORIZON", now)).toEqual({ type: "TRIM_HORIZON" });
  expect(startPosition("15m", now)).toEqual({ type: "AT_TIMESTAMP", seconds: now / 1000 - 900 });
  expect(startPosition("2d", now)).toEqual({ type: "AT_TIMESTAMP", seconds: now / 1000 - 172_800 });
  expect(startPosition("2026-02-25T12:59:59.5Z", now)).toEqual({
    type: "AT_TIMESTAMP",
    seconds: now / 1000 - 0.5,
  });
});

it("refuses the future and what is no time", () => {
  expect(() => startPosition("2026-02-25T13:00:01Z", now)).toThrow("in the future");
  for (const text of ["", "5", "yesterday", "2026-13-45", "m", "-5m", "1e3s"])
    expect(() => startPosition(text, now)).toThrow(/--from .* is none of/);
});
