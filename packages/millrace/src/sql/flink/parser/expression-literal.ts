import { resolveUnicodeEscapes } from "../../lexer/string-escapes.ts";
import type { IntervalUnit } from "../ast/data-type.ts";
import type { TypedLiteral } from "../ast/leaf.ts";
import type { Expression } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";
import { parseIntervalUnit } from "./time-unit.ts";
import type { TokenStream } from "./token-stream.ts";

/** A number, a text or bytes. */
export function parseLiteral(stream: TokenStream): Expression {
  const token = stream.next();
  const span = stream.spanFrom(token.start);
  switch (token.kind) {
    case "number":
      return { kind: "number", text: token.value, span };
    case "string":
      return parseEscapedText(stream, token.start, token.value);
    default:
      if (token.value.startsWith("x") && token.value.length % 2 === 1) {
        return { kind: "binary-literal", digits: token.value.slice(1).toLowerCase(), span };
      }
      throw stream.syntaxError("bytes as X'1f', of two digits each", token);
  }
}

/** `U&'d!0061t' UESCAPE '!'`: the lexer took the escapes to begin with a backslash. */
function parseEscapedText(stream: TokenStream, start: number, value: string): Expression {
  const source = stream.slice(start, stream.previousEnd);
  if (!/^u&/i.test(source) || !stream.at("uescape")) {
    return { kind: "string", value, charset: undefined, span: stream.spanFrom(start) };
  }
  stream.expect("uescape");
  const { current } = stream;
  const mark = stream.string("an escape character in quotes");
  if (!/^[^0-9a-fA-F+'"\s]$/.test(mark)) {
    throw stream.syntaxError("one character that is no digit, quote, sign or blank", current);
  }
  const body = source.slice(3, -1).replaceAll("''", "'");
  // A doubled escape character is itself; backslashes of the text are doubled for the one who resolves them.
  const parts = body
    .split(mark + mark)
    .map((part) => resolveUnicodeEscapes(part.replaceAll("\\", "\\\\").replaceAll(mark, "\\")));
  const resolved = mark === "\\" ? value : parts.includes(undefined) ? undefined : parts.join(mark);
  if (resolved === undefined) {
    throw stream.error("42601", "invalid Unicode escape value", start);
  }
  return { kind: "string", value: resolved, charset: undefined, span: stream.spanFrom(start) };
}

/** `_UTF16'text'`: the name of a character set right before the text. */
export function parsePrefixedString(stream: TokenStream): Expression | undefined {
  const { current } = stream;
  if (!current.value.startsWith("_")) {
    return undefined;
  }
  const text = stream.peek(1);
  if (text.kind !== "string" || text.start !== current.end) {
    return undefined;
  }
  stream.next();
  stream.next();
  const charset = stream.source(current).slice(1).toUpperCase();
  return { kind: "string", value: text.value, charset, span: stream.spanFrom(current.start) };
}

/** `DATE '2024-01-01'` and its kind; undefined when the word is something else. */
export function parseTypedLiteral(stream: TokenStream): Expression | undefined {
  const { start, lexeme } = stream.current;
  const words = ZONED.find(({ source }) => stream.at(...source)) ?? { source: [lexeme], type: lexeme };
  if (stream.peek(words.source.length).kind !== "string") {
    return undefined;
  }
  stream.expect(...words.source);
  const value = stream.string();
  return {
    kind: "typed-literal",
    type: words.type as TypedLiteral["type"],
    value,
    span: stream.spanFrom(start),
  };
}

const ZONED: readonly { readonly source: readonly string[]; readonly type: TypedLiteral["type"] }[] = [
  { source: ["timestamp", "with", "local", "time", "zone"], type: "timestamp_ltz" },
  { source: ["timestamp", "without", "time", "zone"], type: "timestamp" },
];

// INTERVAL [+|-] 'text' unit, INTERVAL [+|-] number unit, INTERVAL (expression) unit, INTERVAL name unit
export function parseInterval(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("interval");
  const sign = stream.acceptAny("-", "+");
  if (stream.current.kind === "string") {
    const value = stream.string();
    const unit = parseIntervalUnit(stream);
    return { kind: "interval", negative: sign === "-", value, unit, span: stream.spanFrom(start) };
  }
  const operand = parseIntervalOperand(grammar);
  const unit: IntervalUnit = parseIntervalUnit(stream);
  const span = stream.spanFrom(start);
  const signed: Expression =
    sign === "-" ? { kind: "unary", operator: "-", operand, span: operand.span } : operand;
  return { kind: "interval-expression", operand: signed, unit, span };
}

function parseIntervalOperand(grammar: Grammar): Expression {
  const { stream } = grammar;
  if (stream.current.kind === "number") {
    return parseLiteral(stream);
  }
  if (stream.at("(")) {
    return stream.nested(() => {
      const { start } = stream.next();
      return grammar.bracketed(start);
    });
  }
  const { start } = stream.current;
  const { parts } = stream.qualifiedName("a text in quotes, a number or a name");
  return { kind: "reference", parts, span: stream.spanFrom(start) };
}
