import { mismatch, notParsed } from "./json-failure.ts";
import type { JsonReader } from "./json-reader.ts";

const form = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/;

/**
 * A decimal number as its digits before the point that `scale` sets, rounded half up, as two's complement in
 * so many bytes, big-endian. A value with more digits than `precision` is refused.
 */
export function decimalBytesOf(text: string, precision: number, scale: number, byteLength: number): Buffer {
  let unscaled = unscaledOf(text, precision, scale);
  const bytes = Buffer.alloc(byteLength);
  for (let at = byteLength - 1; at >= 0; at--) {
    bytes[at] = Number(unscaled & 0xffn);
    unscaled >>= 8n;
  }
  return bytes;
}

/** Whole numbers below it are exact, and so is their product with a power of ten. */
const maxExact = 2 ** 53;

/** The same of the reader's last number, written into `bytes`; false when only the long way is exact. */
export function putShortDecimal(
  reader: JsonReader,
  precision: number,
  scale: number,
  bytes: Buffer,
): boolean {
  const shift = reader.power + scale;
  if (reader.digits > 15 || shift < 0 || shift > 15) return false;
  const magnitude = reader.mantissa * 10 ** shift;
  if (magnitude >= maxExact || magnitude >= 10 ** precision) return false;
  let rest = reader.isNegative ? -magnitude : magnitude;
  for (let at = bytes.length - 1; at >= 0; at--) {
    const high = Math.floor(rest / 256);
    bytes[at] = rest - high * 256;
    rest = high;
  }
  return true;
}

function unscaledOf(text: string, precision: number, scale: number): bigint {
  const found = form.exec(text);
  if (found === null || `${found[2] ?? ""}${found[3] ?? ""}` === "") throw notParsed(text);
  const fraction = found[3] ?? "";
  const digits = `${found[2] ?? ""}${fraction}`.replace(/^0+/, "");
  if (digits === "") return 0n;
  // Digits of the result, decided before an exponent such as 1e1000000000 would be written out.
  const shift = Number(found[4] ?? 0) - fraction.length + scale;
  if (digits.length + shift > precision) throw outOfRange(text, precision, scale);
  if (digits.length + shift < 0) return 0n;
  const magnitude = shift >= 0 ? BigInt(digits) * 10n ** BigInt(shift) : rounded(digits, -shift);
  if (magnitude >= 10n ** BigInt(precision)) throw outOfRange(text, precision, scale);
  return found[1] === "-" ? -magnitude : magnitude;
}

function rounded(digits: string, dropped: number): bigint {
  const kept = digits.slice(0, digits.length - dropped);
  const next = digits.charAt(digits.length - dropped);
  return BigInt(kept === "" ? "0" : kept) + (next >= "5" ? 1n : 0n);
}

function outOfRange(text: string, precision: number, scale: number): Error {
  return mismatch(`Value ${text.slice(0, 60)} is out of range for decimal(${precision},${scale})`);
}
