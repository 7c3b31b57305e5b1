import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DateTimePattern, formatTime } from "./date-time-pattern.ts";
import { isTimeZone, TimeZone } from "./zoned-time.ts";

interface Recorded {
  readonly zones: readonly string[];
  readonly instantsMs: readonly number[];
  readonly patterns: readonly RecordedPattern[];
}

interface RecordedPattern {
  readonly pattern: string;
  /** Java's error text. */
  readonly error?: string;
  /** By zone, then by instant; null where Java could not print. */
  readonly printed?: readonly (readonly (string | null)[])[];
}

const recorded: Recorded = JSON.parse(
  readFileSync(new URL("./fixtures/java-date-time.json", import.meta.url), "utf8"),
);

/** Names of zones come from Node's ICU data, which has fewer abbreviations than Java's. */
const zoneNames = /^(z+|v+)$/;

describe("patterns as Java's DateTimeFormatter prints them", () => {
  it("records enough to be worth comparing", () => {
    expect(recorded.patterns.length).toBeGreaterThan(250);
  });

  it.each(recorded.patterns.filter(({ error }) => error !== undefined))("refuses $pattern", (entry) => {
    expect(() => new DateTimePattern(entry.pattern)).toThrow(entry.error);
  });

  it.each(recorded.patterns.filter(({ printed }) => printed !== undefined))("prints $pattern", (entry) => {
    const pattern = new DateTimePattern(entry.pattern);
    const zones = zoneNames.test(entry.pattern) ? recorded.zones.slice(0, 1) : recorded.zones;
    const printed = zones.map((name) => {
      const zone = new TimeZone(name);
      return recorded.instantsMs.map((timeMs) => pattern.print(zone.at(timeMs)) ?? null);
    });
    expect(printed).toEqual(entry.printed?.slice(0, zones.length));
  });
});

describe("weeks of the United States", () => {
  it("prints YYYY as the year that the week belongs to", () => {
    const zone = new TimeZone("");
    const lastDay = Date.UTC(2024, 11, 31);
    expect(formatTime("yyyy YYYY ww", lastDay, zone)).toBe("2024 2025 01");
  });
});

describe("time zones", () => {
  it("follows daylight saving time", () => {
    const zone = new TimeZone("America/New_York");
    expect(formatTime("HH:mm xxx", Date.UTC(2024, 2, 10, 6, 59), zone)).toBe("01:59 -05:00");
    expect(formatTime("HH:mm xxx", Date.UTC(2024, 2, 10, 7, 0), zone)).toBe("03:00 -04:00");
  });

  it("reads instants before the epoch", () => {
    expect(formatTime("yyyy-MM-dd HH:mm:ss.SSS", -1, new TimeZone("Asia/Tokyo"))).toBe(
      "1970-01-01 08:59:59.999",
    );
  });

  it("knows zones by their names only", () => {
    expect(isTimeZone("Asia/Tokyo")).toBe(true);
    expect(isTimeZone("Mars/Olympus")).toBe(false);
    expect(isTimeZone("")).toBe(false);
  });
});
