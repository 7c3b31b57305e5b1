import { epochDayOf, fromEpochMs, type Moment, minusMinutes } from "./timestamp.ts";

/** A format of timestamps, ready to be used. */
export interface TimestampPattern {
  parse(text: string): Moment | undefined;
}

type Field =
  | "year"
  | "shortYear"
  | "month"
  | "monthName"
  | "day"
  | "hour"
  | "hour12"
  | "minute"
  | "second"
  | "fraction"
  | "half"
  | "offset";

const months = Object.freeze([
  "jan",
  "feb",
  "mar",
  "apr",
  "may",
  "jun",
  "jul",
  "aug",
  "sep",
  "oct",
  "nov",
  "dec",
]);

/**
 * Reads a pattern of Joda-Time's DateTimeFormat, or `millis`. Undefined when it is none, or has letters that
 * stand for what a moment cannot be made of (weeks, eras, days of the year, names of zones).
 */
export function timestampPattern(pattern: string): TimestampPattern | undefined {
  if (pattern === "millis") {
    return { parse: (text) => (/^-?\d{1,16}$/.test(text) ? fromEpochMs(Number(text)) : undefined) };
  }
  const fields: Field[] = [];
  let source = "";
  for (const token of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']|'/g)) {
    const [whole, quoted, letter] = token;
    if (whole === "'") return undefined;
    if (quoted !== undefined) source += literal(quoted === "" ? "'" : quoted.replaceAll("''", "'"));
    else if (letter === undefined) source += literal(whole);
    else {
      const part = fieldOf(letter, whole.length);
      if (part === undefined) return undefined;
      if (part.field !== undefined) fields.push(part.field);
      source += part.source;
    }
  }
  const regex = new RegExp(`^${source}$`, "i");
  return { parse: (text) => momentOf(regex.exec(text), fields) };
}

interface Part {
  readonly field?: Field;
  readonly source: string;
}

function fieldOf(letter: string, width: number): Part | undefined {
  const number = (field: Field, most: number): Part => ({
    field,
    source: `(\\d{1,${Math.max(width, most)}})`,
  });
  switch (letter) {
    case "y":
    case "Y":
      return width === 2 ? { field: "shortYear", source: "(\\d{2}|\\d{4})" } : number("year", 4);
    case "M":
      return width >= 3 ? { field: "monthName", source: "([a-z]{3,9})" } : number("month", 2);
    case "d":
      return number("day", 2);
    case "H":
    case "k":
      return number("hour", 2);
    case "h":
    case "K":
      return number("hour12", 2);
    case "m":
      return number("minute", 2);
    case "s":
      return number("second", 2);
    case "S":
      return { field: "fraction", source: "(\\d{1,9})" };
    case "a":
      return { field: "half", source: "(am|pm)" };
    case "Z":
      return { field: "offset", source: "(z|[+-]\\d{2}:?\\d{2})" };
    case "E":
      return { source: "[a-z]{3,9}" };
    default:
      return undefined;
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function momentOf(found: RegExpExecArray | null, fields: readonly Field[]): Moment | undefined {
  if (found === null) return undefined;
  const texts = new Map(fields.map((field, index) => [field, found[index + 1] ?? ""]));
  const number = (field: Field, otherwise: number): number => {
    const text = texts.get(field);
    return text === undefined ? otherwise : Number(text);
  };
  const epochDay = epochDayOf(
    yearOf(number("year", Number.NaN), texts.get("shortYear")),
    monthOf(texts),
    number("day", 1),
  );
  const hour = hourOf(number("hour", Number.NaN), number("hour12", 0), texts.get("half"));
  const minute = number("minute", 0);
  const second = number("second", 0);
  if (epochDay === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const nanos = Number((texts.get("fraction") ?? "").padEnd(9, "0"));
  const moment = { epochDay, nanosOfDay: ((hour * 60 + minute) * 60 + second) * 1e9 + nanos };
  return minusMinutes(moment, offsetOf(texts.get("offset")));
}

/** Joda puts two digits within the fifty years around now; without a clock, within those around 2020. */
function yearOf(year: number, short: string | undefined): number {
  if (!Number.isNaN(year)) return year;
  if (short === undefined) return 1970;
  return short.length === 4 ? Number(short) : Number(short) + (Number(short) < 70 ? 2000 : 1900);
}

/** 0, which no calendar has, for a name that is none. */
function monthOf(texts: ReadonlyMap<Field, string>): number {
  const name = texts.get("monthName");
  if (name !== undefined) return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return Number(texts.get("month") ?? 1);
}

function hourOf(hour: number, hour12: number, half: string | undefined): number {
  if (!Number.isNaN(hour)) return hour === 24 ? 0 : hour;
  return (hour12 % 12) + (half?.toLowerCase() === "pm" ? 12 : 0);
}

function offsetOf(text: string | undefined): number {
  if (text === undefined || text.toLowerCase() === "z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith("-") ? -minutes : minutes;
}
