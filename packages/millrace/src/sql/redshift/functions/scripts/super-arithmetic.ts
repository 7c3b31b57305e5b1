import { SqlError } from "../../../sql-error.ts";
import { decimalText, divideDecimals } from "./decimal-functions.ts";
import { JsonNumber, type JsonValue } from "./json-value.ts";
import { floatText } from "./number-text.ts";
import { scaleOf, unscaled } from "./super-compare.ts";

/**
 * Arithmetic of SUPER: of numbers, and `+` of two strings; undefined (null) for all else. Decimals stay decimals.
 * @throws SqlError 22012, 22003
 */
export function superArithmetic(operator: string, left: JsonValue, right: JsonValue): JsonValue | undefined {
  if (operator === "+" && typeof left === "string" && typeof right === "string") return left + right;
  if (!(left instanceof JsonNumber && right instanceof JsonNumber)) return undefined;
  const [a, b] = [left.text, right.text];
  if ((operator === "/" || operator === "%") && Number(b) === 0)
    throw new SqlError("22012", "division by zero");
  if (/e/i.test(a) || /e/i.test(b))
    return new JsonNumber(floatText(floats(operator, Number(a), Number(b)), 15));
  return new JsonNumber(decimals(operator, a, b));
}

function floats(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return a % b;
  }
}

function decimals(operator: string, a: string, b: string): string {
  const [s1, s2] = [scaleOf(a), scaleOf(b)];
  if (operator === "*") return decimalText(unscaled(a, s1) * unscaled(b, s2), s1 + s2);
  if (operator === "/") {
    const scale = s1 === 0 && s2 === 0 ? 0 : Math.max(4, s1 + b.replace(/\D/g, "").length - s2 + 1);
    return divideDecimals(a, b, scale);
  }
  const scale = Math.max(s1, s2);
  const [left, right] = [unscaled(a, scale), unscaled(b, scale)];
  if (operator === "%") return decimalText(left % right, scale);
  return decimalText(operator === "+" ? left + right : left - right, scale);
}
