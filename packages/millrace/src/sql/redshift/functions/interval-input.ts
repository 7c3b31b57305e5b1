import { SqlError } from "../../sql-error.ts";
import type { SqlType } from "../types.ts";

export interface IntervalValue {
  readonly months: number;
  readonly days: number;
  readonly microseconds: number;
}

type Field = "months" | "days" | "microseconds";

const hour = 3_600_000_000;
/** What a unit is worth, by the shortest names that PostgreSQL takes. */
const units: readonly (readonly [RegExp, Field, number])[] = Object.freeze([
  [/^(?:y|yr|yrs|years?)$/, "months", 12],
  [/^(?:mon|mons|months?)$/, "months", 1],
  [/^(?:qtr|qtrs|quarters?)$/, "months", 3],
  [/^(?:dec|decs|decades?)$/, "months", 120],
  [/^(?:c|cent|centur(?:y|ies))$/, "months", 1200],
  [/^(?:mil|mils|millenni(?:um|ums|a))$/, "months", 12_000],
  [/^(?:w|weeks?)$/, "days", 7],
  [/^(?:d|days?)$/, "days", 1],
  [/^(?:h|hr|hrs|hours?)$/, "microseconds", hour],
  [/^(?:m|min|mins|minutes?)$/, "microseconds", 60_000_000],
  [/^(?:s|sec|secs|seconds?)$/, "microseconds", 1_000_000],
  [/^(?:ms|msec|msecs|millisec(?:ond)?s?)$/, "microseconds", 1000],
  [/^(?:us|usec|usecs|microsec(?:ond)?s?)$/, "microseconds", 1],
] as const);

const tokenPattern =
  /\s*(?:([+-]?\d+)-(\d+)(?![\d:])|([+-]?)(\d+):(\d+)(?::(\d+(?:\.\d*)?))?|([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z]+)?|(ago))\s*,?/iy;

/**
 * Reads an interval: `1 year 2 months`, `3 days 04:05:06`, `1-2`, `5 04:05`, `2 weeks ago`. A number without a unit
 * counts in `unit`: the last field of the literal's qualifier, else seconds.
 * @throws SqlError 22007
 */
export function parseInterval(text: string, unit = "second"): IntervalValue {
  const total = { months: 0, days: 0, microseconds: 0 };
  const trimmed = text.trim().replace(/^@\s*/, "");
  tokenPattern.lastIndex = 0;
  let sign = 1;
  if (trimmed === "") throw notAnInterval(text);
  while (tokenPattern.lastIndex < trimmed.length) {
    const token = tokenPattern.exec(trimmed);
    if (token === null) throw notAnInterval(text);
    if (token[9] !== undefined) sign = -1;
    else if (!addToken(total, token, unitOf(token, trimmed, tokenPattern.lastIndex, unit)))
      throw notAnInterval(text);
  }
  return {
    months: total.months * sign + 0,
    days: total.days * sign + 0,
    microseconds: total.microseconds * sign + 0,
  };
}

/** In `5 04:05`, the number before a time counts days. */
function unitOf(token: RegExpExecArray, text: string, end: number, unit: string): string {
  if (token[8] !== undefined) return token[8].toLowerCase();
  return /^[+-]?\d+:/.test(text.slice(end)) ? "day" : unit;
}

function addToken(total: Record<Field, number>, token: RegExpExecArray, unit: string): boolean {
  if (token[1] !== undefined) {
    const years = Number(token[1]);
    total.months += years * 12 + (token[1].startsWith("-") ? -1 : 1) * Number(token[2]);
    return true;
  }
  if (token[4] !== undefined) {
    const size =
      Number(token[4]) * hour + Number(token[5]) * 60_000_000 + Math.round(Number(token[6] ?? 0) * 1_000_000);
    total.microseconds += token[3] === "-" ? -size : size;
    return true;
  }
  return addAmount(total, Number(token[7]), unit);
}

/** A fraction goes to the next smaller field: half a month is 15 days. */
function addAmount(total: Record<Field, number>, amount: number, name: string): boolean {
  const unit = units.find(([pattern]) => pattern.test(name));
  if (unit === undefined) return false;
  const [, field, factor] = unit;
  const size = amount * factor;
  if (field === "microseconds") total.microseconds += Math.round(size);
  else {
    const whole = Math.trunc(size);
    total[field] += whole;
    const rest = Math.round((size - whole) * 1e9) / 1e9;
    if (rest !== 0)
      addAmount(total, field === "months" ? rest * 30 : rest * 24, field === "months" ? "day" : "hour");
  }
  return true;
}

function notAnInterval(text: string): SqlError {
  return new SqlError("22007", `invalid input syntax for type interval: "${text}"`);
}

export function intervalSql({ months, days, microseconds }: IntervalValue): string {
  return `INTERVAL '${months} months ${days} days ${microseconds} microseconds'`;
}

const fieldSizes: readonly (readonly [string, number])[] = Object.freeze([
  ["day", 24 * hour],
  ["hour", hour],
  ["minute", 60_000_000],
  ["second", 1],
] as const);

/**
 * A literal `interval '...' [fields]`, as engine SQL and its type: `fields` are the parser's, `["year", "month"]`.
 * What is smaller than the last field is cut.
 */
export function printInterval(
  text: string,
  fields: readonly string[],
): { readonly sql: string; readonly type: SqlType } {
  const last = fields.at(-1);
  const value = parseInterval(text, last ?? "second");
  if (last === undefined) return { sql: `(${intervalSql(value)})`, type: { name: "interval" } };
  if (last === "year" || last === "month") {
    const months = last === "year" ? Math.trunc(value.months / 12) * 12 : value.months;
    return {
      sql: `(${intervalSql({ months, days: 0, microseconds: 0 })})`,
      type: { name: "interval year to month" },
    };
  }
  const size = fieldSizes.find(([name]) => name === last)?.[1] ?? 1;
  const total = (value.days + value.months * 30) * 24 * hour + value.microseconds;
  const cut = Math.trunc(total / size) * size;
  const days = Math.trunc(cut / (24 * hour));
  return {
    sql: `(${intervalSql({ months: 0, days, microseconds: cut - days * 24 * hour })})`,
    type: { name: "interval day to second" },
  };
}
