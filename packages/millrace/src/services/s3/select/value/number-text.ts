import { Decimal } from "./decimal.ts";
import { Float } from "./float.ts";
import { parseInteger } from "./integer.ts";
import type { NumericValue, Value } from "./value.ts";

/** Digits of which a double loses none. */
const exactDigits = 15;
const plainNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** The number that a text of CSV stands for, exactly. Undefined when it stands for none. */
export function parseNumber(text: string): NumericValue | undefined {
  return parseInteger(text) ?? Decimal.parse(text);
}

/** The order of a text and a number, when the text reads as one. */
export function compareTextToNumber(text: string, other: NumericValue): number | undefined {
  if (text.length <= exactDigits && typeof other === "number") {
    return plainNumber.test(text) ? Number(text) - other : undefined;
  }
  const number = parseNumber(text);
  return number === undefined ? undefined : compareNumbers(number, other);
}

/** The order of two numbers by what they are worth, whatever their types. */
export function compareNumbers(left: NumericValue, right: NumericValue): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (left instanceof Float || right instanceof Float) {
    const [a, b] = [toDouble(left), toDouble(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return toDecimal(left).compare(toDecimal(right));
}

export function isNumeric(value: Value): value is NumericValue {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    value instanceof Decimal ||
    value instanceof Float
  );
}

export function toDouble(value: NumericValue): number {
  if (value instanceof Float) return value.value;
  return value instanceof Decimal ? value.approximate : Number(value);
}

/** Of a double the shortest decimal that reads back as the same one. */
export function toDecimal(value: NumericValue): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value === "bigint") return Decimal.of(value, 0);
  const number = value instanceof Float ? value.value : value;
  return Decimal.parse(String(number)) ?? Decimal.of(0n, 0);
}

/** The integer that a value is, or undefined. */
export function toInteger(value: NumericValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : undefined;
}
