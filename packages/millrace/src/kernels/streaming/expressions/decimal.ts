/** Arithmetic of DECIMAL values as unscaled bigints. */

export function power10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** `value / divisor`, halves away from zero. */
export function divideHalfUp(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const rest = value % divisor;
  if (rest === 0n) return quotient;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient;
  return value < 0n !== divisor < 0n ? quotient - 1n : quotient + 1n;
}

/** From one scale to another, halves away from zero. */
export function rescale(value: bigint, from: number, to: number): bigint {
  if (from === to) return value;
  return to > from ? value * power10(to - from) : divideHalfUp(value, power10(from - to));
}

/** Null where the value has more digits than the precision: what Flink makes of an overflow. */
export function fit(value: bigint, precision: number): bigint | null {
  const limit = power10(precision);
  return value < limit && value > -limit ? value : null;
}

/** Digits with a point, all of the scale. */
export function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const at = digits.length - scale;
  return `${value < 0n ? "-" : ""}${digits.slice(0, at)}.${digits.slice(at)}`;
}

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/**
 * A number's text as a DECIMAL, halves away from zero; `undefined` when it is no number, null when it does not fit.
 */
export function parseDecimal(text: string, precision: number, scale: number): bigint | null | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponentText] = match;
  if (whole === "" && fraction === "") return undefined;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return 0n;
  // Of the value as digits * 10^exponent, told by the scale.
  const shift = Number(exponentText ?? 0) - fraction.length + scale;
  if (digits.length + shift > precision) return null;
  if (digits.length + shift < 0) return 0n;
  const unsigned =
    shift >= 0 ? BigInt(digits) * power10(shift) : divideHalfUp(BigInt(digits), power10(-shift));
  return fit(sign === "-" ? -unsigned : unsigned, precision);
}

/** A double as a DECIMAL, by the shortest digits that mean it; null when it does not fit. */
export function decimalOfNumber(value: number, precision: number, scale: number): bigint | null {
  if (!Number.isFinite(value)) return null;
  return parseDecimal(String(value), precision, scale) ?? null;
}

export function decimalToNumber(value: bigint, scale: number): number {
  const number = Number(value);
  if (scale === 0) return number;
  // Both are exact in doubles, so that the quotient is rounded once.
  if (scale <= 22 && Number.isSafeInteger(number)) return number / 10 ** scale;
  return Number(decimalText(value, scale));
}
