import { SqlError } from "../../../sql-error.ts";
import { dayNames, type FormatPiece, monthNames, romanMonths } from "./date-format.ts";

interface Found {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  julian?: number;
  isoWeek?: number;
  week?: number;
  hour?: number;
  minute?: number;
  second?: number;
  microsecond?: number;
  secondOfDay?: number;
  afternoon?: boolean;
  beforeChrist?: boolean;
  century?: number;
  isoYear?: number;
}

/**
 * A text by a format, as microseconds since 1970 of the local time. Not strict: a day beyond its month goes on into
 * the next one.
 * @throws SqlError 22007 for what does not fit, 22008 for a day that there is not
 */
export function parseByFormat(pieces: readonly FormatPiece[], text: string, strict: boolean): bigint {
  const found: Found = {};
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "text") {
      at = skipText(text, at, piece.text);
      continue;
    }
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) break;
    const next = pieces[index + 1];
    at += readField(
      piece.name,
      text.slice(at),
      found,
      next === undefined || next.kind === "text" || !piece.fill,
    );
  }
  return assemble(found, text, strict);
}

/** A separator in the format stands for any one that is no letter or digit. */
function skipText(text: string, at: number, separator: string): number {
  let end = at;
  for (const character of separator) {
    const own = text[end];
    if (own === undefined) break;
    if (own === character || (/[^\p{L}\p{N}]/u.test(character) && /[^\p{L}\p{N}+-]/u.test(own))) end++;
    else if (/[\p{L}\p{N}]/u.test(character)) end++;
  }
  return end;
}

const digitFields: Readonly<Record<string, readonly [keyof Found, number]>> = Object.freeze({
  YYYY: ["year", 4],
  YYY: ["year", 3],
  YY: ["year", 2],
  Y: ["year", 1],
  IYYY: ["isoYear", 4],
  MM: ["month", 2],
  DD: ["day", 2],
  DDD: ["dayOfYear", 3],
  HH: ["hour", 2],
  HH12: ["hour", 2],
  HH24: ["hour", 2],
  MI: ["minute", 2],
  SS: ["second", 2],
  SSSS: ["secondOfDay", 5],
  SSSSS: ["secondOfDay", 5],
  J: ["julian", 7],
  CC: ["century", 2],
  IW: ["isoWeek", 2],
  WW: ["week", 2],
});

/** Reads one field; gives how many characters it took. */
function readField(name: string, rest: string, found: Found, greedy: boolean): number {
  const numeric = digitFields[name];
  if (numeric !== undefined) return readNumber(name, numeric, rest, found, greedy);
  const upper = name.toUpperCase();
  if (upper === "MONTH" || upper === "MON" || upper === "RM") {
    const { number, length } = nameIn(upper === "RM" ? romanMonths : monthNames, rest, upper);
    found.month = number;
    return length;
  }
  if (upper === "DAY" || upper === "DY") return nameIn(dayNames, rest, upper).length;
  if (name === "MS" || name === "US") {
    const digits = /^\d+/.exec(rest)?.[0] ?? "";
    const width = name === "MS" ? 3 : 6;
    found.microsecond = Number(digits.slice(0, 6).padEnd(6, "0"));
    return greedy ? digits.length : Math.min(digits.length, width);
  }
  if (name === "Y,YYY") {
    const match = /^(\d+),(\d{3})/.exec(rest);
    if (match === null) throw notInFormat(name, rest);
    found.year = Number(`${match[1]}${match[2]}`);
    return match[0].length;
  }
  if (/^[AP]\.?M/i.test(name) || /^[AB]\.?[CD]/i.test(name)) return readHalf(rest, found, name);
  if (["D", "ID", "W", "Q", "I", "IY", "IYY", "IDDD"].includes(name))
    return /^\d*/.exec(rest)?.[0].length ?? 0;
  throw new SqlError("0A000", `"TZ"/"tz"/"OF" format patterns are not supported in to_date`);
}

