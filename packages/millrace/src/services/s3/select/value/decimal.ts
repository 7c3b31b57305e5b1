import { selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";

const grammar = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,6}))?$/;

/** An exact number: coefficient / 10^scale, with at most 38 digits. */
export class Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
  /** The nearest double: whatever it decides about two decimals is true unless it says that they are equal. */
  readonly approximate: number;

  private constructor(coefficient: bigint, scale: number) {
    this.coefficient = coefficient;
    this.scale = scale;
    this.approximate = Number(`${coefficient}e${-scale}`);
  }

  static of(coefficient: bigint, scale: number): Decimal {
    const digits = digitCount(coefficient);
    const excess = digits - selectLimits.decimalDigits;
    const result =
      excess <= 0
        ? new Decimal(coefficient, scale)
        : new Decimal(divideRounded(coefficient, 10n ** BigInt(excess)), scale - excess);
    if (Math.abs(result.scale) > selectLimits.decimalExponent)
      throw selectError("InvalidDataType", "The exponent of a decimal is out of range");
    return result;
  }

  /** Undefined when the text is not a number. */
  static parse(text: string): Decimal | undefined {
    const match = grammar.exec(text);
    if (match === null) return undefined;
    const [, sign = "", whole = "", fraction = "", bare = "", exponent = "0"] = match;
    const digits = whole + fraction + bare;
    if (digits.length > maxLiteralDigits || Math.abs(Number(exponent)) > selectLimits.decimalExponent)
      return undefined;
    const coefficient = BigInt(digits);
    return Decimal.of(sign === "-" ? -coefficient : coefficient, (fraction + bare).length - Number(exponent));
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return Decimal.of(this.#at(scale) + other.#at(scale), scale);
  }

  minus(other: Decimal): Decimal {
    return this.plus(new Decimal(-other.coefficient, other.scale));
  }

  times(other: Decimal): Decimal {
    return Decimal.of(this.coefficient * other.coefficient, this.scale + other.scale);
  }

  /** The divisor is not zero. */
  dividedBy(other: Decimal): Decimal {
    const shift = Math.max(
      0,
      selectLimits.decimalDigits - digitCount(this.coefficient) + digitCount(other.coefficient),
    );
    const quotient = divideRounded(this.coefficient * 10n ** BigInt(shift), other.coefficient);
    return Decimal.of(quotient, this.scale + shift - other.scale).trimmed(this.scale);
  }

  /** The divisor is not zero; the sign is the dividend's. */
  remainder(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return Decimal.of(this.#at(scale) % other.#at(scale), scale);
  }

  negated(): Decimal {
    return new Decimal(-this.coefficient, this.scale);
  }

  compare(other: Decimal): number {
    if (this.approximate !== other.approximate) return this.approximate < other.approximate ? -1 : 1;
    const scale = Math.max(this.scale, other.scale);
    const left = this.#at(scale);
    const right = other.#at(scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** The whole part, towards zero. */
  truncated(): bigint {
    return this.scale <= 0 ? this.#at(0) : this.coefficient / 10n ** BigInt(this.scale);
  }

  /** Without zeros at the end, but for `scale` digits behind the point. */
  trimmed(scale: number): Decimal {
    let { coefficient, scale: digits } = this;
    while (digits > scale && digits > 0 && coefficient % 10n === 0n) {
      coefficient /= 10n;
      digits--;
    }
    return new Decimal(coefficient, digits);
  }

  toString(): string {
    if (this.scale <= 0) return this.#at(0).toString();
    const negative = this.coefficient < 0n;
    const digits = (negative ? -this.coefficient : this.coefficient).toString().padStart(this.scale + 1, "0");
    const point = digits.length - this.scale;
    return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
  }

  #at(scale: number): bigint {
    return this.coefficient * 10n ** BigInt(Math.max(0, scale - this.scale));
  }
}

/** Longer numbers are not numbers to the dialect. */
const maxLiteralDigits = 2_000;

function digitCount(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

/** Half away from zero. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient;
  return quotient + (dividend < 0n === divisor < 0n ? 1n : -1n);
}
