import { describe, expect, it } from "vitest";
import { CivilDate, daysFromCivil, isoWeek } from "./calendar.ts";
import { fromLocal, type TimeZone, TimeZones, toLocal } from "./time-zone.ts";

function zone(name: string): TimeZone {
  const found = new TimeZones().find(name);
  if (found === undefined) throw new Error(name);
  return found;
}

const hour = 3_600_000;

describe("zones", () => {
  it.each<[name: string, utc: string, offset: number]>([
    ["UTC", "2020-06-01T00:00:00Z", 0],
    ["Europe/Berlin", "2020-03-29T00:59:59.999Z", 1],
    ["Europe/Berlin", "2020-03-29T01:00:00Z", 2],
    ["Europe/Berlin", "2020-10-25T00:59:59.999Z", 2],
    ["Europe/Berlin", "2020-10-25T01:00:00Z", 1],
    ["America/New_York", "2020-03-08T06:59:59Z", -5],
    ["America/New_York", "2020-03-08T07:00:00Z", -4],
    ["Asia/Kolkata", "2020-01-01T00:00:00Z", 5.5],
    ["Asia/Kathmandu", "2020-01-01T00:00:00Z", 5.75],
    ["Australia/Lord_Howe", "2020-07-01T00:00:00Z", 10.5],
    ["Australia/Lord_Howe", "2020-01-01T00:00:00Z", 11],
    ["Asia/Tokyo", "1900-01-01T00:00:00Z", 9],
    ["GMT-08:00", "2020-01-01T00:00:00Z", -8],
    ["UTC+5", "2020-01-01T00:00:00Z", 5],
    ["+0530", "2020-01-01T00:00:00Z", 5.5],
    ["PST", "2020-07-01T00:00:00Z", -7],
    ["EST", "2020-07-01T00:00:00Z", -5],
  ])("%s at %s", (name, utc, offset) => {
    expect(zone(name).offsetAt(Date.parse(utc))).toBe(offset * hour);
  });

  it.each(["", "Mars/Base", "+25:00", "GMT+8:99", "constructor", "__proto__"])("%j is none", (name) => {
    expect(new TimeZones().find(name)).toBeUndefined();
  });

  it("agree with Intl in all hours of years around changes", () => {
    for (const name of ["Europe/London", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia"]) {
      const found = zone(name);
      const format = new Intl.DateTimeFormat("en-US", {
        timeZone: name,
        hourCycle: "h23",
        hour: "2-digit",
        minute: "2-digit",
      });
      for (let utc = Date.UTC(2011, 11, 1); utc < Date.UTC(2012, 11, 1); utc += hour) {
        expect(format.format(utc)).toBe(new Date(toLocal(utc, found)).toISOString().slice(11, 16));
      }
    }
  });
});

describe("local times", () => {
  const berlin = zone("Europe/Berlin");
  const at = (text: string): number => Date.parse(`${text}Z`);

  it("that exist once are what they were", () => {
    for (const text of ["2020-01-01T00:00:00", "2020-07-01T12:00:00", "1980-04-06T12:00:00"]) {
      expect(toLocal(fromLocal(at(text), berlin), berlin)).toBe(at(text));
    }
  });

  it("that were skipped move on", () => {
    expect(fromLocal(at("2020-03-29T02:30:00"), berlin)).toBe(at("2020-03-29T01:30:00"));
    expect(fromLocal(at("2020-03-29T03:00:00"), berlin)).toBe(at("2020-03-29T01:00:00"));
  });

  it("that came twice are the first, or the second when told", () => {
    expect(fromLocal(at("2020-10-25T02:30:00"), berlin)).toBe(at("2020-10-25T00:30:00"));
    expect(fromLocal(at("2020-10-25T02:30:00"), berlin, true)).toBe(at("2020-10-25T01:30:00"));
  });
});

describe("the calendar", () => {
  it("agrees with Date for each day of 4,000 years", () => {
    const date = new CivilDate();
    for (let days = -700_000; days < 800_000; days += 17) {
      const known = new Date(days * 86_400_000);
      const { year, month, day } = date.set(days);
      expect([year, month, day]).toEqual([
        known.getUTCFullYear(),
        known.getUTCMonth() + 1,
        known.getUTCDate(),
      ]);
      expect(daysFromCivil(year, month - 1, day)).toBe(days);
    }
  });

  it.each([
    ["2005-01-01", 2004, 53],
    ["2005-01-02", 2004, 53],
    ["2005-12-31", 2005, 52],
    ["2006-01-02", 2006, 1],
    ["2008-12-29", 2009, 1],
    ["2010-01-03", 2009, 53],
  ])("%s is in week %d-%d", (text, year, week) => {
    expect(isoWeek(Date.parse(text) / 86_400_000, new CivilDate())).toEqual({ year, week });
  });
});
