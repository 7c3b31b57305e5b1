import { selectError } from "../select-error.ts";
import type { DatePart, FunctionCall, FunctionName } from "../sql/expression.ts";
import { isNumeric, parseNumber, toInteger } from "../value/number-text.ts";
import { Timestamp } from "../value/timestamp.ts";
import type { Value } from "../value/value.ts";
import { cast } from "./cast.ts";
import { compareValues, isAbsent } from "./comparison.ts";
import { dateAdd, dateDiff, extract } from "./date-functions.ts";
import { TimestampPattern } from "./timestamp-pattern.ts";

/** A function of operands that are there: NULL and MISSING have been answered already. */
type Strict = (operands: readonly Value[], call: FunctionCall) => Value;

/** COALESCE, NULLIF and UTCNOW are compiled where expressions are, for they do not look at all operands. */
export type StrictFunction = Exclude<FunctionName, "coalesce" | "nullif" | "utcnow">;

export const strictFunctions: Readonly<Record<StrictFunction, Strict>> = Object.freeze({
  char_length: ([text]) => characterCount(string(text)),
  lower: ([text]) => string(text).toLowerCase(),
  upper: ([text]) => string(text).toUpperCase(),
  substring: ([text, start, length]) =>
    substring(string(text), whole(start), length === undefined ? undefined : whole(length)),
  trim: ([text, characters], { side = "both" }) =>
    trim(string(text), characters === undefined ? " " : string(characters), side),
  date_add: ([quantity, moment], { part = "day" }) => dateAdd(part, whole(quantity), timestamp(moment)),
  date_diff: ([from, to], { part = "day" }) => dateDiff(part, timestamp(from), timestamp(to)),
  extract: ([moment], { part = "year" as DatePart }) => extract(part, timestamp(moment)),
  to_string: ([moment, pattern]) => new TimestampPattern(string(pattern)).format(timestamp(moment)),
  to_timestamp: ([text]) => cast(string(text), "timestamp"),
});

export function nullIf(left: Value, right: Value): Value {
  return !isAbsent(left) && !isAbsent(right) && compareValues(left, right) === 0 ? null : left;
}

/** Characters, not UTF-16 units. */
function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Positions count from one; what lies before the text is cut off, not refused. */
function substring(text: string, start: number, length: number | undefined): string {
  if (length !== undefined && length < 0)
    throw selectError("IllegalSqlFunctionArgument", "The length of SUBSTRING is negative");
  const from = Math.max(0, start - 1);
  const to = length === undefined ? undefined : Math.max(from, start - 1 + length);
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(from, to).join("") : text.slice(from, to);
}

function trim(text: string, characters: string, side: "leading" | "trailing" | "both"): string {
  const cut = new Set(characters);
  const all = Array.from(text);
  let from = 0;
  let to = all.length;
  if (side !== "trailing") while (from < to && cut.has(all[from] ?? "")) from++;
  if (side !== "leading") while (to > from && cut.has(all[to - 1] ?? "")) to--;
  return all.slice(from, to).join("");
}

function string(value: Value): string {
  if (typeof value === "string") return value;
  throw selectError("IncorrectSqlFunctionArgumentType", "A string is needed");
}

function whole(value: Value): number {
  const number = typeof value === "string" ? parseNumber(value) : value;
  const integer = isNumeric(number) ? toInteger(number) : undefined;
  if (integer === undefined) throw selectError("IncorrectSqlFunctionArgumentType", "An integer is needed");
  return Number(integer);
}

function timestamp(value: Value): Timestamp {
  if (value instanceof Timestamp) return value;
  throw selectError("IncorrectSqlFunctionArgumentType", "A timestamp is needed: use CAST or TO_TIMESTAMP");
}
