import { daysFromCivil, daysInMonth } from "./calendar.ts";
import { dayMs } from "./time-units.ts";

/** Dates and times in the forms that Flink reads without a pattern. */

const timestampForm = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{0,9}))?)?$/;

/** `yyyy-[M]M-[d]d[ [H]H:[m]m:[s]s[.fraction]]`, cut to `precision` digits; undefined for anything else. */
export function timestampOfText(text: string, precision: number): number | undefined {
  return fixedTimestamp(text, precision) ?? timestampOf(timestampForm.exec(text), precision);
}

const dash = 45;
const colon = 58;

/** `yyyy-MM-dd HH:mm:ss` with a fraction or without, read without a regular expression; undefined for other forms. */
function fixedTimestamp(text: string, precision: number): number | undefined {
  const { length } = text;
  if (length < 19 || length === 20 || length > 29) return undefined;
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash || text.charCodeAt(10) !== 32)
    return undefined;
  if (text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return undefined;
  const year = digitsAt(text, 0, 4);
  const [month, day] = [digitsAt(text, 5, 2), digitsAt(text, 8, 2)];
  const [hour, minute, second] = [digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2)];
  let micros = 0;
  if (length > 19) {
    if (text.charCodeAt(19) !== 46 || Number.isNaN(digitsAt(text, 20, length - 20))) return undefined;
    const kept = Math.min(precision, 6, length - 20);
    micros = digitsAt(text, 20, kept) * 10 ** (6 - kept);
  }
  // Comparisons with NaN, which stands for what is no digit, are false.
  const isTime = hour <= 23 && minute <= 59 && second <= 59;
  if (!(isTime && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined;
  const seconds = (daysFromCivil(year, month - 1, day) * 24 + hour) * 3600 + minute * 60 + second;
  return micros === 0 ? seconds * 1000 : Math.round(seconds * 1_000_000 + micros) / 1000;
}

/** NaN when one of them is none. */
function digitsAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
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
