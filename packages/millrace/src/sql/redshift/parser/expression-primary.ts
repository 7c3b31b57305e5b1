import type { Identifier } from "../ast/name.ts";
import type { Expression } from "../ast/tree.ts";
import { parseCall } from "./expression-call.ts";
import { parseLiteral } from "./expression-literal.ts";
import { parseSpecialForm } from "./expression-special.ts";
import { atQuery, atQueryTail, BINDING, type Grammar } from "./grammar.ts";
import { isReservedFunction, isTypeKeyword } from "./keywords.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseTypeName } from "./type-name.ts";

/** What stands between operators, with the subscripts, fields and casts behind it. */
export function parsePrimary(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start } = stream.current;
  return parsePostfix(grammar, parseBase(grammar), start);
}

function parseBase(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { current } = stream;
  switch (current.kind) {
    case "symbol":
      stream.expect("(");
      return grammar.bracketed(current.start);
    case "number":
    case "string":
    case "parameter":
    case "bits":
      return parseLiteral(stream);
    case "quoted":
      return parseNamed(grammar);
    case "operator":
      if (stream.atTemporaryName()) {
        return parseNamed(grammar);
      }
      throw stream.syntaxError();
    case "word":
      return parseWord(grammar);
    default:
      throw stream.syntaxError();
  }
}

function parseWord(grammar: Grammar): Expression {
  return parseSpecialForm(grammar) ?? parseNamed(grammar);
}

/** A function's call or a reference. */
function parseNamed(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start } = stream.current;
  if (stream.at("prior") && startsOperand(stream, 1)) {
    stream.next();
    const operand = grammar.operators(BINDING.sign);
    return { kind: "prior", operand, span: stream.spanFrom(start) };
  }
  const parts = [firstName(stream)];
  while (stream.at(".")) {
    if (stream.peek(1).lexeme === "*") {
      stream.expect(".", "*");
      return { kind: "star", qualifier: parts, exclude: [], span: stream.spanFrom(start) };
    }
    stream.next();
    parts.push(stream.label());
  }
  if (!stream.at("(")) {
    return { kind: "reference", parts, span: stream.spanFrom(start) };
  }
  if (stream.accept("(", "+", ")")) {
    const span = { start, end: parts.at(-1)?.span.end ?? start };
    return { kind: "outer-mark", operand: { kind: "reference", parts, span }, span: stream.spanFrom(start) };
  }
  return parseCall(grammar, parts, start);
}

/** Reserved words may be functions, and `oid` is the one that is a column, too. */
function firstName(stream: TokenStream): Identifier {
  const word = stream.current.lexeme;
  const bracket = stream.peek(1).lexeme === "(";
  if (bracket && isTypeKeyword(word)) {
    throw stream.syntaxError(stream.peek(1));
  }
  return word === "oid" || (bracket && isReservedFunction(word)) ? stream.label() : stream.tableIdentifier();
}

const startsOperand = (stream: TokenStream, distance: number): boolean => {
  const token = stream.peek(distance);
  return (
    stream.atIdentifier(distance) ||
    token.lexeme === "(" ||
    token.kind === "string" ||
    token.kind === "number"
  );
};

// base { [index] | .name | ::type }
function parsePostfix(grammar: Grammar, base: Expression, start: number): Expression {
  const { stream } = grammar;
  let result = base;
  for (;;) {
    switch (stream.current.lexeme) {
      case "[": {
        stream.next();
        const index = grammar.expression();
        stream.expect("]");
        result = { kind: "subscript", base: result, index, span: stream.spanFrom(start) };
        break;
      }
      case ".":
        stream.next();
        result = { kind: "field", base: result, name: stream.label(), span: stream.spanFrom(start) };
        break;
      case "::":
        stream.next();
        result = castTo(stream, result, start);
        break;
      default:
        return result;
    }
    stream.deepen();
  }
}

function castTo(stream: TokenStream, operand: Expression, start: number): Expression {
  const type = parseTypeName(stream);
  return { kind: "cast", operand, type, form: "colons", span: stream.spanFrom(start) };
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
