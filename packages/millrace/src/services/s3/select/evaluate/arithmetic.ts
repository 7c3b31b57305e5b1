import { selectError } from "../select-error.ts";
import type { Arithmetic } from "../sql/expression.ts";
import { Decimal } from "../value/decimal.ts";
import { Float } from "../value/float.ts";
import { integer } from "../value/integer.ts";
import { isNumeric, parseNumber, toDecimal, toDouble, toInteger } from "../value/number-text.ts";
import type { NumericValue, Value } from "../value/value.ts";
import { isAbsent } from "./comparison.ts";

/** NULL and MISSING make the result what they are. Integers stay integers, also when they are divided. */
export function calculate(operator: Arithmetic, left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const quick = quickly(operator, left, right);
    if (quick !== undefined) return quick;
  }
  if (left === undefined || right === undefined) return undefined;
  if (left === null || right === null) return null;
  const [a, b] = [numberOf(left), numberOf(right)];
  if ((operator === "/" || operator === "%") && toDouble(b) === 0)
    throw selectError("IllegalSqlFunctionArgument", "Division by zero");
  if (a instanceof Float || b instanceof Float) return new Float(double(operator, toDouble(a), toDouble(b)));
  const [whole, other] = [toInteger(a), toInteger(b)];
  if (whole !== undefined && other !== undefined) return integer(whole64(operator, whole, other));
  return exact(operator, toDecimal(a), toDecimal(b));
}

/** Small integers, which are most of what is calculated. */
function quickly(operator: Arithmetic, left: number, right: number): number | undefined {
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right)) return undefined;
  const result =
    operator === "+"
      ? left + right
      : operator === "-"
        ? left - right
        : operator === "*"
          ? left * right
          : undefined;
  return result !== undefined && Number.isSafeInteger(result) ? result + 0 : undefined;
}

function double(operator: Arithmetic, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
  }
}

function whole64(operator: Arithmetic, a: bigint, b: bigint): bigint {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
  }
}

function exact(operator: Arithmetic, a: Decimal, b: Decimal): Decimal {
  switch (operator) {
    case "+":
      return a.plus(b);
    case "-":
      return a.minus(b);
    case "*":
      return a.times(b);
    case "/":
      return a.dividedBy(b);
    case "%":
      return a.remainder(b);
  }
}

export function negated(value: Value): Value {
  if (isAbsent(value)) return value;
  const number = numberOf(value);
  if (number instanceof Float) return new Float(-number.value);
  if (number instanceof Decimal) return number.negated();
  return typeof number === "bigint" ? integer(-number) : 0 - number;
}

/** A text that reads as a number is one. */
export function numberOf(value: Value): NumericValue {
  const number = typeof value === "string" ? parseNumber(value) : value;
  if (isNumeric(number)) return number;
  throw selectError("InvalidDataType", "A number is needed here: use CAST");
}
