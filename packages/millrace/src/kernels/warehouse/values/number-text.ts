/** Digits that `%g` gives before `extra_float_digits` are added. */
const doubleDigits = 15;
const realDigits = 6;

/**
 * A double as PostgreSQL prints it: the shortest text that reads back as the same value when
 * `extra_float_digits` is above 0, else `%.{15+n}g`.
 */
export function floatText(value: number, extraFloatDigits: number): string {
  const special = specialText(value);
  if (special !== undefined) return special;
  if (extraFloatDigits > 0) return generalText(shortest(value), doubleDigits);
  const digits = Math.max(1, doubleDigits + extraFloatDigits);
  return generalText(rounded(value, digits), digits);
}

/** A real, of which JavaScript knows only the double of the same value. */
export function realText(value: number, extraFloatDigits: number): string {
  const special = specialText(value);
  if (special !== undefined) return special;
  if (extraFloatDigits > 0) return generalText(shortestReal(value), realDigits);
  const digits = Math.max(1, realDigits + extraFloatDigits);
  return generalText(rounded(value, digits), digits);
}

function specialText(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "Infinity";
  if (value === Number.NEGATIVE_INFINITY) return "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  return undefined;
}

interface Scientific {
  readonly negative: boolean;
  /** Without trailing zeros. */
  readonly digits: string;
  /** Of the first digit. */
  readonly exponent: number;
}

/** `toExponential` goes no further; a value between two texts of up to 17 digits ends long before. */
const maxExactDigits = 100;

/** C rounds a value exactly between two texts to the even one, where JavaScript takes the larger. */
function rounded(value: number, digits: number): Scientific {
  const [exact = "", exponent = ""] = value.toExponential(maxExactDigits).split("e");
  const sign = exact.startsWith("-") ? "-" : "";
  const all = exact.replace(/[-.]/g, "");
  const kept = all.slice(0, digits);
  if (/^50*$/.test(all.slice(digits)) && Number(kept.at(-1)) % 2 === 0)
    return split(`${sign}${kept}e${exponent}`);
  return split(value.toExponential(digits - 1));
}

/**
 * The fewest digits that no neighbour shares. A text exactly between two doubles reads back as the even one,
 * which is enough for JavaScript and not for PostgreSQL.
 */
function shortest(value: number): Scientific {
  let found = split(value.toExponential());
  for (let digits = found.digits.length; digits < 17 && isBetween(found, value, doubleNeighbour); digits++)
    found = split(value.toExponential(digits));
  return found;
}

function shortestReal(value: number): Scientific {
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toExponential(digits - 1);
    if (Math.fround(Number(text)) !== value) continue;
    const found = split(text);
    if (!isBetween(found, value, realNeighbour)) return found;
  }
  return split(value.toExponential(8));
}

/** Below this a short text never lies exactly between two reals, let alone doubles. */
const lowestBetween = 2 ** 24;

function isBetween(
  text: Scientific,
  value: number,
  neighbour: (size: number, up: boolean) => number,
): boolean {
  const size = Math.abs(value);
  const zeros = text.exponent + 1 - text.digits.length;
  if (size < lowestBetween || zeros < 0) return false;
  const shown = BigInt(text.digits) * 10n ** BigInt(zeros);
  const exact = BigInt(size);
  if (shown === exact) return false;
  const other = neighbour(size, shown > exact);
  return Number.isFinite(other) && 2n * shown === exact + BigInt(other);
}

function doubleNeighbour(size: number, up: boolean): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  view.setBigUint64(0, view.getBigUint64(0) + (up ? 1n : -1n));
  return view.getFloat64(0);
}

function realNeighbour(size: number, up: boolean): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, size);
  view.setUint32(0, view.getUint32(0) + (up ? 1 : -1));
  return view.getFloat32(0);
}

function split(exponential: string): Scientific {
  const [mantissa = "", exponent = "0"] = exponential.split("e");
  const negative = mantissa.startsWith("-");
  const digits = mantissa.replace("-", "").replace(".", "").replace(/0+$/, "");
  return { negative, digits: digits === "" ? "0" : digits, exponent: Number(exponent) };
}

/** C's `%g`: an exponent only below 1e-4 and from `precision` digits on. */
function generalText(value: Scientific, precision: number): string {
  const { digits, exponent } = value;
  const sign = value.negative ? "-" : "";
  if (exponent < -4 || exponent >= precision) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, "0");
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** A numeric with all the digits of its scale. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  return `${negative ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The same value with another scale; digits that are lost round half away from zero. */
export function rescaled(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * 10n ** BigInt(to - from);
  const divisor = 10n ** BigInt(from - to);
  const magnitude = unscaled < 0n ? -unscaled : unscaled;
  const quotient = (magnitude * 2n + divisor) / (divisor * 2n);
  return unscaled < 0n ? -quotient : quotient;
}
