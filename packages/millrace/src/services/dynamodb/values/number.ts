import { assert } from "../../../core/assert.ts";
import { validation } from "../errors.ts";
import { limits } from "../limits.ts";

/** `sign * d.ddd * 10^exponent`, where `digits` are the d without leading or trailing zeros. */
interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

const zero: Decimal = { sign: 0, digits: "", exponent: 0 };
/** What most numbers look like: canonical as they are, and exact as a JavaScript number. */
const plainInteger = /^(?:0|-?[1-9]\d{0,14})$/;
const grammar = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,9}))?$/;
/** Longer texts than any number needs are not looked at. */
const maxNumberChars = 1_024;

/** The canonical text of a number, as DynamoDB answers it: `1e2` is `100`, `1.50` is `1.5`. */
export function canonicalNumber(text: string): string {
  return plainInteger.test(text) ? text : format(parse(text));
}

/** Below zero when `a < b`. Both texts are canonical. */
export function compareNumbers(a: string, b: string): number {
  if (plainInteger.test(a) && plainInteger.test(b)) return Number(a) - Number(b);
  return Buffer.compare(encodeNumber(a), encodeNumber(b));
}

/** The exact sum of two canonical numbers. */
export function addNumbers(a: string, b: string): string {
  if (plainInteger.test(a) && plainInteger.test(b)) return String(Number(a) + Number(b));
  const [left, right] = [parse(a), parse(b)];
  const scale = Math.max(fractionDigits(left), fractionDigits(right));
  return unscaled(scaled(left, scale) + scaled(right, scale), scale);
}

export function negateNumber(text: string): string {
  if (text === "0") return text;
  return text.startsWith("-") ? text.slice(1) : `-${text}`;
}

/**
 * Bytes whose order is the order of the numbers.
 *
 *   number   => negative | zero | positive
 *   zero     => 0x01
 *   positive => 0x02 (exponent + 130) pair*
 *   negative => 0x00, and all bytes of the positive number inverted, then 0xff
 *   pair     => two digits + 1; an odd last digit is followed by a zero
 */
export function encodeNumber(text: string): Buffer {
  const { sign, digits, exponent } = parse(text);
  if (sign === 0) return Buffer.from([1]);
  const pairs = Math.ceil(digits.length / 2);
  const bytes = Buffer.alloc(2 + pairs + (sign < 0 ? 1 : 0), 0xff);
  const flip = sign < 0 ? 0xff : 0;
  bytes[0] = sign < 0 ? 0 : 2;
  bytes[1] = (exponent - limits.minNumberExponent) ^ flip;
  for (let pair = 0; pair < pairs; pair++) {
    const value = Number(digits.slice(2 * pair, 2 * pair + 2).padEnd(2, "0")) + 1;
    bytes[2 + pair] = value ^ flip;
  }
  return bytes;
}

function parse(text: string): Decimal {
  const match = text.length <= maxNumberChars ? grammar.exec(text) : null;
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (match === null || whole + fraction === "")
    throw validation(
      `The parameter cannot be converted to a numeric value: ${text.slice(0, maxNumberChars)}`,
    );
  const all = whole + fraction;
  const start = all.search(/[1-9]/);
  if (start < 0) return zero;
  const digits = all.slice(start).replace(/0+$/, "");
  const exponent = whole.length - 1 - start + Number(match[4] ?? 0);
  return checked({ sign: match[1] === "-" ? -1 : 1, digits, exponent });
}

function checked(decimal: Decimal): Decimal {
  if (decimal.exponent > limits.maxNumberExponent)
    throw validation(
      "Number overflow. Attempting to store a number with magnitude larger than supported range",
    );
  if (decimal.exponent < limits.minNumberExponent)
    throw validation(
      "Number underflow. Attempting to store a number with magnitude smaller than supported range",
    );
  if (decimal.digits.length > limits.numberDigits)
    throw validation(`Attempting to store more than ${limits.numberDigits} significant digits in a Number`);
  return decimal;
}

function format({ sign, digits, exponent }: Decimal): string {
  if (sign === 0) return "0";
  const minus = sign < 0 ? "-" : "";
  if (exponent < 0) return `${minus}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return fraction === "" ? minus + whole : `${minus}${whole}.${fraction}`;
}

function fractionDigits({ digits, exponent }: Decimal): number {
  return Math.max(digits.length - 1 - exponent, 0);
}

/** The number times `10^scale`, which is whole. */
function scaled({ sign, digits, exponent }: Decimal, scale: number): bigint {
  if (sign === 0) return 0n;
  const zeros = scale + exponent + 1 - digits.length;
  assert(zeros >= 0, "a scaled number is whole");
  return BigInt(sign) * BigInt(digits + "0".repeat(zeros));
}

function unscaled(value: bigint, scale: number): string {
  return canonicalNumber(`${value}e-${scale}`);
}
