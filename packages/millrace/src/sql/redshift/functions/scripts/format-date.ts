import { dayNames, type FormatPiece, monthNames, romanMonths } from "./date-format.ts";

/** A moment as a local calendar shows it. */
interface Calendar {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 Sunday. */
  readonly weekday: number;
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Days since 1970-01-01. */
  readonly epochDay: number;
  readonly zone: string;
  /** `+05:30` or `+00`. */
  readonly offset: string;
}

const dayMicroseconds = 86_400_000_000;
const dayMilliseconds = 86_400_000;

function calendarOf(microseconds: number, zone: string, offset: string): Calendar {
  const epochDay = Math.floor(microseconds / dayMicroseconds);
  const inDay = microseconds - epochDay * dayMicroseconds;
  const date = new Date(epochDay * dayMilliseconds);
  const year = date.getUTCFullYear();
  const firstDay = Math.floor(dateOf(year, 0, 1) / dayMilliseconds);
  return {
    ...{ year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() },
    ...{ dayOfYear: epochDay - firstDay + 1, epochDay, zone, offset },
    hour: Math.floor(inDay / 3_600_000_000),
    minute: Math.floor(inDay / 60_000_000) % 60,
    second: Math.floor(inDay / 1_000_000) % 60,
    microsecond: inDay % 1_000_000,
  };
}

function dateOf(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, month, day));
  return date.setUTCFullYear(year);
}

/** A timestamp by a format; microseconds since 1970 of the local time. */
export function formatDate(
  pieces: readonly FormatPiece[],
  microseconds: number,
  zone: string,
  offset: string,
): string {
  const calendar = calendarOf(microseconds, zone, offset);
  let result = "";
  for (const piece of pieces) {
    if (piece.kind === "text") result += piece.text;
    else result += fieldText(piece.name, calendar, piece.fill) + ordinalOf(piece, calendar);
  }
  return result;
}

function ordinalOf(piece: FormatPiece & { readonly kind: "field" }, calendar: Calendar): string {
  if (piece.ordinal === "") return "";
  const suffix = ordinalSuffix(fieldText(piece.name, calendar, true));
  return piece.ordinal === "TH" ? suffix.toUpperCase() : suffix;
}

/** `st`, `nd`, `rd` or `th` for a number's text. */
export function ordinalSuffix(text: string): string {
  if (/1[123]$/.test(text)) return "th";
  return { 1: "st", 2: "nd", 3: "rd" }[text.at(-1) as "1"] ?? "th";
}

function number(value: number, width: number, fill: boolean): string {
  return fill ? String(value).padStart(width, "0") : String(value);
}

function fieldText(name: string, calendar: Calendar, fill: boolean): string {
  return (
    clockField(name, calendar, fill) ??
    yearField(name, calendar, fill) ??
    dayField(name, calendar, fill) ??
    ""
  );
}

function clockField(name: string, calendar: Calendar, fill: boolean): string | undefined {
  const { hour, minute, second, microsecond } = calendar;
  switch (name) {
    case "HH24":
      return number(hour, 2, fill);
    case "HH":
    case "HH12":
      return number(hour % 12 === 0 ? 12 : hour % 12, 2, fill);
    case "MI":
      return number(minute, 2, fill);
    case "SS":
      return number(second, 2, fill);
    case "MS":
      return String(Math.floor(microsecond / 1000)).padStart(3, "0");
    case "US":
      return String(microsecond).padStart(6, "0");
    case "SSSS":
    case "SSSSS":
      return String(hour * 3600 + minute * 60 + second);
    case "TZ":
      return calendar.zone.toUpperCase();
    case "tz":
      return calendar.zone.toLowerCase();
    case "OF":
      return calendar.offset.replace(/:00$/, "");
    case "TZH":
      return calendar.offset.slice(0, 3);
    case "TZM":
      return calendar.offset.slice(4, 6).padStart(2, "0");
    default:
      return /^[AP]\.?M/i.test(name) ? halfDay(name, hour) : undefined;
  }
}

function halfDay(name: string, hour: number): string {
  const letter = hour < 12 ? "A" : "P";
  const text = name.includes(".") ? `${letter}.M.` : `${letter}M`;
  return name === name.toLowerCase() ? text.toLowerCase() : text;
}