function readHalf(rest: string, found: Found, name: string): number {
  const match = /^([abp])\.?([mcd])\.?/i.exec(rest);
  if (match === null) throw notInFormat(name, rest);
  if ((match[2] ?? "").toLowerCase() === "m") found.afternoon = (match[1] ?? "").toLowerCase() === "p";
  else found.beforeChrist = (match[1] ?? "").toLowerCase() === "b";
  return match[0].length;
}

function readNumber(
  name: string,
  [field, width]: readonly [keyof Found, number],
  rest: string,
  found: Found,
  greedy: boolean,
): number {
  const match = /^[+-]?\d+/.exec(rest);
  if (match === null) throw notInFormat(name, rest);
  const digits = greedy ? match[0] : match[0].slice(0, width);
  const value = Number(digits);
  (found as Record<string, number>)[field] =
    field === "year" ? fullYear(value, name === "YYYY" ? 4 : name.length, digits) : value;
  return digits.length;
}

/** Years of two digits are of 1970 to 2069. */
function fullYear(value: number, width: number, digits: string): number {
  if (digits.length >= 4 || width === 4) return value;
  if (width === 3 || digits.length === 3) return value >= 100 ? value + 1000 : value + 2000;
  return value < 70 ? value + 2000 : value + 1900;
}

function nameIn(
  names: readonly string[],
  rest: string,
  kind: string,
): { readonly number: number; readonly length: number } {
  const lower = rest.toLowerCase();
  let best = { number: 0, length: 0 };
  for (const [index, name] of names.entries()) {
    const wanted = (kind === "MON" || kind === "DY" ? name.slice(0, 3) : name).toLowerCase();
    if (lower.startsWith(wanted) && wanted.length > best.length)
      best = { number: index + 1, length: wanted.length };
  }
  if (best.length === 0) throw notInFormat(kind, rest);
  return best;
}

function notInFormat(field: string, rest: string): SqlError {
  return new SqlError("22007", `invalid value "${rest.slice(0, 10)}" for "${field}"`, {
    hint: "Value must be an integer, or a name that the format asks for.",
  });
}

function assemble(found: Found, text: string, strict: boolean): bigint {
  let year = found.year ?? found.isoYear ?? (found.century === undefined ? 1 : (found.century - 1) * 100 + 1);
  if (found.beforeChrist === true) year = 1 - year;
  if (found.year === 0 && found.month === undefined) year = 1;
  const month = found.month ?? 1;
  const day = found.day ?? 1;
  const outside = month < 1 || month > 12 || day < 1 || day > 31 || (strict && day > daysIn(year, month));
  if (outside) throw outOfRange(text);
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  if (found.dayOfYear !== undefined) date.setUTCFullYear(year, 0, found.dayOfYear);
  if (found.week !== undefined) date.setUTCFullYear(year, 0, (found.week - 1) * 7 + 1);
  if (found.isoWeek !== undefined) date.setTime(isoWeekStart(year, found.isoWeek));
  if (found.julian !== undefined) date.setTime((found.julian - 2_440_588) * 86_400_000);
  return BigInt(date.getTime()) * 1000n + BigInt(timeOf(found, text));
}

function timeOf(found: Found, text: string): number {
  let hour = found.hour ?? 0;
  if (found.afternoon === true && hour < 12) hour += 12;
  if (found.afternoon === false && hour === 12) hour = 0;
  const { minute = 0, second = 0, microsecond = 0 } = found;
  if (hour > 24 || minute > 59 || second > 59) throw outOfRange(text);
  const seconds = found.secondOfDay ?? hour * 3600 + minute * 60 + second;
  return seconds * 1_000_000 + microsecond;
}

function isoWeekStart(year: number, week: number): number {
  const fourth = new Date(Date.UTC(2000, 0, 4));
  fourth.setUTCFullYear(year, 0, 4);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  return monday + (week - 1) * 7 * 86_400_000;
}

function daysIn(year: number, month: number): number {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

function outOfRange(text: string): SqlError {
  return new SqlError("22008", `date/time field value out of range: "${text}"`);
}
