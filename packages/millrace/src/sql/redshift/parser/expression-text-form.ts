import type { Expression } from "../ast/tree.ts";
import { specialCall } from "./expression-call.ts";
import { BINDING, type Grammar } from "./grammar.ts";

/** Functions whose arguments words keep apart: EXTRACT, TRIM, POSITION, SUBSTRING, OVERLAY. */
export function parseTextForm(grammar: Grammar, start: number): Expression | undefined {
  switch (grammar.stream.current.lexeme) {
    case "extract":
      return parseExtract(grammar, start);
    case "trim":
      return parseTrim(grammar, start);
    case "position":
      return parsePosition(grammar, start);
    case "substring":
      return parseSubstring(grammar, start);
    case "overlay":
      return parseOverlay(grammar, start);
    default:
      return undefined;
  }
}

// EXTRACT(part FROM x): extract('part', x), which gives whole numbers where DATE_PART gives doubles
function parseExtract(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  const { end } = stream.next();
  stream.expect("(");
  const { start: at, kind } = stream.current;
  const part = kind === "string" ? stream.string() : stream.label().name;
  const field: Expression = { kind: "string", value: part, span: stream.spanFrom(at) };
  stream.expect("from");
  const items = [field, grammar.expression()];
  stream.expect(")");
  return specialCall(stream, "extract", end, items, start);
}

// TRIM([BOTH | LEADING | TRAILING] [[characters] FROM] text): btrim, ltrim, rtrim(text, characters)
function parseTrim(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  const { end } = stream.next();
  stream.expect("(");
  const side = stream.acceptAny("both", "leading", "trailing");
  const name = side === "leading" ? "ltrim" : side === "trailing" ? "rtrim" : "btrim";
  const first = stream.at("from") ? [] : stream.list(() => grammar.expression());
  const items = stream.accept("from") ? [...stream.list(() => grammar.expression()), ...first] : first;
  stream.expect(")");
  return specialCall(stream, name, end, items, start);
}

// POSITION(part IN text): strpos(text, part)
function parsePosition(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  const { end } = stream.next();
  stream.expect("(");
  const part = grammar.operators(BINDING.notEqual);
  stream.expect("in");
  const text = grammar.operators(BINDING.notEqual);
  stream.expect(")");
  return specialCall(stream, "strpos", end, [text, part], start);
}

// SUBSTRING(text FROM a [FOR b] | text FOR b [FROM a] | text, a [, b])
function parseSubstring(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  const { end } = stream.next();
  stream.expect("(");
  const items = stream.list(() => grammar.expression());
  if (items.length === 1) {
    const before = stream.accept("for") ? grammar.expression() : undefined;
    const from = stream.accept("from") ? grammar.expression() : undefined;
    const count = before ?? (from !== undefined && stream.accept("for") ? grammar.expression() : undefined);
    if (from !== undefined) {
      items.push(from);
    } else if (count !== undefined) {
      items.push({ kind: "number", text: "1", span: count.span });
    }
    if (count !== undefined) {
      items.push(count);
    }
  }
  stream.expect(")");
  return specialCall(stream, "substring", end, items, start);
}

// OVERLAY(text PLACING part FROM a [FOR b]): overlay(text, part, a, b)
function parseOverlay(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  const { end } = stream.next();
  stream.expect("(");
  const items = stream.list(() => grammar.expression());
  if (items.length === 1 && stream.accept("placing")) {
    items.push(grammar.expression());
    stream.expect("from");
    items.push(grammar.expression());
    if (stream.accept("for")) {
      items.push(grammar.expression());
    }
  }
  stream.expect(")");
  return specialCall(stream, "overlay", end, items, start);
}
