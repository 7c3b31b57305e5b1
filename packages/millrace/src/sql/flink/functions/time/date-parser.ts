import { daysFromCivil, daysInMonth } from "./calendar.ts";
import { DateFields, readNumber, readOffset, type TextCursor } from "./date-fields.ts";
import { dayNames, monthNames, type PatternItem, parseDatePattern } from "./date-pattern.ts";

const dayMs = 86_400_000;

/** Reads local times by java.time's rules: milliseconds since 1970 of the clock on the wall; undefined: no match. */
export type ModernParser = (text: string) => number | undefined;

/** @throws SqlError for what is no pattern, or has letters that are not there */
export function modernParser(pattern: string): ModernParser {
  const items = parseDatePattern(pattern, "modern", "parse");
  return (text) => {
    const fields = new DateFields();
    const cursor: TextCursor = { text, at: 0 };
    if (!readItems(items, cursor, fields) || cursor.at !== text.length) return undefined;
    return resolve(fields);
  };
}

function readItems(items: readonly PatternItem[], cursor: TextCursor, fields: DateFields): boolean {
  for (const [index, item] of items.entries()) {
    if (item.kind === "literal") {
      if (!cursor.text.startsWith(item.text, cursor.at)) return false;
      cursor.at += item.text.length;
    } else if (item.kind === "optional") {
      const { at } = cursor;
      const kept = fields.copy();
      if (!readItems(item.items, cursor, fields)) {
        cursor.at = at;
        fields.take(kept);
      }
    } else if (!readField(item.letter, item.count, reserved(items, index), cursor, fields)) {
      return false;
    }
  }
  return true;
}

/** Digits of the fields of fixed width that follow without anything between: `yyyyMMdd`. */
function reserved(items: readonly PatternItem[], index: number): number {
  let digits = 0;
  for (let next = index + 1; next < items.length; next += 1) {
    const item = items[next];
    if (item?.kind !== "field" || !isFixed(item.letter, item.count)) break;
    digits += item.count;
  }
  return digits;
}

function isFixed(letter: string, count: number): boolean {
  return letter === "S" || (count === 2 && "yuMLdHkKhms".includes(letter));
}

function readField(
  letter: string,
  count: number,
  after: number,
  cursor: TextCursor,
  fields: DateFields,
): boolean {
  switch (letter) {
    case "y":
    case "u":
      return readYear(count, after, cursor, fields);
    case "M":
    case "L":
      if (count > 2) return readName(monthNames, count, cursor, (index) => fields.set("month", index + 1));
      return readPart("month", count, after, cursor, fields);
    case "E":
      return readName(dayNames, count, cursor, () => true);
    case "a":
      return readName(["AM", "PM"], 4, cursor, (index) => fields.set("half", index));
    case "G":
      return readName(["BC", "AD"], 4, cursor, () => true);
    case "S":
      return readFraction(count, cursor, fields);
    case "X":
    case "x":
    case "Z":
    case "z":
    case "V":
      return readOffset(cursor) !== undefined;
    default:
      return readPart(partNames[letter] ?? "nano", count, after, cursor, fields);
  }
}

const partNames: Readonly<
  Record<string, "day" | "hour" | "clockHour" | "halfHour" | "clockHalfHour" | "minute" | "second">
> = Object.freeze({
  d: "day",
  H: "hour",
  k: "clockHour",
  K: "halfHour",
  h: "clockHalfHour",
  m: "minute",
  s: "second",
});

/** One letter: any number of digits; two: exactly two. */
function readPart(
  name: Parameters<DateFields["set"]>[0],
  count: number,
  after: number,
  cursor: TextCursor,
  fields: DateFields,
): boolean {
  const most = count === 1 ? 10 : count;
  const value = readNumber(cursor, count === 1 ? 1 : count, most, after);
  return value !== undefined && fields.set(name, value);
}

function readYear(count: number, after: number, cursor: TextCursor, fields: DateFields): boolean {
  if (count === 2) {
    const value = readNumber(cursor, 2, 2, after);
    return value !== undefined && fields.set("year", 2000 + value);
  }
  const { at } = cursor;
  const sign = cursor.text.charAt(at);
  const isSigned = sign === "-" || sign === "+";
  if (isSigned) cursor.at += 1;
  const value = readNumber(cursor, count, 10, after);
  if (value === undefined) return false;
  // More digits than the pattern has need a plus sign, and the sign needs them.
  const digits = cursor.at - at - (isSigned ? 1 : 0);
  if (count >= 4 && sign !== "-" && digits > count !== isSigned) return false;
  return fields.set("year", sign === "-" ? -value : value);
}

function readFraction(count: number, cursor: TextCursor, fields: DateFields): boolean {
  const text = cursor.text.slice(cursor.at, cursor.at + count);
  if (!/^\d+$/.test(text) || text.length !== count || count > 9) return false;
  cursor.at += count;
  return fields.set("nano", Number(text.padEnd(9, "0")));
}

/** Full names for patterns of four letters, else the first three letters. */
function readName(
  names: readonly string[],
  count: number,
  cursor: TextCursor,
  take: (index: number) => boolean,
): boolean {
  for (const [index, name] of names.entries()) {
    const wanted = count === 4 ? name : name.slice(0, 3);
    if (cursor.text.startsWith(wanted, cursor.at)) {
      cursor.at += wanted.length;
      return take(index);
    }
  }
  return false;
}

/** What is missing is 1970-01-01 00:00:00. The 29th to 31st of a shorter month is its last day. */
function resolve(fields: DateFields): number | undefined {
  const { year = 1970, month = 1, day = 1, minute = 0, second = 0, nano = 0 } = fields.values;
  const hour = fields.hour();
  if (hour === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (minute > 59 || second > 59 || hour > 24) return undefined;
  // Hour 24 is the end of the day.
  if (hour === 24 && (minute > 0 || second > 0 || nano > 0)) return undefined;
  const days = daysFromCivil(year, month - 1, Math.min(day, daysInMonth(year, month)));
  return days * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + Math.floor(nano / 1_000_000);
}
