import {
  DateTimeInputError,
  isoDate,
  isoTime,
  parseDateTime,
  parseTime,
} from "../../../../sql/redshift/functions/datetime-input.ts";
import { parseDateFormat } from "../../../../sql/redshift/functions/scripts/date-format.ts";
import { parseByFormat } from "../../../../sql/redshift/functions/scripts/parse-by-format.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import { LoadFailure, loadCodes } from "../load-failure.ts";
import type { ValueReader } from "./number-values.ts";

const datePattern = /^(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?$/;
const timestampPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** @param format DATEFORMAT; undefined for YYYY-MM-DD */
export function dateReader(format: string | undefined): ValueReader {
  if (format === undefined) return defaultDate;
  const failure = (): LoadFailure =>
    new LoadFailure(loadCodes.date, `Invalid date format or value [${format}]`);
  if (format.toLowerCase() === "auto") return (text) => attempt(() => isoDate(parseDateTime(text)), failure);
  const pieces = parseDateFormat(copyFormat(format));
  return (text) => attempt(() => microsText(parseByFormat(pieces, text.trim(), true)).slice(0, 10), failure);
}

function defaultDate(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length < 10)
    throw new LoadFailure(loadCodes.date, "Invalid Date Format - length must be 10 or more");
  const match = datePattern.exec(trimmed);
  if (match === null || !isDay(Number(match[1]), Number(match[2]), Number(match[3])))
    throw new LoadFailure(loadCodes.date, "Invalid date format or value [YYYY-MM-DD]");
  return trimmed.slice(0, 10);
}

/** @param format TIMEFORMAT; undefined for the default */
export function timestampReader(format: string | undefined, zoned: boolean): ValueReader {
  const standard = zoned ? "YYYY-MM-DD HH24:MI:SSOF" : "YYYY-MM-DD HH24:MI:SS";
  const failure = (): LoadFailure =>
    new LoadFailure(loadCodes.timestamp, `Invalid timestamp format or value [${format ?? standard}]`);
  switch (format?.toLowerCase()) {
    case undefined:
      return (text) => attempt(() => defaultTimestamp(text.trim(), zoned), failure);
    case "auto":
      return (text) => attempt(() => autoTimestamp(text, zoned), failure);
    case "epochsecs":
      return (text) => attempt(() => epoch(text, 6, zoned), failure);
    case "epochmillisecs":
      return (text) => attempt(() => epoch(text, 3, zoned), failure);
    default:
      return patternTimestamp(format ?? "", zoned, failure);
  }
}

function defaultTimestamp(text: string, zoned: boolean): string {
  const match = timestampPattern.exec(text);
  if (match === null) throw new DateTimeInputError("syntax");
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone] = match;
  if (
    !isDay(Number(year), Number(month), Number(day)) ||
    !isTime(Number(hour), Number(minute), Number(second))
  )
    throw new DateTimeInputError("range");
  // AWS's own default wants an offset, not its letter.
  if (zoned && zone !== undefined && /z/i.test(zone)) throw new DateTimeInputError("syntax");
  const micros = fraction.padEnd(6, "0").slice(0, 6);
  const text6 = `${year}-${month}-${day} ${hour}:${minute}:${second}${micros === "000000" ? "" : `.${micros}`}`;
  return zoned && zone !== undefined ? `${text6}${offsetText(zone)}` : text6;
}

function offsetText(zone: string): string {
  const digits = zone.slice(1).replace(":", "");
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2).padEnd(2, "0")}`;
}

function autoTimestamp(text: string, zoned: boolean): string {
  const input = parseDateTime(text);
  const local = `${isoDate(input)} ${isoTime(input.microseconds ?? 0)}`;
  return zoned && input.zone !== undefined ? `${local} ${input.zone}`.replace(/ (?=[+-])/, "") : local;
}

/** @param digits of microseconds that one unit is worth */
function epoch(text: string, digits: number, zoned: boolean): string {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) throw new DateTimeInputError("syntax");
  const [, sign, whole = "0", fraction = ""] = match;
  const micros = BigInt(`${sign}${whole}${fraction.padEnd(digits, "0").slice(0, digits)}`);
  return `${microsText(micros)}${zoned ? "+00:00" : ""}`;
}

function patternTimestamp(format: string, zoned: boolean, failure: () => LoadFailure): ValueReader {
  const withOffset = /OF$|TZ$/i.test(format);
  const pieces = parseDateFormat(copyFormat(format.replace(/\s*(?:OF|TZ)$/i, "")));
  return (text) =>
    attempt(() => {
      const trimmed = text.trim();
      const offset = withOffset ? /\s*(Z|[+-]\d{1,2}(?::?\d{2})?)$/i.exec(trimmed) : null;
      const local = offset === null ? trimmed : trimmed.slice(0, offset.index);
      // A fraction of the seconds is taken where the format ends with them.
      const fraction = /SS$/i.test(format.replace(/\s*(?:OF|TZ)$/i, "")) ? /\.(\d{1,9})$/.exec(local) : null;
      const whole = fraction === null ? local : local.slice(0, fraction.index);
      const micros = BigInt((fraction?.[1] ?? "0").padEnd(6, "0").slice(0, 6));
      const value = microsText(parseByFormat(pieces, whole, true) + micros);
      const zone = offset?.[1];
      if (!zoned || zone === undefined) return value;
      return `${value}${/z/i.test(zone) ? "+00:00" : offsetText(zone)}`;
    }, failure);
}

/** COPY's HH counts to 24 unless the half of the day is there. */
function copyFormat(format: string): string {
  const upper = format.replace(/[a-z]+/gi, (word) => word.toUpperCase());
  return /AM|PM/.test(upper) ? upper : upper.replace(/HH(?!\d)/, "HH24");
}

/** Microseconds since 1970 as `2024-01-31 04:05:06.789`. */
function microsText(micros: bigint): string {
  const day = 86_400_000_000n;
  const rest = ((micros % day) + day) % day;
  const date = new Date(Number((micros - rest) / 1000n));
  if (Number.isNaN(date.getTime())) throw new DateTimeInputError("range");
  const calendar = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  if (calendar.year < 1 || calendar.year > 294_275) throw new DateTimeInputError("range");
  return `${isoDate(calendar)} ${isoTime(Number(rest))}`;
}

export function timeReader(zoned: boolean): ValueReader {
  const failure = (): LoadFailure => new LoadFailure(loadCodes.timestamp, "Invalid time format or value");
  return (text) =>
    attempt(() => {
      const { microseconds, zone } = parseTime(text.trim());
      const offset = zone !== undefined && /^[+-]/.test(zone) ? zone : "+00:00";
      return `${isoTime(microseconds)}${zoned ? offset : ""}`;
    }, failure);
}

function attempt(read: () => string, failure: () => LoadFailure): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof DateTimeInputError || error instanceof SqlError) throw failure();
    throw error;
  }
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isDay(year: number, month: number, day: number): boolean {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (
    year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= (daysOfMonth[month - 1] ?? 0) + (leap ? 1 : 0)
  );
}

function isTime(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60;
}
