import type { IntegerMode } from "../../../../sql/flink/functions/scalar-function.ts";
import { doubleOf } from "../exact-integers.ts";

const integerForm = /^([+-]?)(\d+)(?:\.\d*)?$/;
const maxDigits = 40;

/** A whole number of at most 32 bits; digits behind a point are dropped. Undefined: none, or too great. */
export function parseInteger(text: string, bits: number): number | undefined {
  const match = integerForm.exec(text.trim());
  if (match === null) return undefined;
  const value = Number(match[1] + (match[2] as string)) + 0;
  const limit = 2 ** (bits - 1);
  return value >= -limit && value < limit ? value : undefined;
}

const longLimit = 2n ** 63n;

/** A BIGINT, as the mode holds it. @throws NeedsExactIntegers */
export function parseLong(text: string, mode: IntegerMode): number | bigint | undefined {
  const match = integerForm.exec(text.trim());
  if (match === null) return undefined;
  const digits = match[2] as string;
  if (digits.length < 16) {
    const value = Number(match[1] + digits) + 0;
    return mode === "exact" ? BigInt(value) : value;
  }
  const significant = digits.replace(/^0+(?=\d)/, "");
  if (significant.length > maxDigits) return undefined;
  const value = match[1] === "-" ? -BigInt(significant) : BigInt(significant);
  if (value >= longLimit || value < -longLimit) return undefined;
  return mode === "exact" ? value : doubleOf(value);
}

const doubleForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/;

/** What `Double.parseDouble` reads, but for hexadecimal forms. */
export function parseDouble(text: string): number | undefined {
  const trimmed = text.trim();
  if (doubleForm.test(trimmed)) return Number(trimmed.replace(/[dDfF]$/, ""));
  const word = /^([+-]?)(NaN|Infinity)$/.exec(trimmed);
  if (word === null) return undefined;
  const value = word[2] === "NaN" ? Number.NaN : Number.POSITIVE_INFINITY;
  return word[1] === "-" ? -value : value;
}

const trueWords: readonly string[] = ["t", "true", "y", "yes", "1"];
const falseWords: readonly string[] = ["f", "false", "n", "no", "0"];

/** The words that Flink takes for TRUE and FALSE, in either case. */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (trueWords.includes(word)) return true;
  return falseWords.includes(word) ? false : undefined;
}
