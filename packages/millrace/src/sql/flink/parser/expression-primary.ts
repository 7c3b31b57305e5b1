import type { Expression } from "../ast/tree.ts";
import { parseCall } from "./expression-call.ts";
import { parseLiteral, parsePrefixedString } from "./expression-literal.ts";
import { parseSpecialForm } from "./expression-special.ts";
import { atQuery, atQueryTail, type Grammar } from "./grammar.ts";
import { isReservedFunction } from "./keywords.ts";
import type { TokenStream } from "./token-stream.ts";

const EXPRESSION = "an expression";

/** What stands between operators, with the subscripts and fields behind it. */
export function parsePrimary(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start } = stream.current;
  const base = parseBase(grammar);
  return stream.at("[") || stream.at(".") ? parsePostfix(grammar, base, start) : base;
}

function parseBase(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { current } = stream;
  switch (current.kind) {
    case "symbol":
      if (!stream.accept("(")) {
        throw stream.syntaxError(EXPRESSION);
      }
      return grammar.bracketed(current.start);
    case "number":
    case "string":
    case "bits":
      return parseLiteral(stream);
    case "quoted":
      return parseNamed(grammar);
    case "word":
      return parseSpecialForm(grammar) ?? parsePrefixedString(stream) ?? parseNamed(grammar);
    default:
      throw stream.syntaxError(EXPRESSION);
  }
}

/** A function's call or a reference. */
function parseNamed(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start } = stream.current;
  if (!stream.atIdentifier() && !atFunctionWord(stream)) {
    throw stream.syntaxError(`${EXPRESSION} or a name`);
  }
  const parts = [stream.anyWord()];
  while (stream.at(".")) {
    if (stream.peek(1).lexeme === "*") {
      stream.expect(".", "*");
      return { kind: "star", qualifier: parts, span: stream.spanFrom(start) };
    }
    stream.next();
    parts.push(stream.identifier());
  }
  return stream.at("(")
    ? parseCall(grammar, parts, start)
    : { kind: "reference", parts, span: stream.spanFrom(start) };
}

/** A reserved word that is a function's name when a bracket follows. */
export const atFunctionWord = (stream: TokenStream): boolean =>
  stream.current.kind === "word" && stream.peek(1).lexeme === "(" && isReservedFunction(stream.current.value);

// base { [index] | .name }
function parsePostfix(grammar: Grammar, base: Expression, start: number): Expression {
  const { stream } = grammar;
  let result = base;
  for (;;) {
    if (stream.accept("[")) {
      const index = grammar.expression();
      stream.expect("]");
      result = { kind: "subscript", base: result, index, span: stream.spanFrom(start) };
    } else if (stream.accept(".")) {
      result = { kind: "field", base: result, name: stream.identifier(), span: stream.spanFrom(start) };
    } else {
      return result;
    }
    stream.deepen();
  }
}

/** Behind an opening bracket: a query, a row, or an expression that the brackets only hold together. */
export function parseBracketed(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  if (atQuery(stream)) {
    const query = grammar.query();
    stream.expect(")");
    return { kind: "scalar-query", query, span: stream.spanFrom(start) };
  }
  const inner = stream.current.start;
  const first = grammar.expression();
  if (first.kind === "scalar-query" && atQueryTail(stream)) {
    const query = grammar.queryAfter(first.query, inner);
    stream.expect(")");
    return { kind: "scalar-query", query, span: stream.spanFrom(start) };
  }
  if (!stream.at(",")) {
    stream.expect(")");
    return first;
  }
  const items = [first];
  while (stream.accept(",")) {
    items.push(grammar.expression());
  }
  stream.expect(")");
  return { kind: "row", items, span: stream.spanFrom(start) };
}
