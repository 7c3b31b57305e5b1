import { isInterval, isTimestamp, leastCommonType } from "../../type-rules.ts";
import type { FlinkType, RowType } from "../../types.ts";
import { booleanType, type CallSite, define, intType, strict, stringType } from "../function-definition.ts";
import { text, whole } from "../parameters.ts";
import type { ScalarCode, ScalarFunction, ScalarSignature } from "../scalar-function.ts";
import { addMonths, addMonthsToDate, monthsBetween } from "./calendar.ts";
import { overLocalTime } from "./session-zone.ts";
import { dateFloor, dayMs, unitMonths, unitMs, unitName } from "./time-units.ts";

/** FLOOR and CEIL of a point in time: `floor`(t, 'DAY'). */
export const floorOfTime: ScalarFunction = roundedTime("floor");
export const ceilOfTime: ScalarFunction = roundedTime("ceil");

/** Arithmetic of points in time with units. */
export const pointFunctions: readonly ScalarFunction[] = Object.freeze([
  define({
    name: "timestampadd",
    parameters: [text, whole, point],
    result: ([, , type], [unit]) => addedType(type, unitName(unit)),
    code: addCode,
  }),
  { name: "timestampdiff", resolve: resolveDifference },
  { name: "overlaps", resolve: resolveOverlaps },
]);

function point(type: FlinkType): FlinkType | undefined {
  return type.kind === "date" || isTimestamp(type) ? type : undefined;
}

function roundedTime(name: "floor" | "ceil"): ScalarFunction {
  return define({
    name,
    parameters: [(type) => (type.kind === "time" ? type : point(type)), text],
    result: ([type], [, unit]) => (type === undefined || !isRounded(type, unitName(unit)) ? undefined : type),
    code: ({ types: [type], literals: [, unit] }) => roundCode(type, unitName(unit) ?? "", name === "ceil"),
  });
}

/** Units of the calendar do not round times of the day. */
function isRounded(type: FlinkType, unit: string | undefined): boolean {
  if (unit === undefined) return false;
  if (unitMs[unit] !== undefined && unit !== "WEEK") return true;
  return type.kind !== "time" && dateFloor(unit) !== undefined;
}

function roundCode(type: FlinkType | undefined, unit: string, isCeil: boolean): ScalarCode {
  const stepMs = unitMs[unit];
  const ofDate = dateFloor(unit);
  if (type?.kind === "date") {
    if (ofDate === undefined) return strict((days: number) => days);
    return strict((days: number) => dateRounded(days, unit, isCeil, ofDate));
  }
  if (stepMs !== undefined && unit !== "WEEK") {
    const round = isCeil ? Math.ceil : Math.floor;
    return overLocalTime(type, (ms: number) => round(ms / stepMs) * stepMs, true);
  }
  return overLocalTime(
    type,
    (ms: number) => {
      const days = Math.floor(ms / dayMs);
      const floor = (ofDate?.(days, false) ?? days) * dayMs;
      return isCeil && floor !== ms ? (ofDate?.(days, true) ?? days) * dayMs : floor;
    },
    true,
  );
}

/** Flink takes a DATE to the next day, decade, century or millennium even where it begins one. */
function dateRounded(
  days: number,
  unit: string,
  isCeil: boolean,
  floor: (days: number, isNext: boolean) => number,
): number {
  const first = floor(days, false);
  if (!isCeil) return first;
  const isAlwaysNext = ["DAY", "DECADE", "CENTURY", "MILLENNIUM"].includes(unit);
  return first === days && !isAlwaysNext ? days : floor(days, true);
}

/** A part of a day makes a TIMESTAMP of a DATE. */
function addedType(type: FlinkType | undefined, unit: string | undefined): FlinkType | undefined {
  if (type === undefined || unit === undefined) return undefined;
  const ms = unitMs[unit];
  if (ms === undefined && unitMonths[unit] === undefined && unit !== "MICROSECOND") return undefined;
  if (type.kind === "date") {
    const isPart = unit === "MICROSECOND" || (ms !== undefined && ms < dayMs);
    return isPart ? { kind: "timestamp", precision: 6, nullable: false } : type;
  }
  const precision = unit === "MICROSECOND" ? 6 : unit === "MILLISECOND" ? 3 : 0;
  return isTimestamp(type) ? { ...type, precision: Math.max(type.precision, precision) } : undefined;
}

