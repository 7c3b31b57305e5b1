import { describe, expect, it } from "vitest";
import { AwsCron, CronError, cronFieldsOf } from "./aws-cron.ts";

/** A Thursday. */
const start = Date.UTC(2026, 0, 1);

function runs(expression: string, count: number, fromMs: number = start): string[] {
  const cron = new AwsCron(expression);
  const found: string[] = [];
  let atMs: number | undefined = fromMs;
  while (found.length < count) {
    atMs = cron.next(atMs);
    if (atMs === undefined) break;
    found.push(new Date(atMs).toISOString().slice(0, 16));
  }
  return found;
}

describe("AWS's cron", () => {
  // The examples of https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html and
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
  it.each([
    ["0 10 * * ? *", ["2026-01-01T10:00", "2026-01-02T10:00"]],
    ["15 12 * * ? *", ["2026-01-01T12:15", "2026-01-02T12:15"]],
    ["0 18 ? * MON-FRI *", ["2026-01-01T18:00", "2026-01-02T18:00", "2026-01-05T18:00"]],
    ["0 8 1 * ? *", ["2026-01-01T08:00", "2026-02-01T08:00"]],
    ["0/15 * * * ? *", ["2026-01-01T00:15", "2026-01-01T00:30", "2026-01-01T00:45", "2026-01-01T01:00"]],
    ["0/10 * ? * MON-FRI *", ["2026-01-01T00:10", "2026-01-01T00:20"]],
    ["0/5 8-17 ? * MON-FRI *", ["2026-01-01T08:00", "2026-01-01T08:05"]],
    ["0 9 ? * 2#1 *", ["2026-01-05T09:00", "2026-02-02T09:00"]],
    ["0 17 ? * 6L *", ["2026-01-30T17:00", "2026-02-27T17:00"]],
    [
      "0/30 20-2 ? * MON-FRI *",
      [
        "2026-01-01T00:30",
        "2026-01-01T01:00",
        "2026-01-01T01:30",
        "2026-01-01T02:00",
        "2026-01-01T02:30",
        "2026-01-01T20:00",
      ],
    ],
    ["1/10 5 * * ? *", ["2026-01-01T05:01", "2026-01-01T05:11", "2026-01-01T05:21"]],
  ])("%s", (expression, expected) => {
    expect(runs(expression, expected.length)).toEqual(expected);
  });

  it("counts days of the week from 1 for Sunday, by number or by name in any case", () => {
    expect(runs("0 0 ? * 1 *", 1)).toEqual(["2026-01-04T00:00"]);
    expect(runs("0 0 ? * sun *", 1)).toEqual(["2026-01-04T00:00"]);
    expect(runs("0 0 ? * 7 *", 1)).toEqual(["2026-01-03T00:00"]);
    expect(runs("0 0 ? * L *", 1)).toEqual(["2026-01-03T00:00"]);
    expect(runs("0 0 ? * fri#2 *", 2)).toEqual(["2026-01-09T00:00", "2026-02-13T00:00"]);
    expect(runs("0 0 ? * 5#5 *", 3)).toEqual(["2026-01-29T00:00", "2026-04-30T00:00", "2026-07-30T00:00"]);
    expect(runs("0 0 ? * TUE,THU *", 3)).toEqual([
      "2026-01-06T00:00",
      "2026-01-08T00:00",
      "2026-01-13T00:00",
    ]);
  });

  it("knows last days, leap years and weekdays near a day", () => {
    expect(runs("0 0 L * ? *", 3)).toEqual(["2026-01-31T00:00", "2026-02-28T00:00", "2026-03-31T00:00"]);
    expect(runs("0 0 L FEB ? 2028", 1)).toEqual(["2028-02-29T00:00"]);
    expect(runs("0 0 LW * ? *", 2)).toEqual(["2026-01-30T00:00", "2026-02-27T00:00"]);
    // The 1st of August 2026 is a Saturday: the nearest weekday within the month is Monday the 3rd.
    expect(runs("0 0 1W AUG ? 2026", 1)).toEqual(["2026-08-03T00:00"]);
    // The 31st of May 2026 is a Sunday and the last day.
    expect(runs("0 0 31W MAY ? 2026", 1)).toEqual(["2026-05-29T00:00"]);
    expect(runs("0 0 15W * ? *", 2)).toEqual(["2026-01-15T00:00", "2026-02-16T00:00"]);
    expect(runs("0 0 31W FEB ? *", 1)).toEqual([]);
    expect(runs("0 0 29 2 ? *", 2)).toEqual(["2028-02-29T00:00", "2032-02-29T00:00"]);
    expect(runs("0 0 1,15,L * ? *", 3)).toEqual(["2026-01-15T00:00", "2026-01-31T00:00", "2026-02-01T00:00"]);
  });

  it("takes lists, ranges, steps, months by name, and years", () => {
    expect(runs("5,35 14 * * ? *", 2)).toEqual(["2026-01-01T14:05", "2026-01-01T14:35"]);
    expect(runs("10-20/5 0 * * ? *", 3)).toEqual([
      "2026-01-01T00:10",
      "2026-01-01T00:15",
      "2026-01-01T00:20",
    ]);
    expect(runs("0 0 1 JAN,jul ? *", 2)).toEqual(["2026-07-01T00:00", "2027-01-01T00:00"]);
    expect(runs("0 0 1 1 ? 2026-2030/2", 3)).toEqual(["2028-01-01T00:00", "2030-01-01T00:00"]);
    expect(runs("0 0 1 1 ? 1999", 1)).toEqual([]);
    expect(runs("0 */12 * * ? *", 2)).toEqual(["2026-01-01T12:00", "2026-01-02T00:00"]);
  });

  it("lets a range go over the end of its field", () => {
    expect(runs("0 0 ? * FRI-MON *", 3)).toEqual([
      "2026-01-02T00:00",
      "2026-01-03T00:00",
      "2026-01-04T00:00",
    ]);
    expect(runs("50-10/10 0 * * ? *", 3)).toEqual([
      "2026-01-01T00:10",
      "2026-01-01T00:50",
      "2026-01-02T00:00",
    ]);
  });

  it("answers a time that lies after the one asked for, to the minute", () => {
    const cron = new AwsCron("0 10 * * ? *");
    const ten = Date.UTC(2026, 0, 1, 10);
    expect(cron.next(ten - 1)).toBe(ten);
    expect(cron.next(ten)).toBe(ten + 24 * 3600_000);
    expect(cron.next(ten + 1)).toBe(ten + 24 * 3600_000);
  });

  it.each([
    "",
    "* * * * *",
    "* * * * ? * *",
    "0 10 * * * *",
    "0 10 ? * ? *",
    "60 10 * * ? *",
    "0 24 * * ? *",
    "0 10 0 * ? *",
    "0 10 32 * ? *",
    "0 10 * 13 ? *",
    "0 10 ? * 0 *",
    "0 10 ? * 8 *",
    "0 10 ? * MON#6 *",
    "0 10 ? * MON#0 *",
    "0 10 * * ? 1969",
    "0 10 * * ? 2200",
    "0/0 10 * * ? *",
    "0 10 * * ? 2030-2029",
    "1-2-3 10 * * ? *",
    "1, 10 * * ? *",
    "-1 10 * * ? *",
    "x 10 * * ? *",
    "0 10 W * ? *",
    "0 10 99W * ? *",
    "0 10 ? * XYZL *",
    `${"1,".repeat(5)}x 10 * * ? *`,
  ])("refuses %j", (expression) => {
    expect(() => new AwsCron(expression)).toThrow(CronError);
  });

  it("knows how close two runs may be", () => {
    expect(new AwsCron("0/5 * * * ? *").shortestGapMinutes).toBe(5);
    expect(new AwsCron("* * * * ? *").shortestGapMinutes).toBe(1);
    expect(new AwsCron("0,58 * * * ? *").shortestGapMinutes).toBe(2);
    expect(new AwsCron("0,58 8 * * ? *").shortestGapMinutes).toBe(58);
    expect(new AwsCron("0 12 * * ? *").shortestGapMinutes).toBe(1440);
  });

  it("finds the fields in cron(...)", () => {
    expect(cronFieldsOf("cron(15 12 * * ? *)")).toBe("15 12 * * ? *");
    expect(cronFieldsOf(" cron( 15 12 * * ? * )   ")).toBe(" 15 12 * * ? * ");
    expect(cronFieldsOf("rate(5 minutes)")).toBeUndefined();
    expect(cronFieldsOf("15 12 * * ? *")).toBeUndefined();
  });
});
