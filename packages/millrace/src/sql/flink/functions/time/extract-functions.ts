import { isTimestamp } from "../../type-rules.ts";
import type { FlinkType } from "../../types.ts";
import { bigintType, type CallSite, define, inline, type Parameter, strict } from "../function-definition.ts";
import { text } from "../parameters.ts";
import type { ScalarCode, ScalarFunction } from "../scalar-function.ts";
import { overLocalTime } from "./session-zone.ts";
import { datePart, dayMs, unitName } from "./time-units.ts";

/** Functions named after the part that they give. */
const named: Readonly<Record<string, string>> = Object.freeze({
  year: "YEAR",
  quarter: "QUARTER",
  month: "MONTH",
  week: "WEEK",
  dayofyear: "DOY",
  dayofmonth: "DAY",
  dayofweek: "DOW",
  hour: "HOUR",
  minute: "MINUTE",
  second: "SECOND",
});

/** A part of the day: which of its values it is, and of how many microseconds. */
const dayParts: Readonly<Record<string, readonly [divisor: number, modulus: number]>> = Object.freeze({
  HOUR: [3_600_000, 24],
  MINUTE: [60_000, 60],
  SECOND: [1000, 60],
  MILLISECOND: [1, 1000],
});

/** EXTRACT and its shorthands: BIGINTs. */
export const extractFunctions: readonly ScalarFunction[] = Object.freeze([
  define({
    name: "extract",
    parameters: [text, temporal],
    result: ([, type], [unit]) => extracted(type, unitName(unit)),
    code: (site) => extractCode(site.types[1], unitName(site.literals[0]), 1),
  }),
  ...Object.entries(named).map(([name, unit]) =>
    define({
      name,
      parameters: [temporal],
      result: ([type]) => extracted(type, unit),
      code: ({ types }: CallSite) => extractCode(types[0], unit, 0),
    }),
  ),
]);

/** Points in time and intervals; a NULL literal is a TIMESTAMP. */
function temporal(type: FlinkType): ReturnType<Parameter> {
  if (type.kind === "null") return { kind: "timestamp", precision: 3, nullable: true };
  return isTimestamp(type) || "date time interval_millis interval_months".split(" ").includes(type.kind)
    ? type
    : undefined;
}

function extracted(type: FlinkType | undefined, unit: string | undefined): FlinkType | undefined {
  if (type === undefined || unit === undefined) return undefined;
  return partOf(type, unit) === undefined ? undefined : bigintType;
}

/** @param skipped arguments before the time */
function extractCode(type: FlinkType | undefined, unit: string | undefined, skipped: number): ScalarCode {
  const part = type === undefined || unit === undefined ? undefined : partOf(type, unit);
  if (type === undefined || unit === undefined || part === undefined) return strict(() => null);
  const parts = dayParts[unit];
  if (parts !== undefined && (type.kind === "timestamp" || type.kind === "time")) {
    const [divisor, modulus] = parts;
    return inline((args) => {
      const whole = `Math.floor(${args[skipped]} / ${divisor})`;
      return `((${whole} % ${modulus} + ${modulus}) % ${modulus})`;
    });
  }
  if (skipped === 0) return overLocalTime(type, part);
  if (type.kind !== "timestamp_ltz") return strict((_unit: string, value: number) => part(value));
  const code = overLocalTime(type, part);
  if (code.kind !== "context") return code;
  return { kind: "context", call: (context, _unit: never, value: never) => code.call(context, value) };
}

/** How a part is found in a value of the type, of a local time; undefined where there is no such part. */
function partOf(type: FlinkType, unit: string): ((value: number) => number) | undefined {
  if (type.kind === "interval_months") return monthsPart(unit);
  if (type.kind === "interval_millis") return millisPart(unit);
  if (type.kind === "time") return timePart(unit);
  const ofDate = datePart(unit);
  if (type.kind === "date") return unit === "EPOCH" ? (days) => days * 86_400 : ofDate;
  if (ofDate !== undefined) return (ms) => ofDate(Math.floor(ms / dayMs));
  return unit === "EPOCH" ? (ms) => Math.floor(ms / 1000) : timePart(unit);
}

function timePart(unit: string): ((ms: number) => number) | undefined {
  const parts = dayParts[unit];
  if (parts !== undefined) {
    const [divisor, modulus] = parts;
    return (ms) => ((Math.floor(ms / divisor) % modulus) + modulus) % modulus;
  }
  if (unit !== "MICROSECOND" && unit !== "NANOSECOND") return undefined;
  const factor = unit === "MICROSECOND" ? 1 : 1000;
  return (ms) => {
    const seconds = Math.floor(ms / 1000);
    return Math.round((ms - seconds * 1000) * 1000) * factor;
  };
}

function monthsPart(unit: string): ((months: number) => number) | undefined {
  if (unit === "YEAR") return (months) => Math.trunc(months / 12);
  if (unit === "MONTH") return (months) => months % 12;
  return unit === "QUARTER" ? (months) => Math.trunc((months % 12) / 3) + 1 : undefined;
}

function millisPart(unit: string): ((ms: number) => number) | undefined {
  if (unit === "DAY") return (ms) => Math.trunc(ms / dayMs);
  if (unit === "EPOCH") return (ms) => Math.trunc(ms / 1000);
  const parts = dayParts[unit];
  return parts === undefined ? undefined : (ms) => Math.trunc(ms / parts[0]) % parts[1];
}
