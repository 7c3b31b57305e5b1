import type { DecimalType, FlinkType } from "../../../sql/flink/types.ts";

export type Decimals = DecimalType;

/** The lowest bits of a whole number, as many as the type has. */
export function wrapInteger(value: number, kind: FlinkType["kind"]): number {
  const bits = value | 0;
  if (kind === "tinyint") return (bits << 24) >> 24;
  return kind === "smallint" ? (bits << 16) >> 16 : bits;
}

/** Halves away from zero. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (a * 2n + b) / (b * 2n);
  return isNegative ? -quotient : quotient;
}

export function rescale(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * 10n ** BigInt(to - from);
  return divideHalfUp(unscaled, 10n ** BigInt(from - to));
}

export function fitsPrecision(unscaled: bigint, precision: number): boolean {
  const limit = 10n ** BigInt(precision);
  return unscaled < limit && unscaled > -limit;
}

/** A double as a value of a numeric type; undefined: it has none. */
export function fromDouble(
  value: number,
  type: FlinkType,
  mode: "double" | "exact",
): number | bigint | undefined {
  switch (type.kind) {
    case "double":
      return value;
    case "float":
      return Math.fround(value);
    case "decimal": {
      if (!Number.isFinite(value)) return undefined;
      const unscaled = BigInt(Math.round(value * 10 ** type.scale));
      return fitsPrecision(unscaled, type.precision) ? unscaled : undefined;
    }
    case "bigint":
      return mode === "exact" ? BigInt(Math.trunc(value)) : Math.trunc(value);
    default:
      return Math.trunc(value);
  }
}
