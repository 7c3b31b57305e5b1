import type { Expression, IsTest } from "../ast/tree.ts";
import { atQuery, atQueryTail, BINDING, type Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** How tightly the words that follow bind as an operator behind an operand; 0 when they are none. */
export function predicateBinding(stream: TokenStream): number {
  switch (stream.current.lexeme) {
    case "is":
      return atDistinct(stream) ? BINDING.comparison : BINDING.is;
    case "between":
    case "in":
    case "like":
    case "similar":
      return BINDING.predicate;
    case "not":
      return isNegatable(stream.peek(1).lexeme) ? BINDING.predicate : 0;
    case "overlaps":
    case "contains":
    case "equals":
    case "precedes":
    case "succeeds":
    case "member":
    case "submultiset":
      return BINDING.comparison;
    case "immediately":
      return stream.peek(1).lexeme === "precedes" || stream.peek(1).lexeme === "succeeds"
        ? BINDING.comparison
        : 0;
    case "multiset":
      return BINDING.multiset;
    default:
      return 0;
  }
}

const isNegatable = (word: string): boolean =>
  word === "between" || word === "in" || word === "like" || word === "similar";

const atDistinct = (stream: TokenStream): boolean =>
  stream.at("is", "distinct") || stream.at("is", "not", "distinct");

/** A test behind its operand. */
export function parsePredicate(grammar: Grammar, operand: Expression, start: number): Expression {
  const { stream } = grammar;
  if (stream.accept("is")) {
    return parseIs(grammar, operand, start);
  }
  const negated = stream.accept("not");
  switch (stream.current.lexeme) {
    case "between":
      return parseBetween(grammar, operand, negated, start);
    case "in":
      return parseIn(grammar, operand, negated, start);
    default:
      return parseLike(grammar, operand, negated, start);
  }
}

// IS [NOT] NULL | TRUE | FALSE | UNKNOWN | A SET | EMPTY | JSON [VALUE|OBJECT|ARRAY|SCALAR] | DISTINCT FROM operand
function parseIs(grammar: Grammar, operand: Expression, start: number): Expression {
  const { stream } = grammar;
  const negated = stream.accept("not");
  if (stream.accept("distinct", "from")) {
    const other = grammar.operators(BINDING.comparison + 1);
    return { kind: "is-distinct", operand, other, negated, span: stream.spanFrom(start) };
  }
  const test = parseTest(stream);
  return { kind: "is", operand, test, negated, span: stream.spanFrom(start) };
}

function parseTest(stream: TokenStream): IsTest["test"] {
  if (stream.accept("a", "set")) {
    return "a set";
  }
  if (stream.accept("json")) {
    const kind = stream.acceptAny("value", "object", "array", "scalar");
    return kind === undefined || kind === "value" ? "json" : `json ${kind}`;
  }
  const test = stream.acceptAny("null", "true", "false", "unknown", "empty");
  if (test === undefined) {
    throw stream.syntaxError("NULL, TRUE, FALSE, UNKNOWN, JSON or DISTINCT FROM");
  }
  return test;
}

function parseBetween(grammar: Grammar, operand: Expression, negated: boolean, start: number): Expression {
  const { stream } = grammar;
  stream.expect("between");
  const symmetric = stream.acceptAny("symmetric", "asymmetric") === "symmetric";
  const low = grammar.operators(BINDING.multiset);
  stream.expect("and");
  const high = grammar.operators(BINDING.multiset);
  return { kind: "between", operand, negated, symmetric, low, high, span: stream.spanFrom(start) };
}

// IN ( query | expression, ... )
function parseIn(grammar: Grammar, operand: Expression, negated: boolean, start: number): Expression {
  const { stream } = grammar;
  stream.expect("in", "(");
  if (atQuery(stream)) {
    const query = grammar.query();
    stream.expect(")");
    return { kind: "in-query", operand, negated, query, span: stream.spanFrom(start) };
  }
  const inner = stream.current.start;
  const first = grammar.expression();
  // Brackets around the whole query, or around its first part.
  if (first.kind === "scalar-query" && (atQueryTail(stream) || stream.at(")"))) {
    const query = atQueryTail(stream) ? grammar.queryAfter(first.query, inner) : first.query;
    stream.expect(")");
    return { kind: "in-query", operand, negated, query, span: stream.spanFrom(start) };
  }
  const items = [first];
  while (stream.accept(",")) {
    items.push(grammar.expression());
  }
  stream.expect(")");
  return { kind: "in-list", operand, negated, items, span: stream.spanFrom(start) };
}

// LIKE pattern [ESCAPE character], SIMILAR TO pattern [ESCAPE character]
function parseLike(grammar: Grammar, operand: Expression, negated: boolean, start: number): Expression {
  const { stream } = grammar;
  const operator = stream.expectAny("like", "similar") === "like" ? "like" : "similar to";
  if (operator === "similar to") {
    stream.expect("to");
  }
  const pattern = grammar.operators(BINDING.multiset);
  const escaped = stream.accept("escape") ? grammar.operators(BINDING.multiset) : undefined;
  return { kind: "like", operator, operand, negated, pattern, escape: escaped, span: stream.spanFrom(start) };
}