function addCode({ types: [, , type], literals: [literal], result }: CallSite): ScalarCode {
  const unit = unitName(literal) ?? "";
  const months = unitMonths[unit];
  if (months !== undefined) {
    const add = type?.kind === "date" ? addMonthsToDate : addMonths;
    return strict((_unit: string, count: number | bigint, value: number) =>
      add(value, Number(count) * months),
    );
  }
  if (type?.kind === "date" && result.kind === "date") {
    const days = (unitMs[unit] ?? dayMs) / dayMs;
    return strict((_unit: string, count: number | bigint, value: number) => value + Number(count) * days);
  }
  const scale = type?.kind === "date" ? dayMs : 1;
  const micros = unit === "MICROSECOND" ? 1 : (unitMs[unit] ?? 1) * 1000;
  return strict(
    (_unit: string, count: number | bigint, value: number) =>
      Math.round(value * scale * 1000 + Number(count) * micros) / 1000,
  );
}

/** Whole units from the first to the second, cut towards zero. */
function resolveDifference(
  types: readonly FlinkType[],
  literals: readonly unknown[],
): ScalarSignature | undefined {
  const [, from, to, more] = types;
  const unit = unitName(literals[0]);
  if (from === undefined || to === undefined || more !== undefined || unit === undefined) return undefined;
  const common = leastCommonType([from, to]);
  const months = unitMonths[unit];
  const micros = unit === "MICROSECOND" ? 1 : (unitMs[unit] ?? 0) * 1000;
  if (common === undefined || point(common) === undefined || (months === undefined && micros === 0)) {
    return undefined;
  }
  const scale = common.kind === "date" ? dayMs : 1;
  const call =
    months === undefined
      ? (_unit: string, a: number, b: number): number =>
          Math.trunc(Math.round((b - a) * scale * 1000) / micros) | 0
      : (_unit: string, a: number, b: number): number =>
          Math.trunc(monthsBetween(a * scale, b * scale) / months) | 0;
  return {
    arguments: [
      types[0] ?? stringType,
      { ...common, nullable: from.nullable },
      { ...common, nullable: to.nullable },
    ],
    result: { ...intType, nullable: from.nullable || to.nullable },
    code: strict(call),
  };
}

/** `overlaps`(a, b, c, d), or as written, `overlaps`((a, b), (c, d)). */
function resolveOverlaps(types: readonly FlinkType[]): ScalarSignature | undefined {
  const [left, right, more] = types;
  if (left?.kind !== "row" || right?.kind !== "row" || more !== undefined) return resolvePeriods(types);
  const periods = [left, right].map(({ fields }) => fields.map((field) => field.type));
  const signature = resolvePeriods(periods.flat());
  if (signature === undefined || signature.code.kind !== "strict" || periods[0]?.length !== 2)
    return undefined;
  const { arguments: cast, result } = signature;
  const call = signature.code.call as (...parts: unknown[]) => unknown;
  const row = (type: RowType, from: number): RowType => ({
    ...type,
    fields: type.fields.map((field, index) => ({ ...field, type: cast[from + index] ?? field.type })),
  });
  return {
    arguments: [row(left, 0), row(right, 2)],
    result: { ...result, nullable: result.nullable || left.nullable || right.nullable },
    code: strict((a: readonly unknown[], b: readonly unknown[]) =>
      a.includes(null) || b.includes(null) ? null : call(...a, ...b),
    ),
  };
}

/** Two times, each with its end or its length; ends belong to them. */
function resolvePeriods(types: readonly FlinkType[]): ScalarSignature | undefined {
  const [start, end, otherStart, otherEnd, more] = types;
  if (start === undefined || end === undefined || otherStart === undefined || otherEnd === undefined) {
    return undefined;
  }
  const common = leastCommonType([start, otherStart]);
  if (more !== undefined || common === undefined || (common.kind !== "time" && point(common) === undefined)) {
    return undefined;
  }
  const ends = [end, otherEnd].map((type) => endType(type, common));
  if (ends.includes(undefined)) return undefined;
  const [first, second] = [endOf(end, common), endOf(otherEnd, common)];
  const cast = (type: FlinkType): FlinkType => ({
    ...(isInterval(type) ? type : common),
    nullable: type.nullable,
  });
  return {
    arguments: types.map(cast),
    result: { ...booleanType, nullable: types.some((type) => type.nullable) },
    code: strict((a: number, b: number, c: number, d: number) => {
      const [e, f] = [first(a, b), second(c, d)];
      return Math.max(a, e) >= Math.min(c, f) && Math.max(c, f) >= Math.min(a, e);
    }),
  };
}

function endType(type: FlinkType, common: FlinkType): FlinkType | undefined {
  if (isInterval(type)) return common.kind === "time" && type.kind === "interval_months" ? undefined : type;
  return leastCommonType([type, common])?.kind === common.kind ? common : undefined;
}

function endOf(type: FlinkType, common: FlinkType): (start: number, end: number) => number {
  if (type.kind === "interval_months") return common.kind === "date" ? addMonthsToDate : addMonths;
  if (type.kind !== "interval_millis") return (_start, end) => end;
  const scale = common.kind === "date" ? dayMs : 1;
  return (start, length) => start + length / scale;
}
