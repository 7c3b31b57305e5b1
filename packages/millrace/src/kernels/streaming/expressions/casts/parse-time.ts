import { daysFromCivil, daysInMonth } from "../../../../sql/flink/functions/time/calendar.ts";

const dayMs = 86_400_000;
const dateForm = /^(\d{1,9})(?:-([0-9]{1,9})(?:-([0-9]{1,9}))?)?$/;
const clockForm = /^(\d{1,9})(?::\s*(\d{1,9})\s*(?::\s*(\d{1,9})\s*(?:\.(.*))?)?)?$/;
const timestampForm = /^(\d{4,9})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{0,9}))?)?$/;

/** Days since 1970 of `yyyy[-M[-d]]`; what follows a blank is not looked at. Undefined: not a date. */
export function parseDate(text: string): number | undefined {
  const blank = text.indexOf(" ");
  const match = dateForm.exec((blank > 0 ? text.slice(0, blank) : text).trim());
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  if (year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromCivil(year, month - 1, day);
}

/** Milliseconds of the day of `H[:m[:s[.fraction]]]`, rounded to milliseconds. */
export function parseTime(text: string): number | undefined {
  const match = clockForm.exec(text.trim());
  if (match === null) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = match[4]?.trim() ?? "";
  if (!/^\d*$/.test(fraction)) return undefined;
  const millis = fraction === "" ? 0 : Math.round(Number(`0.${fraction}`) * 1000);
  return ((hour * 60 + minute) * 60 + second) * 1000 + millis;
}

/**
 * Milliseconds since 1970 of `yyyy-M-d[ H:m:s[.fraction]]`, digits beyond the precision cut off. A day behind the
 * end of its month is its last one, as Java's formatters have it.
 */
export function parseTimestamp(text: string, precision: number): number | undefined {
  const match = timestampForm.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const days = daysFromCivil(year, month - 1, Math.min(day, daysInMonth(year, month)));
  const digits = (match[7] ?? "").slice(0, Math.min(precision, 6)).padEnd(6, "0");
  const micros = Number(digits);
  const ms = days * dayMs + ((hour * 60 + minute) * 60 + second) * 1000;
  return micros % 1000 === 0 ? ms + micros / 1000 : Math.round(ms * 1000 + micros) / 1000;
}

/** Digits beyond the precision cut off, towards the past. */
export function truncateTime(ms: number, precision: number): number {
  if (precision >= 6) return ms;
  if (precision === 3) return Math.floor(ms);
  if (precision < 3) {
    const unit = 10 ** (3 - precision);
    return Math.floor(ms / unit) * unit;
  }
  const unit = 10 ** (6 - precision);
  return (Math.floor(Math.round(ms * 1000) / unit) * unit) / 1000;
}
