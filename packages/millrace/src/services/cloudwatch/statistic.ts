import { invalidValue, notImplemented } from "./errors.ts";
import { percentile, type Summary } from "./summary.ts";

/** One number out of a summary; undefined where it cannot be told. */
export interface Statistic {
  readonly name: string;
  readonly needsValues: boolean;
  of(summary: Summary): number | undefined;
}

const plain: Readonly<Record<string, (summary: Summary) => number>> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

/** Statistics that CloudWatch has and Millrace has not: trimmed and winsorized ones, and counts and ranks. */
const others = /^(?:(?:tm|tc|ts|wm)\d|(?:TM|TC|TS|WM|PR)\(|IQM$|[ou]\d)/;

/** A statistic by its name: `Average`, `p99.9`. `parameter` names the input in errors. */
export function statisticOf(name: string, parameter: string): Statistic {
  const simple = Object.hasOwn(plain, name) ? plain[name] : undefined;
  if (simple !== undefined) return { name, needsValues: false, of: simple };
  const percent = Number(/^p(\d{1,3}(?:\.\d{0,10})?)$/.exec(name)?.[1] ?? Number.NaN);
  if (percent >= 0 && percent <= 100)
    return { name, needsValues: true, of: (summary) => percentile(summary, percent) };
  if (others.test(name)) throw notImplemented(`The statistic ${name}`);
  throw invalidValue(`The value ${name} for parameter ${parameter} is not supported.`);
}
