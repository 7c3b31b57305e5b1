import { describe, expect, it } from "vitest";
import { civilDate, dateText, intervalText, timestampText, timeText, timeTzText } from "./date-text.ts";
import { ZoneOffsets } from "./zone-offsets.ts";

const micros = (text: string): bigint => BigInt(Date.parse(text)) * 1_000n;

describe("dates", () => {
  it.each([
    [0, "1970-01-01"],
    [-1, "1969-12-31"],
    [11_016, "2000-02-29"],
    [-719_162, "0001-01-01"],
    [-719_163, "0001-12-31 BC"],
    [2_932_897, "10000-01-01"],
    [2_147_483_647, "infinity"],
    [-2_147_483_647, "-infinity"],
  ])("day %i is %s", (days, text) => {
    expect(dateText(days)).toBe(text);
  });

  it("agree with JavaScript's calendar", () => {
    for (let days = -800_000; days < 3_000_000; days += 997) {
      const date = new Date(days * 86_400_000);
      const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      expect(civilDate(days)).toEqual(expected);
    }
  });
});

describe("times", () => {
  it.each([
    [0, "00:00:00"],
    [86_400_000_000, "24:00:00"],
    [45_296_500_000, "12:34:56.5"],
    [1, "00:00:00.000001"],
  ])("%i microseconds are %s", (value, text) => {
    expect(timeText(value)).toBe(text);
  });

  it("show the zone's offset", () => {
    expect(timeTzText(0, 0)).toBe("00:00:00+00");
    expect(timeTzText(0, -12_600)).toBe("00:00:00-03:30");
    expect(timeTzText(0, 57_599)).toBe("00:00:00+15:59:59");
  });
});

describe("timestamps", () => {
  it("are shown in the session's zone", () => {
    const zone = new ZoneOffsets("America/New_York");
    expect(timestampText(micros("2024-01-01T12:00:00Z"))).toBe("2024-01-01 12:00:00");
    expect(timestampText(micros("2024-01-01T12:00:00Z"), zone)).toBe("2024-01-01 07:00:00-05");
    expect(timestampText(micros("2024-07-01T02:00:00.123Z"), zone)).toBe("2024-06-30 22:00:00.123-04");
    expect(timestampText(-62_135_596_800_000_001n)).toBe("0001-12-31 23:59:59.999999 BC");
    expect(timestampText(9_223_372_036_854_775_807n, zone)).toBe("infinity");
    expect(timestampText(-9_223_372_036_854_775_807n, zone)).toBe("-infinity");
  });

  it("before there were zones, at the sun's", () => {
    const zone = new ZoneOffsets("America/New_York");
    expect(timestampText(micros("1850-01-01T12:00:00Z"), zone)).toBe("1850-01-01 07:03:58-04:56:02");
  });
});

describe("zones", () => {
  it("change at the second when their clocks do", () => {
    const zone = new ZoneOffsets("Europe/Berlin");
    const change = Date.parse("2024-03-31T01:00:00Z") / 1_000;
    expect([zone.at(change - 1), zone.at(change)]).toEqual([3_600, 7_200]);
    const back = Date.parse("2024-10-27T01:00:00Z") / 1_000;
    expect([zone.at(back - 1), zone.at(back)]).toEqual([7_200, 3_600]);
  });

  it.each([
    ["UTC", 0],
    ["+05:30", 19_800],
    ["-8", -28_800],
    ["UTC-3", 10_800],
    ["GMT+5", -18_000],
    ["<+03>-03", 10_800],
    ["Asia/Kolkata", 19_800],
    ["Nowhere/Atlantis", 0],
  ])("%s is %i seconds ahead", (name, offset) => {
    expect(new ZoneOffsets(name).at(1_700_000_000)).toBe(offset);
  });
});

describe("intervals", () => {
  it.each([
    [23, 0, 0, "interval year to month", "1 years 11 mons"],
    [-14, 0, 0, "interval year to month", "-1 years -2 mons"],
    [-2, 0, 0, "interval year to month", "0 years -2 mons"],
    [0, 1, 0, "interval day to second", "1 days 0 hours 0 mins 0.0 secs"],
    [0, -2, 0, "interval day to second", "-2 days 0 hours 0 mins 0.0 secs"],
    [0, 13, 3_661_123_000, "interval day to second", "13 days 1 hours 1 mins 1.123 secs"],
    [0, 0, -500_000, "interval day to second", "0 days 0 hours 0 mins -0.5 secs"],
    [14, 3, 14_706_780_000, "interval", "1 year 2 mons 3 days 04:05:06.78"],
    [-14, 3, -1, "interval", "-1 years -2 mons +3 days -00:00:00.000001"],
    [0, -1, 3_600_000_000, "interval", "-1 days +01:00:00"],
    [0, 0, 0, "interval", "00:00:00"],
  ] as const)("%i months, %i days, %i microseconds of %s are %s", (months, days, size, type, text) => {
    expect(intervalText({ months, days, micros: BigInt(size) }, type)).toBe(text);
  });
});
