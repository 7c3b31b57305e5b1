import { SqlError } from "../../../sql-error.ts";
import { type FormatPiece, parseDateFormat } from "./date-format.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";
import { formatDate } from "./format-date.ts";
import { formatNumber, rounded } from "./format-number.ts";
import { type NumberFormat, parseNumberFormat } from "./number-format.ts";
import { parseByFormat } from "./parse-by-format.ts";

/** Parsed formats that one instance of the engine keeps. */
const maxKeptFormats = 256;

function remembering<Value>(parse: (format: string) => Value): (format: string) => Value {
  const kept = new Map<string, Value>();
  return (format) => {
    const known = kept.get(format);
    if (known !== undefined) return known;
    if (kept.size >= maxKeptFormats) kept.clear();
    const value = parse(format);
    kept.set(format, value);
    return value;
  };
}

/** A text by a format of to_number, as the text of a decimal. @throws SqlError 22P02 */
function numberByFormat(format: NumberFormat, text: string): string {
  const negative = /-|^\s*<.*>\s*$/.test(text);
  const digits = text.replace(/[^\d.]/g, "");
  const [whole = "", fraction = ""] = digits.split(".");
  if (!/\d/.test(digits) || /[a-z]/i.test(text)) {
    throw new SqlError("22P02", `invalid input syntax for type numeric: "${text}"`);
  }
  const hasPoint = format.pieces.some((piece) => piece.kind === "point");
  const kept = hasPoint ? fraction.slice(0, format.fraction) : "";
  return `${negative ? "-" : ""}${whole.slice(0, format.whole) || "0"}${kept === "" ? "" : `.${kept}`}`;
}

/** A decimal's text rounded, or cut, at a number of places; negative ones are before the point. */
function decimalPlaces(text: string, places: number, rounds: boolean): string {
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  if (places >= fraction.length) return text;
  if (places >= 0)
    return (
      sign + (rounds ? rounded(`${whole}.${fraction}`, places) : `${whole}.${fraction.slice(0, places)}0`)
    );
  const kept = whole.slice(0, places) || "0";
  const moved = `${kept}.${whole.padStart(-places + 1, "0").slice(places)}`;
  return `${sign}${rounds ? rounded(moved, 0) : kept}${"0".repeat(-places)}`;
}

/** to_char, to_date, to_timestamp, to_number; they keep the formats they have parsed. */
export function formatFunctions(): readonly EngineFunction[] {
  const dateFormat: (format: string) => readonly FormatPiece[] = remembering(parseDateFormat);
  const numberFormat = remembering(parseNumberFormat);
  return [
    engineFunction(
      "format_time",
      ["BIGINT", "VARCHAR", "VARCHAR", "VARCHAR"],
      "VARCHAR",
      (microseconds: bigint, zone: string, offset: string, format: string) =>
        formatDate(dateFormat(format), Number(microseconds), zone, offset),
    ),
    engineFunction("format_number", ["VARCHAR", "VARCHAR"], "VARCHAR", (text: string, format: string) =>
      formatNumber(numberFormat(format), text),
    ),
    engineFunction(
      "parse_time_by",
      ["VARCHAR", "VARCHAR", "BOOLEAN"],
      "BIGINT",
      (text: string, format: string, strict: boolean) => parseByFormat(dateFormat(format), text, strict),
    ),
    engineFunction("decimal_places", ["VARCHAR", "INTEGER", "BOOLEAN"], "VARCHAR", decimalPlaces),
    engineFunction("parse_number_by", ["VARCHAR", "VARCHAR"], "VARCHAR", (text: string, format: string) =>
      numberByFormat(numberFormat(format), text),
    ),
  ];
}
