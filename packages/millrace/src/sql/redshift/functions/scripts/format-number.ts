import { SqlError } from "../../../sql-error.ts";
import { ordinalSuffix } from "./format-date.ts";
import type { NumberFormat, NumberPiece } from "./number-format.ts";

/** A decimal number's text by a format of to_char. */
export function formatNumber(format: NumberFormat, text: string): string {
  if (format.exponent) throw new SqlError("0A000", "EEEE in a format of to_char is not supported");
  const negative = text.startsWith("-");
  const digits = text.replace(/^[+-]/, "");
  if (format.roman !== "") return roman(format, rounded(digits, 0), negative);
  const scaled = rounded(shifted(digits, format.shift), format.fraction);
  const [whole = "0", fraction = ""] = scaled.split(".");
  const isZero = !/[1-9]/.test(scaled);
  return written(format, whole, fraction, negative && !isZero);
}

/** The text with the point moved to the right. */
function shifted(digits: string, places: number): string {
  if (places === 0) return digits;
  const [whole = "", fraction = ""] = digits.split(".");
  const padded = fraction.padEnd(places, "0");
  return `${whole}${padded.slice(0, places)}.${padded.slice(places)}`;
}

/** Half is rounded away from zero. */
export function rounded(digits: string, places: number): string {
  const [whole = "0", fraction = ""] = digits.split(".");
  const padded = fraction.padEnd(places + 1, "0");
  let value = BigInt(`${whole}${padded.slice(0, places)}` || "0");
  if (padded.charCodeAt(places) >= 53) value += 1n;
  const all = String(value).padStart(places + 1, "0");
  return places === 0 ? all : `${all.slice(0, -places)}.${all.slice(-places)}`;
}

function roman(format: NumberFormat, digits: string, negative: boolean): string {
  const value = Number(digits);
  if (negative || value < 1 || value > 3999) return "#".repeat(15);
  const text = romanNumeral(value);
  const cased = format.roman === "rn" ? text.toLowerCase() : text;
  return format.fill ? cased.padStart(15, " ") : cased;
}

const numerals = Object.freeze([
  ...([
    [1000, "M"],
    [900, "CM"],
    [500, "D"],
    [400, "CD"],
    [100, "C"],
    [90, "XC"],
    [50, "L"],
  ] as const),
  ...([
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ] as const),
]);

function romanNumeral(value: number): string {
  let [rest, text] = [value, ""];
  for (const [size, letters] of numerals) {
    while (rest >= size) {
      text += letters;
      rest -= size;
    }
  }
  return text;
}

/** What is written place by place; the sign that has no place of its own floats before the first digit. */
function written(format: NumberFormat, whole: string, fraction: string, negative: boolean): string {
  const { pieces, fill } = format;
  const places = format.whole + format.shift;
  const plainWhole = whole === "0" && (places > 0 || format.fraction > 0) ? "" : whole;
  const overflow = plainWhole.length > places;
  const hasAngle = pieces.some((piece) => piece.kind === "angle");
  const ownSign = pieces.some((piece) => ["sign", "minus", "both"].includes(piece.kind)) || hasAngle;
  const state: Writing = {
    digits: overflow ? "#".repeat(places) : wholePlaces(pieces, plainWhole, places, format.fraction),
    fraction: overflow ? "#".repeat(format.fraction) : fractionPlaces(format, fraction),
    ...{
      negative,
      fill,
      floating: floatingSign(pieces, ownSign, hasAngle, negative, fill),
      started: false,
      whole: plainWhole,
    },
  };
  let result = "";
  for (const [index, piece] of pieces.entries()) result += place(piece, index, pieces, state);
  if (!state.started && state.floating !== undefined) result += state.floating;
  return result;
}

interface Writing {
  digits: string;
  fraction: string;
  readonly negative: boolean;
  readonly fill: boolean;
  floating: string | undefined;
  started: boolean;
  readonly whole: string;
}

/** The sign before the first digit: of no sign in the format, of a leading S, or the bracket of PR. */
function floatingSign(
  pieces: readonly NumberPiece[],
  ownSign: boolean,
  hasAngle: boolean,
  negative: boolean,
  fill: boolean,
): string | undefined {
  if (hasAngle) return negative ? "<" : fill ? " " : "";
  const firstDigit = pieces.findIndex((piece) => piece.kind === "digit");
  const sign = pieces.findIndex((piece) => piece.kind === "sign");
  if (sign >= 0 && sign < firstDigit) return negative ? "-" : "+";
  if (ownSign) return undefined;
  return negative ? "-" : fill ? " " : "";
}

/** One character for each place before the point: a blank, a digit. */
function wholePlaces(
  pieces: readonly NumberPiece[],
  whole: string,
  places: number,
  fraction: number,
): string {
  const digits = pieces.filter((piece) => piece.kind === "digit").slice(0, places);
  const firstZero = digits.findIndex((piece) => piece.kind === "digit" && piece.zero);
  const blanks = places - whole.length;
  let text = "";
  for (let index = 0; index < places; index++) {
    if (index >= blanks) text += whole[index - blanks];
    else text += firstZero >= 0 && index >= firstZero ? "0" : " ";
  }
  // Without a fraction a zero is written in the last place.
  return fraction === 0 && !/\d/.test(text) && places > 0 ? `${text.slice(0, -1)}0` : text;
}

/** With FM, zeros at the end of the fraction are left out where the format has nines. */
function fractionPlaces(format: NumberFormat, fraction: string): string {
  if (format.fill) return fraction;
  const digits = format.pieces.filter((piece) => piece.kind === "digit").slice(format.whole);
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === "0") {
    const piece = digits[end - 1];
    if (piece?.kind === "digit" && piece.zero) break;
    end--;
  }
  return fraction.slice(0, end);
}

function place(piece: NumberPiece, index: number, pieces: readonly NumberPiece[], state: Writing): string {
  switch (piece.kind) {
    case "digit":
      return digitPlace(index, pieces, state);
    case "point":
      return `${begin(state)}.`;
    case "group":
      return state.started ? "," : state.fill ? " " : "";
    case "sign":
      return index > pieces.findIndex((other) => other.kind === "digit") ? (state.negative ? "-" : "+") : "";
    case "minus":
      return state.negative ? "-" : state.fill ? " " : "";
    case "plus":
      return state.negative ? (state.fill ? " " : "") : "+";
    case "both":
      return state.negative ? "-" : "+";
    case "angle":
      return state.negative ? ">" : state.fill ? " " : "";
    case "currency":
      return "$";
    case "ordinal":
      if (state.negative) return "";
      return piece.upper
        ? ordinalSuffix(state.whole || "0").toUpperCase()
        : ordinalSuffix(state.whole || "0");
    case "text":
      return piece.text;
    default:
      return "";
  }
}

function digitPlace(index: number, pieces: readonly NumberPiece[], state: Writing): string {
  const point = pieces.findIndex((piece) => piece.kind === "point");
  if (point >= 0 && index > point) {
    const digit = state.fraction.charAt(0);
    state.fraction = state.fraction.slice(1);
    return digit;
  }
  const digit = state.digits.charAt(0);
  state.digits = state.digits.slice(1);
  if (digit === " ") return state.fill ? " " : "";
  return begin(state) + digit;
}

/** What stands before the first digit, once. */
function begin(state: Writing): string {
  if (state.started) return "";
  state.started = true;
  const sign = state.floating ?? "";
  state.floating = undefined;
  return sign;
}
