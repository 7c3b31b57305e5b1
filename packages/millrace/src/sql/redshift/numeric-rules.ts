import type { SqlType } from "./types.ts";

/** Digits of the widest numeric. */
const maxPrecision = 38;

const wholeDigits: Readonly<Partial<Record<SqlType["name"], number>>> = Object.freeze({
  smallint: 5,
  integer: 10,
  bigint: 19,
  oid: 10,
});

/** Precision and scale of a type that counts as numeric in computations: an integer is a numeric of 5, 10 or 19 digits. */
export function precisionOf(type: SqlType): { readonly precision: number; readonly scale: number } {
  const whole = wholeDigits[type.name];
  if (whole !== undefined) return { precision: whole, scale: 0 };
  return { precision: type.precision ?? 18, scale: type.scale ?? 0 };
}

export function numeric(precision: number, scale: number): SqlType {
  return { name: "numeric", precision, scale };
}

/**
 * The numeric type of a computation, by AWS's page "Computations with numeric values". Where more than 38 digits
 * would be needed, the scale shrinks to make room for whole digits, to 4 at the least.
 */
export function computedNumeric(
  operator: "+" | "-" | "*" | "/" | "%",
  left: SqlType,
  right: SqlType,
): SqlType {
  const { precision: p1, scale: s1 } = precisionOf(left);
  const { precision: p2, scale: s2 } = precisionOf(right);
  if (operator === "*") return limited(p1 + p2 + 1, s1 + s2);
  if (operator === "/") {
    const scale = Math.max(4, s1 + p2 - s2 + 1);
    return limited(p1 - s1 + s2 + scale, scale);
  }
  const scale = Math.max(s1, s2);
  const whole = Math.max(p1 - s1, p2 - s2);
  if (operator === "%") return limited(whole + scale, scale);
  return limited(whole + 1 + scale, scale);
}

function limited(precision: number, scale: number): SqlType {
  if (precision <= maxPrecision) return numeric(precision, scale);
  return numeric(maxPrecision, Math.max(maxPrecision + scale - precision, Math.min(4, scale)));
}

/** The numeric type that UNION, CASE, COALESCE and comparisons give two numerics. */
export function commonNumeric(left: SqlType, right: SqlType): SqlType {
  const { precision: p1, scale: s1 } = precisionOf(left);
  const { precision: p2, scale: s2 } = precisionOf(right);
  const scale = Math.max(s1, s2);
  const precision = Math.max(p1 - s1, p2 - s2) + scale;
  return numeric(Math.min(precision, maxPrecision), scale);
}
