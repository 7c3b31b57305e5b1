import { selectError } from "../select-error.ts";
import { Decimal } from "../value/decimal.ts";
import { parseInteger } from "../value/integer.ts";
import type { Json } from "../value/value.ts";
import { decodeLatin } from "./latin-text.ts";

/** Numbers that a double may not hold. */
const longNumber = /\d{16}|\d[eE][+-]?\d{3}/;

/** The value of one JSON text, as it lies in a text of bytes; its numbers are exact. */
export function parseJson(latin: string): Json {
  const text = decodeLatin(latin);
  try {
    return (longNumber.test(text) ? JSON.parse(text, exactNumber) : JSON.parse(text)) as Json;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw selectError("JSONParsingError");
    throw thrown;
  }
}

/** V8 hands a reviver the source of each number, which the library of types does not know yet. */
function exactNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  if (Number.isSafeInteger(value) && /^-?\d+$/.test(context.source)) return value;
  return parseInteger(context.source) ?? Decimal.parse(context.source) ?? value;
}
