import { Decimal } from "../value/decimal.ts";
import { Float } from "../value/float.ts";
import { parseInteger } from "../value/integer.ts";
import { Timestamp } from "../value/timestamp.ts";
import type { Value } from "../value/value.ts";
import type { Expression } from "./expression.ts";
import type { TokenStream } from "./token-stream.ts";

/** Reads a literal when the next token is one. */
export function parseLiteral(tokens: TokenStream): Expression | undefined {
  const token = tokens.peek();
  if (token.kind === "string") return literal(tokens, token.text);
  if (token.kind === "number") return literal(tokens, numberOf(tokens, token.text));
  if (token.kind === "ion") return literal(tokens, ionValue(tokens, token.text.trim()));
  switch (token.word) {
    case "true":
      return literal(tokens, true);
    case "false":
      return literal(tokens, false);
    case "null":
      return literal(tokens, null);
    case "missing":
      return literal(tokens, undefined);
    default:
      return undefined;
  }
}

function literal(tokens: TokenStream, value: Value): Expression {
  tokens.take();
  return { kind: "literal", value };
}

function numberOf(tokens: TokenStream, text: string): Value {
  if (/[eE]/.test(text)) {
    const float = Number(text);
    if (!Number.isFinite(float)) throw tokens.error("LexerInvalidLiteral");
    return new Float(float);
  }
  const value = text.includes(".") ? Decimal.parse(text) : parseInteger(text);
  if (value === undefined) throw tokens.error("LexerInvalidLiteral", "The number is out of range:");
  return value;
}

/** Of Ion's literals the dialect documents timestamps; numbers, words and strings are read too. */
function ionValue(tokens: TokenStream, text: string): Value {
  const timestamp = Timestamp.parse(text);
  if (timestamp !== undefined) return timestamp;
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (/^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
  const number = /^-?\d+$/.test(text)
    ? parseInteger(text)
    : Decimal.parse(text.replace(/[dD](?=[+-]?\d+$)/, "e"));
  if (number === undefined) throw tokens.error("LexerInvalidIONLiteral");
  return number;
}
