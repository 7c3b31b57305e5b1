import { SqlError } from "../../sql-error.ts";
import type {
  IntervalLiteral,
  NumberLiteral,
  Parameter,
  StringLiteral,
  TypedLiteral,
} from "../ast/expression.ts";
import { printInterval } from "../functions/function-table.ts";
import { quoteText } from "../print/quote.ts";
import type { SqlType } from "../types.ts";
import type { Block } from "./block.ts";
import { type Bound, bigintType, bound, hasParameter, integerType, unknownType } from "./bound.ts";
import { at, coerce } from "./coerce.ts";

const maxInteger = 2_147_483_647n;
const maxBigint = 9_223_372_036_854_775_807n;

/** Digits as PostgreSQL types them: an integer, a bigint where it is too large, else a numeric. */
export function bindNumber({ text, span }: NumberLiteral): Bound {
  return numberOf(text, span.start);
}

export function numberOf(text: string, position: number): Bound {
  if (/^-?[0-9]+$/.test(text)) {
    const value = BigInt(text);
    const size = value < 0n ? -value - 1n : value;
    const sql = value < 0n ? `(${value})` : String(value);
    if (size <= maxInteger) return bound(integerType, sql, { constant: String(value) });
    if (size <= maxBigint) return bound(bigintType, sql, { constant: String(value) });
  }
  const digits = plainDigits(text);
  if (digits === undefined) {
    return bound({ name: "double precision" }, `CAST(${quoteText(text)} AS DOUBLE)`, { constant: text });
  }
  const [whole = "0", fraction = ""] = digits.replace("-", "").split(".");
  if (whole.length + fraction.length > 38) {
    throw new SqlError("22003", "Numeric data overflow (result precision)", { position });
  }
  const type: SqlType = {
    name: "numeric",
    precision: whole.length + fraction.length,
    scale: fraction.length,
  };
  const written = fraction === "" ? `CAST(${quoteText(digits)} AS DECIMAL(${whole.length},0))` : digits;
  return bound(type, written.startsWith("-") ? `(${written})` : written, { constant: digits });
}

/** `1.5e2` as `150`; undefined where that has more digits than a numeric. */
function plainDigits(text: string): string | undefined {
  const match = /^(-?)([0-9]*)\.?([0-9]*)(?:e([+-]?[0-9]+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > 38) return undefined;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
  const cut = Math.max(point, 0);
  const left = padded.slice(0, cut).replace(/^0+(?=[0-9])/, "") || "0";
  const right = padded.slice(cut);
  if (left.length + right.length > 38 && exponent !== 0) return undefined;
  return `${sign}${left}${right === "" ? "" : `.${right}`}`;
}

/** A text in quotes has no type until its surroundings give it one. */
export function bindString({ value }: StringLiteral): Bound {
  return bound(unknownType, quoteText(value), { constant: value, blankFree: true });
}

export function bindTypedLiteral({ type, value, span }: TypedLiteral, block: Block): Bound {
  return coerce(bound(unknownType, quoteText(value), { constant: value }), type, "explicit", block, span);
}

export function bindParameter({ index }: Parameter, block: Block): Bound {
  const declared = block.state.parameterType(index);
  block.state.noteParameter(index, declared);
  const untyped = bound(unknownType, `CAST($${index} AS VARCHAR)`, {
    parameter: index,
    traits: hasParameter,
  });
  return declared === undefined ? untyped : coerce(untyped, declared, "implicit", block);
}

/** `interval '1-2' year to month` and its kin: the fields say how the digits are meant. */
export function bindInterval({ value, fields, span }: IntervalLiteral): Bound {
  const { sql, type } = at(span, () => printInterval(value, fields));
  return bound(type, sql);
}
