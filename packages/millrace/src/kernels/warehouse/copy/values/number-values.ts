import { LoadFailure, loadCodes } from "../load-failure.ts";

/** Makes of a field's text the text that the engine casts to the column's type. @throws LoadFailure */
export type ValueReader = (text: string) => string;

const integerPattern = /^[+-]?\d+$/;

const integerNames = { smallint: "Short", integer: "Integer", bigint: "Long" } as const;
const integerBits = { smallint: 16, integer: 32, bigint: 64 } as const;

export function integerReader(type: keyof typeof integerNames): ValueReader {
  const limit = 2n ** BigInt(integerBits[type] - 1);
  const name = integerNames[type];
  return (text) => {
    const trimmed = text.trim();
    if (!integerPattern.test(trimmed)) throw invalidDigit(text, /^[+-]$/, name);
    const digits = trimmed.startsWith("+") ? trimmed.slice(1) : trimmed;
    // What is short needs no big number.
    if (digits.length < 5) return digits;
    const value = BigInt(digits);
    if (value >= limit || value < -limit)
      throw new LoadFailure(loadCodes.overflow, `Overflow, Column type: ${name}`);
    return digits;
  };
}

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Digits behind the column's scale are cut off, or with ROUNDEC rounded away from zero at a half. */
export function decimalReader(precision: number, scale: number, rounds: boolean): ValueReader {
  return (text) => {
    const match = decimalPattern.exec(text.trim());
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = match ?? [];
    if (match === null || (whole === "" && fraction === "")) throw invalidDigit(text, /^[+-.]$/, "Decimal");
    // The digits without a point, and how many of them stand behind it.
    const places = fraction.length - Number(exponent);
    const unscaled = scaled(`${whole}${fraction}`, scale - places, rounds);
    if (unscaled.length > precision)
      throw new LoadFailure(loadCodes.decimal, `Overflow for NUMERIC(${precision},${scale})`);
    const padded = unscaled.padStart(scale + 1, "0");
    const point = padded.length - scale;
    const value = scale === 0 ? padded : `${padded.slice(0, point)}.${padded.slice(point)}`;
    return sign === "-" ? `-${value}` : value;
  };
}

/** Digits moved by so many places: to the left zeros come behind, to the right digits are lost. */
function scaled(digits: string, by: number, rounds: boolean): string {
  const significant = digits.replace(/^0+/, "");
  if (by >= 0) return significant === "" ? "0" : significant + "0".repeat(Math.min(by, 100));
  const kept = significant.slice(0, Math.max(0, significant.length + by));
  const next = significant.length + by >= 0 ? significant.charAt(kept.length) : "0";
  if (!rounds || next < "5") return kept === "" ? "0" : kept;
  return String(BigInt(kept === "" ? "0" : kept) + 1n);
}

const floatPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const specialFloat = /^([+-]?)(nan|inf(?:inity)?)$/i;

export function floatReader(type: "real" | "double precision"): ValueReader {
  const largest = type === "real" ? 3.402_823_466_385_288_6e38 : Number.MAX_VALUE;
  const name = type === "real" ? "Float" : "Double";
  return (text) => {
    const trimmed = text.trim();
    const special = specialFloat.exec(trimmed);
    if (special !== null) return (special[2] ?? "").toLowerCase() === "nan" ? "nan" : `${special[1]}inf`;
    if (!floatPattern.test(trimmed)) throw invalidDigit(text, /^[+-.eE]$/, name);
    if (Math.abs(Number(trimmed)) > largest)
      throw new LoadFailure(loadCodes.float, `Overflow, Column type: ${name}`);
    return trimmed;
  };
}

/** @param sign characters that may stand in such a number, so that the first one of another kind is named */
function invalidDigit(text: string, sign: RegExp, type: string): LoadFailure {
  const start = text.length - text.trimStart().length;
  let at = start;
  let seen = "";
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (/\d/.test(character)) continue;
    const signs = character === "+" || character === "-";
    // A sign stands in front or behind an exponent, everything else once.
    const allowed = signs
      ? at === start || /[eE]/.test(text.charAt(at - 1))
      : !seen.includes(character.toLowerCase());
    if (!sign.test(character) || !allowed) break;
    seen += character.toLowerCase();
  }
  if (at >= text.length) at = Math.max(start, text.length - 1);
  return new LoadFailure(
    loadCodes.digit,
    `Invalid digit, Value '${text.charAt(at)}', Pos ${at}, Type: ${type}`,
  );
}

export function booleanReader(text: string): string {
  switch (text.trim().toLowerCase()) {
    case "t":
    case "true":
    case "y":
    case "yes":
    case "1":
      return "true";
    case "f":
    case "false":
    case "n":
    case "no":
    case "0":
      return "false";
    default:
      throw new LoadFailure(loadCodes.boolean, "Unknown boolean format");
  }
}
