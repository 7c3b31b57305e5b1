import type { DecimalType, FlinkType } from "../types.ts";

/** Rounding of unscaled DECIMAL values and of doubles by their shortest decimal text, as Java's BigDecimal rounds. */

export type RoundingMode = "half-up" | "down" | "floor" | "ceil";

/** The unscaled value divided by a power of ten. */
export function dropDigits(unscaled: bigint, digits: number, mode: RoundingMode): bigint {
  if (digits <= 0) return unscaled * 10n ** BigInt(-digits);
  const divisor = 10n ** BigInt(digits);
  const quotient = unscaled / divisor;
  const rest = unscaled % divisor;
  if (rest === 0n || mode === "down") return quotient;
  const isNegative = unscaled < 0n;
  if (mode === "floor") return isNegative ? quotient - 1n : quotient;
  if (mode === "ceil") return isNegative ? quotient : quotient + 1n;
  const twice = (isNegative ? -rest : rest) * 2n;
  if (twice < divisor) return quotient;
  return isNegative ? quotient - 1n : quotient + 1n;
}

/** A double as a decimal: the shortest text that means it, as BigDecimal.valueOf takes it. */
export function decimalOfDouble(value: number): { readonly unscaled: bigint; readonly scale: number } {
  const [digits = "0", exponent = "0"] = value.toExponential().split("e");
  const point = digits.indexOf(".");
  const fraction = point < 0 ? 0 : digits.length - point - 1;
  return { unscaled: BigInt(digits.replace(".", "")), scale: fraction - Number(exponent) };
}

/** A double rounded to `places` digits behind the point, before it when negative. */
export function roundDouble(value: number, places: number, mode: RoundingMode): number {
  if (!Number.isFinite(value)) return value;
  const { unscaled, scale } = decimalOfDouble(value);
  if (places >= scale) return value;
  // Beyond all digits of any double.
  if (places < -400) return 0;
  const kept = dropDigits(unscaled, scale - places, mode);
  return Number(`${kept}e${-places}`);
}

/** A whole number rounded to tens, hundreds, ...: `places` is negative. */
export function roundWhole(value: number | bigint, places: number, mode: RoundingMode): bigint {
  const exact = BigInt(value);
  if (places >= 0) return exact;
  if (places < -40) return 0n;
  return dropDigits(exact, -places, mode) * 10n ** BigInt(-places);
}

/** The type of ROUND and TRUNCATE of a DECIMAL: rounding up may need one more digit. */
export function roundedDecimal(type: DecimalType, places: number): DecimalType {
  if (places >= type.scale) return type;
  const whole = type.precision - type.scale;
  if (places < 0) return { ...type, precision: Math.min(38, 1 + whole), scale: 0 };
  return { ...type, precision: Math.min(38, 1 + whole + places), scale: places };
}

/** An unscaled value of one DECIMAL, rounded to `places` digits, as an unscaled value of the other. */
export function roundDecimal(
  unscaled: bigint,
  from: DecimalType,
  to: DecimalType,
  places: number,
  mode: RoundingMode,
): bigint {
  const kept = Math.max(Math.min(places, from.scale), -100);
  const rounded = dropDigits(unscaled, from.scale - kept, mode);
  return dropDigits(rounded, kept - to.scale, "down");
}

export function isDecimalType(type: FlinkType | undefined): type is DecimalType {
  return type?.kind === "decimal";
}

/** The shortest decimal that means the same FLOAT, as a double: 0.1 for 0.10000000149011612. */
export function shortestFloat(value: number): number {
  for (let digits = 6; digits < 10; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
