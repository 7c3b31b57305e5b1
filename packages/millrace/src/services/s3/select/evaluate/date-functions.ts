import { selectError } from "../select-error.ts";
import type { DatePart } from "../sql/expression.ts";
import { Decimal } from "../value/decimal.ts";
import { daysIn, type Precision, Timestamp, utcSeconds } from "../value/timestamp.ts";
import type { Value } from "../value/value.ts";

const precisions: readonly Precision[] = ["year", "month", "day", "minute", "second"];
const partSeconds = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;
/** More than the calendar has of anything. */
const maxQuantity = 1e12;

/** The result is at least as precise as the part that was added. */
export function dateAdd(part: DatePart, quantity: number, timestamp: Timestamp): Timestamp {
  if (!Number.isInteger(quantity) || Math.abs(quantity) > maxQuantity) throw outOfRange();
  const needed: Precision =
    part === "hour" || part === "timezone_hour" || part === "timezone_minute" ? "minute" : part;
  const precision =
    precisions.indexOf(needed) > precisions.indexOf(timestamp.precision) ? needed : timestamp.precision;
  const epochSeconds =
    part === "year" || part === "month"
      ? addMonths(timestamp, part === "year" ? quantity * 12 : quantity)
      : timestamp.epochSeconds + quantity * secondsOf(part);
  const result = new Timestamp({ ...timestamp, epochSeconds, precision });
  const { year } = result.fields();
  if (!(year >= 1 && year <= 9999)) throw outOfRange();
  return result;
}

/** In whole parts: two days are a day apart when 24 hours lie between them. */
export function dateDiff(part: DatePart, from: Timestamp, to: Timestamp): number {
  if (from.compare(to) > 0) return 0 - dateDiff(part, to, from);
  if (part !== "year" && part !== "month") {
    const borrowed = to.nanos < from.nanos ? 1 : 0;
    return Math.floor((to.epochSeconds - from.epochSeconds - borrowed) / secondsOf(part));
  }
  const [a, b] = [from.fields(), to.fields()];
  let months = (b.year - a.year) * 12 + b.month - a.month;
  if (months > 0 && new Timestamp({ ...from, epochSeconds: addMonths(from, months) }).compare(to) > 0)
    months--;
  return part === "year" ? Math.floor(months / 12) : months;
}

export function extract(part: DatePart, timestamp: Timestamp): Value {
  const fields = timestamp.fields();
  const offset = timestamp.offsetMinutes ?? 0;
  if (part === "timezone_hour") return Math.trunc(offset / 60) + 0;
  if (part === "timezone_minute") return (offset % 60) + 0;
  if (part === "second" && fields.nanos > 0)
    return Decimal.of(BigInt(fields.second) * 1_000_000_000n + BigInt(fields.nanos), 9).trimmed(0);
  return fields[part];
}

function secondsOf(part: DatePart): number {
  const seconds = Object.hasOwn(partSeconds, part)
    ? partSeconds[part as keyof typeof partSeconds]
    : undefined;
  if (seconds === undefined)
    throw selectError("IllegalSqlFunctionArgument", `${part} is not a part to count in`);
  return seconds;
}

/** A day that the new month does not have becomes its last one. */
function addMonths(timestamp: Timestamp, months: number): number {
  const { year, month, day, hour, minute, second } = timestamp.fields();
  const count = year * 12 + month - 1 + months;
  const newYear = Math.floor(count / 12);
  if (!(newYear >= 1 && newYear <= 9999)) throw outOfRange();
  const newMonth = count - newYear * 12 + 1;
  const newDay = Math.min(day, daysIn(newYear, newMonth));
  return utcSeconds(newYear, newMonth, newDay, hour, minute, second) - (timestamp.offsetMinutes ?? 0) * 60;
}

function outOfRange(): Error {
  return selectError("IllegalSqlFunctionArgument", "The result is not a timestamp");
}
