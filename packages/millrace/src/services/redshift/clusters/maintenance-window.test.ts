import { expect, it } from "vitest";
import { checkMaintenanceWindow, nextMaintenance } from "./maintenance-window.ts";

it("windows may begin in one week and end in the next", () => {
  expect(checkMaintenanceWindow("Sun:23:45-Mon:00:15")).toBe("sun:23:45-mon:00:15");
});

it.each([
  "",
  "sun:06:00",
  "sun:06:00-sun:06:15",
  "sun:24:00-mon:01:00",
  "xyz:06:00-sun:07:00",
  "sun:6:00-sun:7:00",
])("%j is no window", (text) => {
  expect(() => checkMaintenanceWindow(text)).toThrow("aintenance window");
});

it("the next one is this week's or the next week's", () => {
  const thursday = Date.UTC(2026, 0, 1, 12);
  expect(nextMaintenance("fri:01:00-fri:02:00", thursday).toISOString()).toBe("2026-01-02T01:00:00.000Z");
  expect(nextMaintenance("thu:11:59-thu:13:00", thursday).toISOString()).toBe("2026-01-08T11:59:00.000Z");
});
