import { daysFromCivil } from "./calendar.ts";
import { isDigit, readOffset, type TextCursor } from "./date-fields.ts";
import { dayNames, monthNames, type PatternItem, parseDatePattern } from "./date-pattern.ts";
import { fromLocal, type TimeZone, type TimeZones } from "./time-zone.ts";

const dayMs = 86_400_000;

/**
 * Reads times as java.text.SimpleDateFormat does when it is lenient: fields beyond their ranges roll over
 * (month 13 is the next January), and what follows the last field is ignored. Gives milliseconds since 1970 in
 * UTC; undefined: no match.
 */
export type LegacyParser = (text: string, zone: TimeZone) => number | undefined;

class Fields {
  year = 1970;
  month = 1;
  day = 1;
  dayOfYear: number | undefined;
  hour = 0;
  halfHour: number | undefined;
  isAfternoon = false;
  minute = 0;
  second = 0;
  millis = 0;
  zone: TimeZone | undefined;
}

/** @throws SqlError for what is no pattern, or has letters that are not there */
export function legacyParser(pattern: string, zones: TimeZones): LegacyParser {
  const items = parseDatePattern(pattern, "legacy", "parse");
  return (text, zone) => {
    const fields = new Fields();
    const cursor: TextCursor = { text, at: 0 };
    for (const [index, item] of items.entries()) {
      if (!readItem(item, isAbutting(items, index), cursor, fields, zones)) return undefined;
    }
    return fromLocal(resolve(fields), fields.zone ?? zone, true);
  };
}

/** A number directly before another one takes no more digits than the pattern has letters. */
function isAbutting(items: readonly PatternItem[], index: number): boolean {
  return isNumeric(items[index]) && isNumeric(items[index + 1]);
}

function isNumeric(item: PatternItem | undefined): boolean {
  if (item?.kind !== "field") return false;
  return "ML".includes(item.letter) ? item.count < 3 : !"EaGXZz".includes(item.letter);
}

function readItem(
  item: PatternItem,
  isAbuttingNext: boolean,
  cursor: TextCursor,
  fields: Fields,
  zones: TimeZones,
): boolean {
  if (item.kind === "literal") {
    if (!cursor.text.startsWith(item.text, cursor.at)) return false;
    cursor.at += item.text.length;
    return true;
  }
  if (item.kind === "optional") return false;
  skipSpaces(cursor);
  if (isNumeric(item)) {
    const start = cursor.at;
    const value = readInteger(cursor, isAbuttingNext ? item.count : 10);
    return value !== undefined && take(fields, item, value, cursor.at - start);
  }
  return readName(item.letter, cursor, fields, zones);
}

function skipSpaces(cursor: TextCursor): void {
  while (cursor.text.charAt(cursor.at) === " " || cursor.text.charAt(cursor.at) === "\t") cursor.at += 1;
}

function readInteger(cursor: TextCursor, most: number): number | undefined {
  const { text } = cursor;
  const isNegative = text.charAt(cursor.at) === "-";
  const start = cursor.at + (isNegative ? 1 : 0);
  let end = start;
  while (end < text.length && end - start < most && isDigit(text.charCodeAt(end))) end += 1;
  if (end === start) return undefined;
  cursor.at = end;
  const value = Number(text.slice(start, end));
  return isNegative ? -value : value;
}

function take(
  fields: Fields,
  { letter, count }: { readonly letter: string; readonly count: number },
  value: number,
  digits: number,
): boolean {
  switch (letter) {
    case "y":
      fields.year = count <= 2 && digits === 2 && value >= 0 ? centuryOf(value) : value;
      return true;
    case "M":
    case "L":
      fields.month = value;
      return true;
    case "d":
      fields.day = value;
      return true;
    case "D":
      fields.dayOfYear = value;
      return true;
    case "H":
    case "k":
      fields.hour = letter === "k" && value === 24 ? 0 : value;
      return true;
    case "K":
    case "h":
      fields.halfHour = letter === "h" && value === 12 ? 0 : value;
      return true;
    case "m":
      fields.minute = value;
      return true;
    case "s":
      fields.second = value;
      return true;
    default:
      fields.millis = value;
      return true;
  }
}

/**
 * Two digits of a year. Java takes the 80 years before now and the 20 after; here that is as of 2026, so that
 * a program gives the same in every year.
 */
function centuryOf(value: number): number {
  return value <= 46 ? 2000 + value : 1900 + value;
}

function readName(letter: string, cursor: TextCursor, fields: Fields, zones: TimeZones): boolean {
  switch (letter) {
    case "M":
    case "L":
      return readOneOf(monthNames, cursor, (index) => {
        fields.month = index + 1;
      });
    case "E":
      return readOneOf(dayNames, cursor, () => {});
    case "a":
      return readOneOf(["AM", "PM"], cursor, (index) => {
        fields.isAfternoon = index === 1;
      });
    case "G":
      return readOneOf(["BC", "AD"], cursor, (index) => {
        if (index === 0) fields.year = 1 - fields.year;
      });
    default: {
      const name = readOffset(cursor);
      fields.zone = name === undefined ? undefined : zones.find(name);
      return fields.zone !== undefined;
    }
  }
}

/** The full name or its first three letters, in upper or lower case. */
function readOneOf(names: readonly string[], cursor: TextCursor, found: (index: number) => void): boolean {
  for (const [index, name] of names.entries()) {
    for (const wanted of [name, name.slice(0, 3)]) {
      const there = cursor.text.slice(cursor.at, cursor.at + wanted.length);
      if (there.toLowerCase() === wanted.toLowerCase()) {
        cursor.at += wanted.length;
        found(index);
        return true;
      }
    }
  }
  return false;
}

function resolve(fields: Fields): number {
  const days =
    fields.dayOfYear === undefined
      ? daysFromCivil(fields.year, fields.month - 1, 1) + fields.day - 1
      : daysFromCivil(fields.year, 0, 1) + fields.dayOfYear - 1;
  const hour = fields.halfHour === undefined ? fields.hour : fields.halfHour + (fields.isAfternoon ? 12 : 0);
  return days * dayMs + hour * 3_600_000 + fields.minute * 60_000 + fields.second * 1000 + fields.millis;
}
