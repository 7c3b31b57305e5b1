import { parseLogical } from "../../lexer/logical-chain.ts";
import type { Binary, Expression } from "../ast/tree.ts";
import { parsePredicate, predicateBinding } from "./expression-predicate.ts";
import { parseQuantified } from "./expression-quantified.ts";
import { BINDING, type Grammar, operatorBinding } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** An expression of any kind. */
export function parseDisjunction(grammar: Grammar): Expression {
  return parseLogical<Expression>(grammar.stream, () => parseOperators(grammar, BINDING.not));
}

/** Operators that bind at least as tightly as `binding`; by climbing, each level to the left unless it says other. */
export function parseOperators(grammar: Grammar, binding: number): Expression {
  const { stream } = grammar;
  const height = stream.enter();
  const { start } = stream.current;
  let left = parsePrefix(grammar);
  let closed = 0;
  for (;;) {
    const next = infixBinding(stream);
    if (next < binding || next === 0) {
      break;
    }
    if (next === closed) {
      throw stream.syntaxError();
    }
    left =
      next === BINDING.atTimeZone || isPredicate(next)
        ? parsePredicate(grammar, left, start)
        : parseBinary(grammar, left, next, start);
    closed = standsAlone(next, left) ? next : 0;
    stream.deepen();
  }
  stream.leave(height);
  return left;
}

const isPredicate = (binding: number): boolean =>
  (binding >= BINDING.like && binding <= BINDING.in) || binding === BINDING.is;

/** Whether an operator takes no operand that ends in one of its own kind: `a < b < c`. */
const standsAlone = (binding: number, { kind }: Expression): boolean =>
  (binding === BINDING.less || isPredicate(binding)) && (kind === "like" || kind === "binary");

/** How tightly what follows binds as an operator behind its operand; 0 when it is none. */
function infixBinding(stream: TokenStream): number {
  const { current } = stream;
  if (current.kind === "operator") {
    return operatorBinding(current.lexeme);
  }
  if (current.kind !== "word") {
    return 0;
  }
  return current.lexeme === "operator" && stream.at("operator", "(")
    ? BINDING.operator
    : predicateBinding(stream);
}

function parsePrefix(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start, kind, lexeme } = stream.current;
  if (lexeme === "not") {
    stream.next();
    const operand = grammar.operators(BINDING.not);
    return { kind: "not", operand, span: stream.spanFrom(start) };
  }
  if (kind === "operator" && lexeme !== "*" && !stream.atTemporaryName()) {
    const sign = lexeme === "-" || lexeme === "+";
    if (operatorBinding(lexeme) !== BINDING.operator && !sign) {
      throw stream.syntaxError();
    }
    stream.next();
    const operand = grammar.operators(sign ? BINDING.sign : BINDING.operator + 1);
    return { kind: "unary", operator: lexeme, postfix: false, operand, span: stream.spanFrom(start) };
  }
  return grammar.primary();
}

function parseBinary(grammar: Grammar, left: Expression, binding: number, start: number): Expression {
  const { stream } = grammar;
  const operatorStart = stream.current.start;
  const operator = readOperator(stream);
  const operatorSpan = stream.spanFrom(operatorStart);
  if (operator === "!" && !atOperand(stream)) {
    return { kind: "unary", operator, postfix: true, operand: left, span: stream.spanFrom(start) };
  }
  const quantifier = stream.peek(1).lexeme === "(" ? stream.acceptAny("any", "some", "all") : undefined;
  if (quantifier !== undefined) {
    return parseQuantified(grammar, left, operator, quantifier === "all" ? "all" : "any", start);
  }
  const right = grammar.operators(binding === BINDING.equal ? binding : binding + 1);
  return {
    kind: "binary",
    operator,
    operatorSpan,
    left,
    right,
    span: stream.spanFrom(start),
  } satisfies Binary;
}

/** An operator by itself or as `operator(pg_catalog.~)`; `!=` is `<>`. */
function readOperator(stream: TokenStream): string {
  if (!stream.accept("operator", "(")) {
    const operator = stream.next().lexeme;
    return operator === "!=" ? "<>" : operator;
  }
  while (stream.current.kind === "word") {
    stream.next();
    stream.expect(".");
  }
  if (stream.current.kind !== "operator") {
    throw stream.syntaxError();
  }
  const operator = stream.next().lexeme;
  stream.expect(")");
  return operator === "!=" ? "<>" : operator;
}

/** Whether an operand follows an operator that may also stand behind its only one. */
function atOperand(stream: TokenStream): boolean {
  switch (stream.current.kind) {
    case "end":
      return false;
    case "symbol":
      return stream.at("(");
    case "operator":
      return stream.at("-") || stream.at("+") || operatorBinding(stream.current.lexeme) === BINDING.operator;
    case "word":
      return (
        stream.atIdentifier() ||
        ["case", "cast", "null", "true", "false", "not"].includes(stream.current.lexeme)
      );
    default:
      return true;
  }
}
