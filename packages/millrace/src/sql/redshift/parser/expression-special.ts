import type { Expression } from "../ast/tree.ts";
import { atArray, parseArray, specialCall } from "./expression-call.ts";
import { atTypedLiteral, parseInterval, parseTypedLiteral } from "./expression-literal.ts";
import { parseTextForm } from "./expression-text-form.ts";
import type { Grammar } from "./grammar.ts";
import { isNiladic } from "./keywords.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseTypeName } from "./type-name.ts";

/** What begins with a keyword; undefined when an ordinary name follows. */
export function parseSpecialForm(grammar: Grammar): Expression | undefined {
  const { stream } = grammar;
  const { start, lexeme } = stream.current;
  switch (lexeme) {
    case "null":
      stream.next();
      return { kind: "null", span: stream.spanFrom(start) };
    case "true":
    case "false":
      stream.next();
      return { kind: "boolean", value: lexeme === "true", span: stream.spanFrom(start) };
    case "case":
      return parseCase(grammar, start);
    case "interval":
      stream.next();
      return parseInterval(stream, start);
    default:
      return isNiladic(lexeme) ? parseNiladic(stream, start) : parseBracketForm(grammar, start);
  }
}

function parseBracketForm(grammar: Grammar, start: number): Expression | undefined {
  const { stream } = grammar;
  const { lexeme } = stream.current;
  if (atTypedLiteral(stream)) {
    return parseTypedLiteral(stream);
  }
  if (lexeme === "approximate" && stream.atIdentifier(1) && stream.peek(2).lexeme === "(") {
    stream.next();
    return { ...grammar.call(), approximate: true, span: stream.spanFrom(start) };
  }
  if (atArray(stream)) {
    stream.next();
    return parseArray(grammar, start);
  }
  if (stream.peek(1).lexeme !== "(") {
    return undefined;
  }
  switch (lexeme) {
    case "cast":
    case "try_cast":
      return parseCast(grammar, lexeme, start);
    case "convert":
      return parseConvert(grammar, start);
    case "exists":
      return parseExists(grammar, start);
    case "row":
      return parseRow(grammar, start);
    case "collate":
      return parseCollate(grammar, start);
    default:
      return parseTextForm(grammar, start);
  }
}

/** `current_time` and the like may say how many digits their seconds have. */
function parseNiladic(stream: TokenStream, start: number): Expression {
  const { lexeme, end } = stream.next();
  const items: Expression[] = [];
  if (/^(current|local)_?time/.test(lexeme) && stream.accept("(")) {
    const { start: at, value } = stream.current;
    stream.integer();
    items.push({ kind: "number", text: value, span: stream.spanFrom(at) });
    stream.expect(")");
  }
  return specialCall(stream, lexeme, end, items, start);
}

// CASE [operand] { WHEN a THEN b }... [ELSE c] END
function parseCase(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  stream.expect("case");
  const operand = stream.at("when") ? undefined : grammar.expression();
  const branches: { when: Expression; then: Expression }[] = [];
  do {
    stream.expect("when");
    const when = grammar.expression();
    stream.expect("then");
    // biome-ignore lint/suspicious/noThenProperty: a branch of CASE is never awaited
    branches.push({ when, then: grammar.expression() });
  } while (stream.at("when"));
  const otherwise = stream.accept("else") ? grammar.expression() : undefined;
  stream.expect("end");
  return { kind: "case", operand, branches, otherwise, span: stream.spanFrom(start) };
}

function parseCast(grammar: Grammar, form: "cast" | "try_cast", start: number): Expression {
  const { stream } = grammar;
  stream.expect(form, "(");
  const operand = grammar.expression();
  stream.expect("as");
  const type = parseTypeName(stream);
  stream.expect(")");
  return { kind: "cast", operand, type, form, span: stream.spanFrom(start) };
}

function parseConvert(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  stream.expect("convert", "(");
  const type = parseTypeName(stream);
  stream.expect(",");
  const operand = grammar.expression();
  stream.expect(")");
  return { kind: "cast", operand, type, form: "convert", span: stream.spanFrom(start) };
}

function parseExists(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  stream.expect("exists", "(");
  const value = grammar.bracketed(start);
  if (value.kind !== "scalar-query") {
    throw stream.error("42601", "EXISTS needs a query", value.span.start);
  }
  return { kind: "exists", query: value.query, span: stream.spanFrom(start) };
}

function parseRow(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  stream.expect("row", "(");
  const items = stream.at(")") ? [] : stream.list(() => grammar.expression());
  stream.expect(")");
  return { kind: "row", items, span: stream.spanFrom(start) };
}

const COLLATIONS: Readonly<Record<string, string>> = Object.freeze({
  case_sensitive: "case_sensitive",
  cs: "case_sensitive",
  case_insensitive: "case_insensitive",
  ci: "case_insensitive",
});

// COLLATE(text, 'case_sensitive' | 'cs' | 'case_insensitive' | 'ci')
function parseCollate(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  stream.expect("collate", "(");
  const operand = grammar.expression();
  stream.expect(",");
  const { start: at } = stream.current;
  const name = stream.string();
  const collation = COLLATIONS[name.toLowerCase()];
  if (collation === undefined) {
    throw stream.error("42704", `collation "${name}" does not exist`, at);
  }
  stream.expect(")");
  return { kind: "collate", operand, collation, span: stream.spanFrom(start) };
}
