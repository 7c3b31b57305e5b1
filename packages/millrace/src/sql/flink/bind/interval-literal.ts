import type { IntervalUnit, TimeUnit } from "../ast/data-type.ts";

type Field = "day" | "hour" | "minute" | "second";
const fieldsInOrder: readonly Field[] = ["day", "hour", "minute", "second"];

const unitMs: Readonly<Partial<Record<TimeUnit, number>>> = Object.freeze({
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
});

const unitMonths: Readonly<Partial<Record<TimeUnit, number>>> = Object.freeze({
  millennium: 12_000,
  century: 1_200,
  decade: 120,
  year: 12,
  quarter: 3,
  month: 1,
});

/** Milliseconds or months of one of the unit; undefined for what is no unit of intervals. */
export function unitSize(unit: TimeUnit): number | undefined {
  return unitMs[unit] ?? unitMonths[unit];
}

/**
 * The value of an interval's text, such as `1 10:30` of DAY TO MINUTE, in months or milliseconds; undefined when
 * the text does not fit the unit.
 */
export function intervalValue(text: string, unit: IntervalUnit): number | undefined {
  const trimmed = text.trim();
  const sign = trimmed.startsWith("-") ? -1 : 1;
  const digits = trimmed.replace(/^[+-]\s*/, "");
  const value =
    unit.to === undefined || unit.to === unit.from
      ? single(digits, unit.from)
      : unit.from === "year"
        ? yearsAndMonths(digits)
        : daysAndTimes(digits, unit.from, unit.to);
  return value === undefined || value === 0 ? value : sign * value;
}

function single(text: string, unit: TimeUnit): number | undefined {
  const size = unitSize(unit);
  if (size === undefined) return undefined;
  if (unit === "second") {
    const match = /^(\d{1,12})(?:\.(\d{1,6})\d{0,3})?$/.exec(text);
    if (match === null) return undefined;
    return Number(match[1]) * size + Number((match[2] ?? "").padEnd(6, "0")) / 1000;
  }
  return /^\d{1,10}$/.test(text) ? Number(text) * size : undefined;
}

function yearsAndMonths(text: string): number | undefined {
  const match = /^(\d{1,6})-(\d{1,2})$/.exec(text);
  const months = Number(match?.[2]);
  return match === null || months > 11 ? undefined : Number(match[1]) * 12 + months;
}

const limits = { hour: 23, minute: 59, second: 59 } as const;

function daysAndTimes(text: string, from: TimeUnit, to: TimeUnit): number | undefined {
  const first = fieldsInOrder.indexOf(from as Field);
  const last = fieldsInOrder.indexOf(to as Field);
  if (first < 0 || last <= first) return undefined;
  const [days, rest] = from === "day" ? splitOnce(text, " ") : [undefined, text];
  const parts = [...(days === undefined ? [] : [days]), ...rest.split(":")];
  if (parts.length !== last - first + 1) return undefined;
  let value = 0;
  for (const [index, part] of parts.entries()) {
    const unit = fieldsInOrder[first + index];
    const ms = unit === undefined ? undefined : single(part, unit);
    if (unit === undefined || ms === undefined) return undefined;
    if (index > 0 && unit !== "day" && Math.floor(ms / (unitMs[unit] ?? 1)) > limits[unit]) return undefined;
    value += ms;
  }
  return value;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1).trim()];
}
