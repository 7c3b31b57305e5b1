import { parseLogical } from "../../lexer/logical-chain.ts";
import type { Expression } from "../ast/tree.ts";
import { parseComparison } from "./expression-comparison.ts";
import { parsePredicate, predicateBinding } from "./expression-predicate.ts";
import { BINDING, type Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** An expression of any kind. */
export function parseDisjunction(grammar: Grammar): Expression {
  return parseLogical<Expression>(grammar.stream, () => parseOperators(grammar, BINDING.not));
}

/** Operators that bind at least as tightly as `binding`, to the left; by climbing. */
export function parseOperators(grammar: Grammar, binding: number): Expression {
  const { stream } = grammar;
  const height = stream.enter();
  const { start } = stream.current;
  let left = parsePrefix(grammar);
  for (;;) {
    const next = infixBinding(stream);
    if (next < binding || next === 0) {
      break;
    }
    left =
      next === BINDING.is || next === BINDING.predicate || stream.at("is")
        ? parsePredicate(grammar, left, start)
        : parseComparison(grammar, left, next, start);
    stream.deepen();
  }
  stream.leave(height);
  return left;
}

/** How tightly what follows binds as an operator behind its operand; 0 when it is none. */
function infixBinding(stream: TokenStream): number {
  const { current } = stream;
  if (current.kind === "operator") {
    return operatorBinding(current.lexeme);
  }
  return current.kind === "word" ? predicateBinding(stream) : 0;
}

function operatorBinding(operator: string): number {
  switch (operator) {
    case "=":
    case "<":
    case ">":
    case "<=":
    case ">=":
    case "<>":
    case "!=":
      return BINDING.comparison;
    case "+":
    case "-":
      return BINDING.sum;
    case "*":
    case "/":
    case "%":
    case "||":
      return BINDING.product;
    default:
      return 0;
  }
}

function parsePrefix(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start, lexeme } = stream.current;
  if (lexeme === "not") {
    stream.next();
    const operand = grammar.operators(BINDING.not);
    return { kind: "not", operand, span: stream.spanFrom(start) };
  }
  if (lexeme === "-" || lexeme === "+") {
    stream.next();
    const operand = grammar.operators(BINDING.sign);
    return { kind: "unary", operator: lexeme, operand, span: stream.spanFrom(start) };
  }
  return grammar.primary();
}
