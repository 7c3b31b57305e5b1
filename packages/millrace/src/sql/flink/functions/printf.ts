import { isText } from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import { decimalOfDouble, dropDigits } from "./decimal-rounding.ts";
import { define, nullable, stringType } from "./function-definition.ts";
import { text } from "./parameters.ts";
import type { ScalarFunction } from "./scalar-function.ts";

const maxWidth = 10_000;

/** A conversion of java.util.Formatter: `%[index$][flags][width][.precision]conversion`. */
const conversion = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/** PRINTF, with the conversions `%s %S %d %f %e %x %X %o %c %b %n %%`. NULL for a format that does not fit. */
export const printf: ScalarFunction = define({
  name: "printf",
  parameters: [text],
  rest: printable,
  result: stringType,
  mayBeNull: true,
  code: ({ types }) => {
    const scales = types.map((type) => (type.kind === "decimal" ? type.scale : 0));
    return nullable((format: string | null, ...values: unknown[]) => {
      if (format === null) return null;
      return print(
        format,
        values.map((value, index) => ({ value, scale: scales[index + 1] ?? 0 })),
      );
    });
  },
});

interface Argument {
  readonly value: unknown;
  /** Of a DECIMAL. */
  readonly scale: number;
}

function printable(type: FlinkType): FlinkType | undefined {
  if (type.kind === "null") return { ...stringType, nullable: true };
  const kinds = ["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal"];
  return isText(type) || kinds.includes(type.kind) ? type : undefined;
}

/** Thrown within: the format, or a value for it, is wrong. */
class BadFormat extends Error {
  override readonly name = "BadFormat";
}

function print(format: string, values: readonly Argument[]): string | null {
  let next = 0;
  try {
    if (/%/.test(format.replace(conversion, ""))) return null;
    return format.replace(conversion, (...match: (string | undefined)[]) => {
      const [, index, flags = "", width, precision, letter = "s"] = match;
      if (Number(width ?? 0) > maxWidth || Number(precision ?? 0) > maxWidth) throw new BadFormat();
      if (letter === "n") return "\n";
      if (letter === "%") return padded("%", flags, width);
      const at = index === undefined ? next++ : Number(index) - 1;
      const argument = values[at];
      if (argument === undefined) throw new BadFormat();
      return converted(argument, letter, flags, width, precision);
    });
  } catch (error) {
    if (error instanceof BadFormat) return null;
    throw error;
  }
}

function converted(
  argument: Argument,
  letter: string,
  flags: string,
  width: string | undefined,
  precision: string | undefined,
): string {
  const { value } = argument;
  switch (letter.toLowerCase()) {
    case "s": {
      const all = textOf(argument);
      const cut = precision === undefined ? all : all.slice(0, Number(precision));
      return padded(letter === "S" ? cut.toUpperCase() : cut, flags.replace("0", ""), width);
    }
    case "b":
      return padded(String(typeof value === "boolean" ? value : value !== null), flags, width);
    case "c":
      return padded(characterOf(value), flags, width);
    case "d":
      return signed(wholeOf(value), flags, width);
    case "x":
    case "o": {
      const base = letter.toLowerCase() === "x" ? 16 : 8;
      const digits = value === null ? "null" : unsigned(wholeOf(value) ?? 0n).toString(base);
      return padded(letter === "X" ? digits.toUpperCase() : digits, flags, width);
    }
    case "f":
    case "e":
      return fractional(argument, letter, flags, width, Number(precision ?? 6));
    default:
      throw new BadFormat();
  }
}

function textOf({ value, scale }: Argument): string {
  if (typeof value !== "bigint" || scale === 0) return String(value);
  return fixed(value, scale, scale);
}

function characterOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number") return String.fromCodePoint(value);
  if (typeof value === "string" && Array.from(value).length === 1) return value;
  throw new BadFormat();
}

function wholeOf(value: unknown): bigint | undefined {
  if (value === null) return undefined;
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  throw new BadFormat();
}

/** Negative numbers show their bits: 32 of an INT, 64 of what does not fit in it. */
function unsigned(value: bigint): bigint {
  return BigInt.asUintN(value >= -(2n ** 31n) ? 32 : 64, value) < 2n ** 32n && value < 0n
    ? BigInt.asUintN(32, value)
    : BigInt.asUintN(64, value);
}

function signed(value: bigint | undefined, flags: string, width: string | undefined): string {
  if (value === undefined) return padded("null", flags.replace("0", ""), width);
  return withSign(value < 0n, String(value < 0n ? -value : value), flags, width);
}

function fractional(
  { value, scale }: Argument,
  letter: string,
  flags: string,
  width: string | undefined,
  places: number,
): string {
  if (value === null) return padded("null", flags.replace("0", ""), width);
  if (typeof value !== "number" && typeof value !== "bigint") throw new BadFormat();
  if (typeof value === "number" && !Number.isFinite(value))
    return padded(String(value), flags.replace("0", ""), width);
  const isNegative = value < 0 || Object.is(value, -0);
  if (letter !== "f") {
    const text = Math.abs(Number(value) / 10 ** (typeof value === "bigint" ? scale : 0)).toExponential(
      places,
    );
    return withSign(isNegative, text.replace(/e([+-])(\d)$/, "e$10$2"), flags, width);
  }
  const exact = typeof value === "bigint" ? { unscaled: value, scale } : decimalOfDouble(value);
  const text = fixed(exact.unscaled < 0n ? -exact.unscaled : exact.unscaled, exact.scale, places);
  return withSign(isNegative, text, flags, width);
}

/** With so many places, rounded half up. */
function fixed(unscaled: bigint, scale: number, places: number): string {
  const rounded = dropDigits(unscaled, scale - places, "half-up");
  const digits = String(rounded < 0n ? -rounded : rounded).padStart(places + 1, "0");
  const sign = rounded < 0n ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function withSign(isNegative: boolean, magnitude: string, flags: string, width: string | undefined): string {
  const [whole = "", ...fraction] = magnitude.split(/(?=[.e])/);
  const grouped = flags.includes(",") ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  const digits = [grouped, ...fraction].join("");
  const isBracketed = isNegative && flags.includes("(");
  const sign = isBracketed
    ? "("
    : isNegative
      ? "-"
      : flags.includes("+")
        ? "+"
        : flags.includes(" ")
          ? " "
          : "";
  const close = isBracketed ? ")" : "";
  if (!flags.includes("0")) return padded(sign + digits + close, flags, width);
  return sign + digits.padStart(Number(width ?? 0) - sign.length - close.length, "0") + close;
}

function padded(value: string, flags: string, width: string | undefined): string {
  const length = Number(width ?? 0);
  return flags.includes("-") ? value.padEnd(length) : value.padStart(length);
}
