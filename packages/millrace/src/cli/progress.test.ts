import { expect, it } from "vitest";
import { duration, progressLine, quantity } from "./progress.ts";

const half = { label: "Saving", unit: "bytes", done: 512 * 1024, total: 1024 * 1024, elapsedMs: 2_000 };

it("shows bar, share, amount, rate and time left", () => {
  expect(progressLine({ ...half, columns: 120 })).toBe(
    "Saving  ████████████░░░░░░░░░░░░   50 %  512.0 KiB of 1.0 MiB  256.0 KiB/s  0:02 left",
  );
});

it("leaves out what nobody knows", () => {
  expect(progressLine({ ...half, total: undefined, columns: 120 })).toBe("Saving  512.0 KiB  256.0 KiB/s");
  expect(progressLine({ ...half, done: 0, elapsedMs: 0, columns: 120 })).not.toMatch(/left|\/s/);
});

it("shows how long it takes while nothing can be counted", () => {
  expect(progressLine({ ...half, done: 0, total: undefined, columns: 120 })).toBe("Saving  0:02");
});

it.each([100, 60, 40, 30, 20, 10, 2])("fits into %i columns", (columns) => {
  expect(progressLine({ ...half, columns }).length).toBeLessThan(columns);
});

it("says more than all when there is more than all", () => {
  expect(progressLine({ ...half, done: 2 * half.total, columns: 120 })).toMatch(/100 %.*0:00 left/);
});

it("names quantities and durations", () => {
  expect([0, 1023, 1024, 1.5 * 1024 ** 3, 5 * 1024 ** 5].map((bytes) => quantity(bytes, "bytes"))).toEqual([
    "0 B",
    "1023 B",
    "1.0 KiB",
    "1.5 GiB",
    "5120.0 TiB",
  ]);
  expect(quantity(1234567.8, "records")).toBe("1,234,568 records");
  expect([0, 7, 61, 3600, 3_723].map(duration)).toEqual(["0:00", "0:07", "1:01", "1:00:00", "1:02:03"]);
});