function yearField(name: string, calendar: Calendar, fill: boolean): string | undefined {
  const year = calendar.year > 0 ? calendar.year : 1 - calendar.year;
  const isoYear = isoWeekOf(calendar).year;
  switch (name) {
    case "Y,YYY":
      return `${Math.floor(year / 1000)},${String(year % 1000).padStart(3, "0")}`;
    case "YYYY":
      return number(year, 4, fill);
    case "YYY":
      return number(year % 1000, 3, fill);
    case "YY":
      return number(year % 100, 2, fill);
    case "Y":
      return String(year % 10);
    case "IYYY":
      return number(isoYear, 4, fill);
    case "IYY":
      return number(isoYear % 1000, 3, fill);
    case "IY":
      return number(isoYear % 100, 2, fill);
    case "I":
      return String(isoYear % 10);
    case "CC":
      return number(Math.ceil(year / 100), 2, fill);
    default:
      return /^[AB]\.?[CD]/i.test(name) ? era(name, calendar.year) : undefined;
  }
}

function era(name: string, year: number): string {
  const text = year > 0 ? "AD" : "BC";
  const dotted = name.includes(".") ? `${text.charAt(0)}.${text.charAt(1)}.` : text;
  return name === name.toLowerCase() ? dotted.toLowerCase() : dotted;
}

function dayField(name: string, calendar: Calendar, fill: boolean): string | undefined {
  const { month, day, weekday, dayOfYear } = calendar;
  const cased = casedName(name, calendar, fill);
  if (cased !== undefined) return cased;
  switch (name) {
    case "MM":
      return number(month, 2, fill);
    case "DD":
      return number(day, 2, fill);
    case "DDD":
      return number(dayOfYear, 3, fill);
    case "IDDD":
      return number((isoWeekOf(calendar).week - 1) * 7 + (weekday === 0 ? 7 : weekday), 3, fill);
    case "D":
      return String(weekday + 1);
    case "ID":
      return String(weekday === 0 ? 7 : weekday);
    case "W":
      return String(Math.floor((day - 1) / 7) + 1);
    case "WW":
      return number(Math.floor((dayOfYear - 1) / 7) + 1, 2, fill);
    case "IW":
      return number(isoWeekOf(calendar).week, 2, fill);
    case "Q":
      return String(Math.floor((month - 1) / 3) + 1);
    case "J":
      return String(calendar.epochDay + 2_440_588);
    default:
      return undefined;
  }
}

/** Names of months and days, in the case of the field; full names fill nine places. */
function casedName(name: string, { month, weekday }: Calendar, fill: boolean): string | undefined {
  const upper = name.toUpperCase();
  if (upper === "RM") return cased(name, romanMonths[month - 1] ?? "", fill ? 4 : 0);
  if (upper === "MONTH") return cased(name, monthNames[month - 1] ?? "", fill ? 9 : 0);
  if (upper === "MON") return cased(name, (monthNames[month - 1] ?? "").slice(0, 3), 0);
  if (upper === "DAY") return cased(name, dayNames[weekday] ?? "", fill ? 9 : 0);
  if (upper === "DY") return cased(name, (dayNames[weekday] ?? "").slice(0, 3), 0);
  return undefined;
}

function cased(name: string, text: string, width: number): string {
  const written =
    name === name.toUpperCase()
      ? text.toUpperCase()
      : name === name.toLowerCase()
        ? text.toLowerCase()
        : text;
  return written.padEnd(width, " ");
}

/** The week of ISO 8601 and the year that it belongs to. */
function isoWeekOf({ year, dayOfYear, weekday }: Calendar): { readonly year: number; readonly week: number } {
  const isoDay = weekday === 0 ? 7 : weekday;
  const week = Math.floor((dayOfYear - isoDay + 10) / 7);
  if (week < 1) return { year: year - 1, week: weeksIn(year - 1) };
  return week > weeksIn(year) ? { year: year + 1, week: 1 } : { year, week };
}

function weeksIn(year: number): number {
  const weekday = (y: number): number =>
    (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return weekday(year) === 4 || weekday(year - 1) === 3 ? 53 : 52;
}
