import { SqlError } from "../../../sql-error.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";
import { scaleOf, unscaled } from "./super-compare.ts";

const maxDigits = 38;

/** A whole number with the last `scale` digits behind the point. @throws SqlError 22003 beyond 38 digits */
export function decimalText(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value);
  if (digits.length > maxDigits) throw new SqlError("22003", "Numeric data overflow (result precision)");
  const padded = digits.padStart(scale + 1, "0");
  const text = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  return value < 0n ? `-${text}` : text;
}

/** The quotient of two decimals, cut at the scale. @throws SqlError 22012, 22003 */
export function divideDecimals(a: string, b: string, scale: number): string {
  const [s1, s2] = [scaleOf(a), scaleOf(b)];
  const divisor = unscaled(b, s2) * 10n ** BigInt(s1);
  if (divisor === 0n) throw new SqlError("22012", "division by zero");
  return decimalText((unscaled(a, s1) * 10n ** BigInt(scale + s2)) / divisor, scale);
}

/** The product of two decimals, rounded at the scale. */
function multiplyDecimals(a: string, b: string, scale: number): string {
  const [s1, s2] = [scaleOf(a), scaleOf(b)];
  const product = unscaled(a, s1) * unscaled(b, s2);
  const extra = s1 + s2 - scale;
  if (extra <= 0) return decimalText(product * 10n ** BigInt(-extra), scale);
  const unit = 10n ** BigInt(extra);
  const half = product < 0n ? -unit / 2n : unit / 2n;
  return decimalText((product + half) / unit, scale);
}

/** Arithmetic of decimals whose steps would need more digits than the engine has. */
export const decimalFunctions: readonly EngineFunction[] = Object.freeze([
  engineFunction("decimal_divide", ["VARCHAR", "VARCHAR", "INTEGER"], "VARCHAR", divideDecimals),
  engineFunction("decimal_multiply", ["VARCHAR", "VARCHAR", "INTEGER"], "VARCHAR", multiplyDecimals),
]);
