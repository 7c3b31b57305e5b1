import { decimalText } from "../expressions/index.ts";

/** Digits without zeros at the end of the fraction. */
export function plainDecimal(value: bigint, scale: number): string {
  const text = decimalText(value, scale);
  return scale === 0 ? text : text.replace(/\.?0+$/, "");
}

/** As Java's BigDecimal without zeros at its end writes itself: `1E+2` for 100. */
export function shortDecimal(value: bigint, scale: number): string {
  if (value === 0n) return "0";
  const all = String(value < 0n ? -value : value);
  const digits = all.replace(/0+$/, "");
  const shortScale = scale - (all.length - digits.length);
  const exponent = digits.length - 1 - shortScale;
  const sign = value < 0n ? "-" : "";
  if (shortScale >= 0 && exponent >= -6) return plainDecimal(value, scale);
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${sign}${digits[0] ?? ""}${fraction}E${exponent < 0 ? "" : "+"}${exponent}`;
}
