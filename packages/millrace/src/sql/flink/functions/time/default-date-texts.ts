import { daysFromCivil, daysInMonth } from "./calendar.ts";
import { dayMs } from "./time-units.ts";

/** Dates and times in the forms that Flink reads without a pattern. */

const timestampForm = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{0,9}))?)?$/;

/** `yyyy-[M]M-[d]d[ [H]H:[m]m:[s]s[.fraction]]`, cut to `precision` digits; undefined for anything else. */
export function timestampOfText(text: string, precision: number): number | undefined {
  return timestampOf(timestampForm.exec(text), precision);
}

/** The same with spaces around it, and years of any digits, as java.sql reads it. */
export function timestampOfAnyText(text: string): number | undefined {
  return timestampOf(timestampForm.exec(text.trim()), 3);
}

function timestampOf(match: RegExpExecArray | null, precision: number): number | undefined {
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = ""] = match;
  const days = dateOf(Number(year), Number(month), Number(day));
  if (days === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const digits = Math.min(precision, 6);
  const micros = Number(fraction.slice(0, digits).padEnd(6, "0"));
  return Math.round((days * dayMs + seconds * 1000) * 1000 + micros) / 1000;
}

/** `yyyy`, `yyyy-M`, `yyyy-M-d`, with anything behind a space; undefined for what is no date. */
export function dateOfText(text: string): number | undefined {
  const space = text.indexOf(" ");
  const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*(?:-\s*(\d+)\s*)?)?$/.exec(
    space > 0 ? text.slice(0, space) : text,
  );
  if (match === null) return undefined;
  const [, year, month = "1", day = "1"] = match;
  return Number(year) > 9999 ? undefined : dateOf(Number(year), Number(month), Number(day));
}

function dateOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromCivil(year, month - 1, day);
}
