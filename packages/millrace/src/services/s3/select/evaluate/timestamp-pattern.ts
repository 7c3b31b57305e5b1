import { selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";
import { offsetText, type Timestamp, type TimestampFields } from "../value/timestamp.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

type Writer = (fields: TimestampFields, offsetMinutes: number) => string;

/** The symbols of TO_STRING. A run of `S` is as many digits of the second's fraction. */
const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ["yy", ({ year }) => pad(year % 100, 2)],
  ["y", ({ year }) => String(year)],
  ["yyyy", ({ year }) => pad(year, 4)],
  ["M", ({ month }) => String(month)],
  ["MM", ({ month }) => pad(month, 2)],
  ["MMM", ({ month }) => monthName(month).slice(0, 3)],
  ["MMMM", ({ month }) => monthName(month)],
  ["MMMMM", ({ month }) => monthName(month).slice(0, 1)],
  ["d", ({ day }) => String(day)],
  ["dd", ({ day }) => pad(day, 2)],
  ["a", ({ hour }) => (hour < 12 ? "AM" : "PM")],
  ["h", ({ hour }) => String(hour % 12 || 12)],
  ["hh", ({ hour }) => pad(hour % 12 || 12, 2)],
  ["H", ({ hour }) => String(hour)],
  ["HH", ({ hour }) => pad(hour, 2)],
  ["m", ({ minute }) => String(minute)],
  ["mm", ({ minute }) => pad(minute, 2)],
  ["s", ({ second }) => String(second)],
  ["ss", ({ second }) => pad(second, 2)],
  ["n", ({ nanos }) => String(nanos)],
  ["X", (_, offset) => (offset === 0 ? "Z" : hours(offset))],
  ["XX", (_, offset) => (offset === 0 ? "Z" : offsetText(offset, ""))],
  ["XXXX", (_, offset) => (offset === 0 ? "Z" : offsetText(offset, ""))],
  ["XXX", (_, offset) => (offset === 0 ? "Z" : offsetText(offset, ":"))],
  ["XXXXX", (_, offset) => (offset === 0 ? "Z" : offsetText(offset, ":"))],
  ["x", (_, offset) => hours(offset)],
  ["xx", (_, offset) => offsetText(offset, "")],
  ["xxxx", (_, offset) => offsetText(offset, "")],
  ["xxx", (_, offset) => offsetText(offset, ":")],
  ["xxxxx", (_, offset) => offsetText(offset, ":")],
]);
const maxFractionDigits = 9;

/** A pattern of TO_STRING: runs of a letter are symbols, text in single quotes is itself. */
export class TimestampPattern {
  readonly #parts: readonly (string | Writer)[];

  constructor(pattern: string) {
    if (pattern.length > selectLimits.timestampPatternCharacters)
      throw selectError("EvaluatorInvalidTimestampFormatPattern");
    this.#parts = partsOf(pattern);
  }

  format(timestamp: Timestamp): string {
    const fields = timestamp.fields();
    const offset = timestamp.offsetMinutes ?? 0;
    return this.#parts.map((part) => (typeof part === "string" ? part : part(fields, offset))).join("");
  }
}

/** part => letter+ | "'" ( [^'] | "''" )* "'" | any other character */
function partsOf(pattern: string): readonly (string | Writer)[] {
  const parts: (string | Writer)[] = [];
  const scanner = /([A-Za-z])\1*|'((?:[^']|'')*)'|([^A-Za-z'])/gy;
  let end = 0;
  for (let match = scanner.exec(pattern); match !== null; match = scanner.exec(pattern)) {
    end = scanner.lastIndex;
    const [text, letter, quoted, other] = match;
    if (letter !== undefined) parts.push(writerOf(text));
    // Two quotes side by side are one.
    else if (quoted !== undefined) parts.push(quoted === "" ? "'" : quoted.replaceAll("''", "'"));
    else parts.push(other ?? "");
  }
  if (end < pattern.length) throw selectError("EvaluatorUnterminatedTimestampFormatPatternToken");
  return parts;
}

function writerOf(symbol: string): Writer {
  if (symbol.startsWith("S") && symbol.length <= maxFractionDigits)
    return ({ nanos }) => pad(nanos, maxFractionDigits).slice(0, symbol.length);
  const writer = writers.get(symbol);
  if (writer === undefined)
    throw selectError("EvaluatorInvalidTimestampFormatPatternSymbol", `Found '${symbol}'`);
  return writer;
}

function hours(offsetMinutes: number): string {
  const text = offsetText(offsetMinutes, "");
  return text.endsWith("00") ? text.slice(0, 3) : text;
}

function monthName(month: number): string {
  return months[month - 1] ?? "";
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
