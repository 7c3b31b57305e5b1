import { type HiveType, primitive } from "../schema/hive-type.ts";

/** Kinds of text values, as bits. */
export const textKind = {
  /** Empty, or one of the words for a missing value. */
  empty: 1,
  boolean: 2,
  /** Integers of 64 bits. */
  bigint: 4,
  /** Integers of up to 38 digits. */
  huge: 8,
  double: 16,
  string: 32,
} as const;

/** Longer text is a string without a look at it. */
const maxNumberLength = 64;
const maxLongDigits = 19;
const maxHugeDigits = 38;
const longLimit = 9_223_372_036_854_775_807n;

const integer = /^[+-]?(\d+)$/;
const real = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const words: ReadonlyMap<string, number> = new Map<string, number>([
  ["", textKind.empty],
  // What Hive's text format writes for NULL.
  ["\\N", textKind.empty],
  ["null", textKind.empty],
  ["NULL", textKind.empty],
  ["true", textKind.boolean],
  ["false", textKind.boolean],
  ["TRUE", textKind.boolean],
  ["FALSE", textKind.boolean],
  ["True", textKind.boolean],
  ["False", textKind.boolean],
  ["NaN", textKind.double],
  ["Infinity", textKind.double],
  ["-Infinity", textKind.double],
]);

/**
 * The kind of one value. A number with a leading zero, such as a postal code, is a string, because its zero
 * would be lost; dates are strings, as Glue's CSV classifier leaves them.
 */
export function kindOfText(value: string): number {
  const first = value.charCodeAt(0);
  const numeric = (first >= 0x30 && first <= 0x39) || first === 0x2d || first === 0x2b || first === 0x2e;
  if (!numeric) return words.get(value) ?? textKind.string;
  if (value.length > maxNumberLength) return textKind.string;
  const digits = integer.exec(value)?.[1];
  if (digits !== undefined) return integerText(digits);
  if (!real.test(value)) return words.get(value) ?? textKind.string;
  return /^[+-]?0\d/.test(value) ? textKind.string : textKind.double;
}

function integerText(digits: string): number {
  if (digits.length > 1 && digits.charCodeAt(0) === 0x30) return textKind.string;
  if (digits.length < maxLongDigits) return textKind.bigint;
  if (digits.length === maxLongDigits && BigInt(digits) <= longLimit) return textKind.bigint;
  return digits.length <= maxHugeDigits ? textKind.huge : textKind.string;
}

/** The narrowest type for all kinds that were seen; `void` where nothing but missing values was. */
export function typeOfKinds(kinds: number): HiveType {
  const values = kinds & ~textKind.empty;
  if (values === 0) return primitive("void");
  if (values === textKind.boolean) return primitive("boolean");
  if ((values & (textKind.boolean | textKind.string)) !== 0) return primitive("string");
  if ((values & textKind.double) !== 0) return primitive("double");
  if ((values & textKind.huge) !== 0) return { kind: "decimal", precision: 38, scale: 0 };
  return primitive("bigint");
}
