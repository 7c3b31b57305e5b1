import {
  decimalOf,
  decimalResult,
  isApproximate,
  isInterval,
  isNumeric,
  isTimestamp,
  isWhole,
  leastCommonType,
} from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import { bigintType, builtin } from "./function-definition.ts";
import type { ScalarCode, ScalarFunction, ScalarSignature } from "./scalar-function.ts";
import { addMonths, addMonthsToDate } from "./time/calendar.ts";

type Operator = "+" | "-" | "*" | "/" | "%";

const dayMs = 86_400_000;

/** `+ - * / %` and the minus sign of numbers, points in time and intervals. */
export const arithmeticOperators: readonly ScalarFunction[] = Object.freeze([
  operator("+"),
  operator("-"),
  operator("*"),
  operator("/"),
  operator("%"),
  { ...operator("%"), name: "mod" },
  { name: "negate", resolve: ([type]: readonly FlinkType[]) => negate(type) },
]);

function operator(name: Operator): ScalarFunction {
  return {
    name,
    resolve(types, literals) {
      const [left, right, more] = types;
      if (left === undefined || right === undefined || more !== undefined) return undefined;
      return numbers(name, left, right) ?? times(name, left, right, literals);
    },
  };
}

function negate(type: FlinkType | undefined): ScalarSignature | undefined {
  if (type === undefined) return undefined;
  if (isNumeric(type) || isInterval(type)) return { arguments: [type], result: type, code: builtin };
  return undefined;
}

function numbers(name: Operator, left: FlinkType, right: FlinkType): ScalarSignature | undefined {
  const a = left.kind === "null" ? right : left;
  const b = right.kind === "null" ? left : right;
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  const [first, second] = [
    { ...a, nullable: left.nullable },
    { ...b, nullable: right.nullable },
  ];
  const nullable = left.nullable || right.nullable;
  const common = leastCommonType([first, second]);
  if (common === undefined) return undefined;
  const cast = [
    { ...common, nullable: left.nullable },
    { ...common, nullable: right.nullable },
  ];
  if (isApproximate(common)) return { arguments: cast, result: common, code: builtin };
  if (isWhole(common)) {
    // The remainder is as the divisor is: BIGINT % INT is INT.
    const result = name === "%" ? { ...second, nullable } : common;
    return { arguments: cast, result, code: builtin };
  }
  const [x, y] = [decimalOf(first), decimalOf(second)];
  if (x === undefined || y === undefined) return undefined;
  return { arguments: [x, y], result: { ...decimalResult(name, x, y), nullable }, code: builtin };
}

/** Intervals with intervals and factors, points in time with intervals. */
function times(
  name: Operator,
  left: FlinkType,
  right: FlinkType,
  literals: readonly unknown[],
): ScalarSignature | undefined {
  const nullable = left.nullable || right.nullable;
  if (name === "*") return product(left, right, nullable);
  if (name !== "+" && name !== "-") return undefined;
  if (isInterval(left) && left.kind === right.kind) {
    return { arguments: [left, right], result: { ...left, nullable }, code: sum(name, left) };
  }
  if (isInterval(right)) return shifted(name, left, right, literals[1], false);
  if (isInterval(left) && name === "+") return shifted(name, right, left, literals[0], true);
  return undefined;
}

function product(left: FlinkType, right: FlinkType, nullable: boolean): ScalarSignature | undefined {
  const interval = isInterval(left) ? left : right;
  const factor = isInterval(left) ? right : left;
  if (!isInterval(interval) || !isWhole(factor)) return undefined;
  const wide = (type: FlinkType): FlinkType =>
    type === factor ? { ...bigintType, nullable: type.nullable } : type;
  const narrow = interval.kind === "interval_months" ? " | 0" : "";
  return {
    arguments: [wide(left), wide(right)],
    result: { ...interval, nullable },
    code: { kind: "inline", text: ([a, b]) => `(Number(${a}) * Number(${b})${narrow})` },
  };
}

function sum(name: "+" | "-", type: FlinkType): ScalarCode {
  const narrow = type.kind === "interval_months" ? " | 0" : "";
  return { kind: "inline", text: ([a, b]) => `(${a} ${name} ${b}${narrow})` };
}

/** A point in time and an interval; `isSwapped`: the interval is written first. */
function shifted(
  name: "+" | "-",
  point: FlinkType,
  interval: FlinkType,
  literal: unknown,
  isSwapped: boolean,
): ScalarSignature | undefined {
  const nullable = point.nullable || interval.nullable;
  const result = shiftedType(point, interval, literal);
  if (result === undefined) return undefined;
  return {
    arguments: isSwapped ? [interval, point] : [point, interval],
    result: { ...result, nullable },
    code: shiftCode(name, point, interval, result, isSwapped),
  };
}

function shiftedType(point: FlinkType, interval: FlinkType, literal: unknown): FlinkType | undefined {
  if (point.kind === "time") return interval.kind === "interval_millis" ? point : undefined;
  if (isTimestamp(point)) return point;
  if (point.kind !== "date") return undefined;
  // A part of a day makes a TIMESTAMP of a DATE.
  const isPart = interval.kind === "interval_millis" && typeof literal === "number" && literal % dayMs !== 0;
  return isPart ? { kind: "timestamp", precision: 6, nullable: false } : point;
}

function shiftCode(
  name: "+" | "-",
  point: FlinkType,
  interval: FlinkType,
  result: FlinkType,
  isSwapped: boolean,
): ScalarCode {
  const sign = name === "+" ? 1 : -1;
  if (interval.kind === "interval_months") {
    const add = point.kind === "date" ? addMonthsToDate : addMonths;
    const call = (value: number, months: number): number => add(value, sign * months);
    return {
      kind: "strict",
      call: isSwapped ? (months: number, value: number) => call(value, months) : call,
    };
  }
  return {
    kind: "inline",
    text(args) {
      const [a, b] = isSwapped ? [args[1], args[0]] : args;
      if (point.kind === "date") {
        return result.kind === "date"
          ? `(${a} ${name} Math.trunc(${b} / ${dayMs}) | 0)`
          : `(${a} * ${dayMs} ${name} ${b})`;
      }
      if (point.kind === "time") return `(((${a} ${name} ${b}) % ${dayMs} + ${dayMs}) % ${dayMs})`;
      // Microseconds are no exact fractions of a double: the nearest one again, so that equal times are equal.
      const isFine = "precision" in point && point.precision > 3;
      return isFine ? `(Math.round((${a} ${name} ${b}) * 1000) / 1000)` : `(${a} ${name} ${b})`;
    },
  };
}
