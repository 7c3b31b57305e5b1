import { SqlError } from "../../sql-error.ts";

export type DatePart =
  | ("millennium" | "century" | "decade" | "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute")
  | ("second" | "millisecond" | "microsecond" | "epoch" | "dow" | "doy" | "timezone" | "timezone_hour")
  | "timezone_minute";

const names: Readonly<Record<DatePart, string>> = Object.freeze({
  millennium: "millennium millennia mil mils",
  century: "century centuries c cent cents",
  decade: "decade decades dec decs",
  year: "year years y yr yrs",
  quarter: "quarter quarters qtr qtrs",
  month: "month months mon mons",
  week: "week weeks w",
  day: "day days d",
  hour: "hour hours h hr hrs",
  minute: "minute minutes m min mins",
  second: "second seconds s sec secs",
  millisecond: "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon",
  microsecond: "microsecond microseconds us usec usecs usecond useconds microsec microsecs microsecon",
  epoch: "epoch",
  dow: "dow dayofweek dw weekday",
  doy: "doy dayofyear dy yearday",
  timezone: "timezone",
  timezone_hour: "timezone_hour",
  timezone_minute: "timezone_minute",
});

const byName: ReadonlyMap<string, DatePart> = new Map(
  Object.entries(names).flatMap(([part, list]) =>
    list.split(" ").map((name) => [name, part as DatePart] as const),
  ),
);

/** The part that a name or an abbreviation stands for. @throws SqlError 22023, 0A000 where it is no literal */
export function datePartOf(text: string | null | undefined): DatePart {
  if (typeof text !== "string") throw new SqlError("0A000", "A date part must be a literal.");
  const part = byName.get(text.trim().toLowerCase());
  if (part === undefined) throw new SqlError("22023", `timestamp units "${text}" not recognized`);
  return part;
}
