import { expect, it } from "vitest";
import { logLine } from "./log-line.ts";

const plain = { style: (_: unknown, text: string): string => text };
const at = new Date(2026, 0, 2, 3, 4, 5, 6).getTime();

it("shows time, level, message, fields, and the reason of an error once", () => {
  expect(logLine({ at, level: "info", message: "request", fields: { code: "OK", n: 3 } }, plain)).toBe(
    "03:04:05.006 info  request code=OK n=3",
  );
  const err = { message: "disk full", stack: "..." };
  expect(logLine({ at, level: "error", message: "failed: disk full", fields: { err } }, plain)).toBe(
    "03:04:05.006 error failed: disk full",
  );
  expect(logLine({ at, level: "warn", message: "failed", fields: { err } }, plain)).toBe(
    "03:04:05.006 warn  failed disk full",
  );
});

it("writes out what a terminal would obey", () => {
  const line = logLine(
    { at, level: "warn", message: "no \u001b[2Jkey", fields: { path: "a\nb\u009bc" } },
    plain,
  );
  expect(line).toBe("03:04:05.006 warn  no \\x1b[2Jkey path=a↵b\\x9bc");
});
