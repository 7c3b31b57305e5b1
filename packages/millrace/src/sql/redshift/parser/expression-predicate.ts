import type { Expression, IsTest, Like } from "../ast/tree.ts";
import { parseQuantified } from "./expression-quantified.ts";
import { atQuery, atQueryTail, BINDING, type Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** How tightly the word that follows binds as an operator behind its operand; 0 when it is none. */
export function predicateBinding(stream: TokenStream): number {
  switch (stream.current.lexeme) {
    case "is":
    case "isnull":
    case "notnull":
      return BINDING.is;
    case "not":
      return negatableBinding(stream.peek(1).lexeme);
    case "overlaps":
      return BINDING.overlaps;
    case "at":
      return stream.at("at", "time", "zone") ? BINDING.atTimeZone : 0;
    default:
      return negatableBinding(stream.current.lexeme);
  }
}

function negatableBinding(word: string): number {
  switch (word) {
    case "like":
    case "ilike":
    case "similar":
      return BINDING.like;
    case "between":
      return BINDING.between;
    case "in":
      return BINDING.in;
    default:
      return 0;
  }
}

/** What `predicateBinding` saw, behind its operand, which began at `start`. */
export function parsePredicate(grammar: Grammar, operand: Expression, start: number): Expression {
  const { stream } = grammar;
  const negated = stream.accept("not");
  const word = stream.next().lexeme;
  switch (word) {
    case "is":
      return parseIs(grammar, operand, start);
    case "isnull":
    case "notnull":
      return isTest(stream, operand, "null", word === "notnull", start);
    case "at":
      return parseAtTimeZone(grammar, operand, start);
    case "overlaps":
      return parseOverlaps(grammar, operand, start);
    case "between":
      return parseBetween(grammar, operand, negated, start);
    case "in":
      return parseIn(grammar, operand, negated, start);
    case "similar":
      stream.expect("to");
      return parseLike(grammar, operand, "similar to", negated, start);
    default:
      return parseLike(grammar, operand, word === "ilike" ? "ilike" : "like", negated, start);
  }
}

function parseIs(grammar: Grammar, operand: Expression, start: number): Expression {
  const { stream } = grammar;
  const negated = stream.accept("not");
  const operatorStart = stream.current.start;
  const test = stream.acceptAny("null", "true", "false", "unknown");
  if (test !== undefined) {
    return isTest(stream, operand, test, negated, start);
  }
  // PostgreSQL 8 has no IS NOT DISTINCT FROM.
  if (negated) {
    throw stream.syntaxError();
  }
  stream.expect("distinct", "from");
  const operatorSpan = stream.spanFrom(operatorStart);
  const right = grammar.operators(BINDING.is + 1);
  const span = stream.spanFrom(start);
  return { kind: "binary", operator: "is distinct from", operatorSpan, left: operand, right, span };
}

function isTest(
  stream: TokenStream,
  operand: Expression,
  test: IsTest["test"],
  negated: boolean,
  start: number,
): IsTest {
  return { kind: "is", operand, test, negated, span: stream.spanFrom(start) };
}

function parseAtTimeZone(grammar: Grammar, operand: Expression, start: number): Expression {
  const { stream } = grammar;
  stream.expect("time", "zone");
  const zone = grammar.operators(BINDING.atTimeZone + 1);
  return { kind: "at-time-zone", operand, zone, span: stream.spanFrom(start) };
}

/** `(a, b) overlaps (c, d)` is a call of `overlaps` with four arguments. */
function parseOverlaps(grammar: Grammar, operand: Expression, start: number): Expression {
  const { stream } = grammar;
  const nameSpan = stream.spanFrom(stream.previousEnd - "overlaps".length);
  const other = grammar.operators(BINDING.overlaps + 1);
  const periods = [operand, other];
  const items = periods.flatMap((period) => (period.kind === "row" ? period.items : []));
  if (periods.some((period) => period.kind !== "row" || period.items.length !== 2)) {
    throw stream.error("42601", "wrong number of parameters on both sides of OVERLAPS expression", start);
  }
  const part = { name: "overlaps", quoted: false, span: nameSpan };
  return {
    kind: "call",
    name: { parts: [part], span: nameSpan },
    arguments: items,
    star: false,
    distinct: false,
    approximate: false,
    withinGroup: undefined,
    nulls: undefined,
    over: undefined,
    span: stream.spanFrom(start),
  };
}

function parseBetween(grammar: Grammar, operand: Expression, negated: boolean, start: number): Expression {
  const { stream } = grammar;
  const low = grammar.operators(BINDING.notEqual);
  stream.expect("and");
  const high = grammar.operators(BINDING.notEqual);
  return { kind: "between", operand, low, high, negated, span: stream.spanFrom(start) };
}

function parseIn(grammar: Grammar, operand: Expression, negated: boolean, start: number): Expression {
  const { stream } = grammar;
  const bracket = stream.current.start;
  stream.expect("(");
  if (atQuery(stream)) {
    const query = grammar.query();
    stream.expect(")");
    return { kind: "in-query", operand, query, negated, span: stream.spanFrom(start) };
  }
  const first = grammar.expression();
  if (first.kind === "scalar-query" && (stream.at(")") || atQueryTail(stream))) {
    const query = stream.at(")") ? first.query : grammar.queryAfter(first.query, bracket + 1);
    stream.expect(")");
    return { kind: "in-query", operand, query, negated, span: stream.spanFrom(start) };
  }
  const items = [first];
  while (stream.accept(",")) {
    items.push(grammar.expression());
  }
  stream.expect(")");
  return { kind: "in-list", operand, items, negated, span: stream.spanFrom(start) };
}

function parseLike(
  grammar: Grammar,
  operand: Expression,
  operator: Like["operator"],
  negated: boolean,
  start: number,
): Expression {
  const { stream } = grammar;
  const quantifier = stream.peek(1).lexeme === "(" ? stream.acceptAny("any", "some", "all") : undefined;
  if (quantifier !== undefined) {
    const name = negated ? `not ${operator}` : operator;
    return parseQuantified(grammar, operand, name, quantifier === "all" ? "all" : "any", start);
  }
  const pattern = grammar.operators(BINDING.like + 1);
  const escaping = stream.accept("escape") ? grammar.operators(BINDING.like + 1) : undefined;
  return {
    kind: "like",
    operator,
    operand,
    pattern,
    escape: escaping,
    negated,
    span: stream.spanFrom(start),
  };
}
