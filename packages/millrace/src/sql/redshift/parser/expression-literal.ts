import type { Expression } from "../ast/tree.ts";
import { isTypeKeyword } from "./keywords.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseIntervalFields, parseTypeName } from "./type-name.ts";

/** More parameters than this no protocol can bind. */
const MAX_PARAMETER = 65_535;

/** A number, a text or a parameter. */
export function parseLiteral(stream: TokenStream): Expression {
  const { kind, value, start } = stream.next();
  const span = stream.spanFrom(start);
  switch (kind) {
    case "number":
      return { kind: "number", text: value, span };
    case "parameter":
      return { kind: "parameter", index: parameterIndex(stream, value, start), span };
    case "string":
      return { kind: "string", value: checkText(stream, value, start), span };
    default:
      throw stream.error("0A000", "bit string literals are not supported", start);
  }
}

function parameterIndex(stream: TokenStream, digits: string, start: number): number {
  const index = Number(digits);
  if (index < 1 || index > MAX_PARAMETER) {
    throw stream.error("42P02", `there is no parameter $${digits}`, start);
  }
  return index;
}

/** No text holds the character 0. */
function checkText(stream: TokenStream, text: string, start: number): string {
  if (text.includes("\0")) {
    throw stream.error("22021", 'invalid byte sequence for encoding "UTF8": 0x00', start);
  }
  return text;
}

/** `interval '1-2' year to month`, behind INTERVAL. */
export function parseInterval(stream: TokenStream, start: number): Expression {
  const { start: at } = stream.current;
  const value = checkText(stream, stream.string(), at);
  return { kind: "interval", value, ...parseIntervalFields(stream), span: stream.spanFrom(start) };
}

/** Whether a type's name and a literal follow: `date '2024-01-01'`, `timestamp with time zone '...'`. */
export function atTypedLiteral(stream: TokenStream): boolean {
  const next = stream.peek(1);
  if (next.kind === "string") {
    return stream.atIdentifier() || isTypeKeyword(stream.current.lexeme);
  }
  switch (stream.current.lexeme) {
    case "double":
      return next.lexeme === "precision";
    case "time":
    case "timestamp":
      return next.lexeme === "with" || next.lexeme === "without" || next.lexeme === "(";
    case "character":
    case "char":
    case "national":
    case "decimal":
    case "numeric":
    case "dec":
    case "float":
    case "varchar":
    case "nchar":
    case "nvarchar":
      return next.lexeme === "(" || next.lexeme === "varying" || next.lexeme === "character";
    default:
      return false;
  }
}

export function parseTypedLiteral(stream: TokenStream): Expression {
  const { start } = stream.current;
  const type = parseTypeName(stream);
  const { start: at } = stream.current;
  const value = checkText(stream, stream.string(), at);
  return { kind: "typed-literal", type, value, span: stream.spanFrom(start) };
}
