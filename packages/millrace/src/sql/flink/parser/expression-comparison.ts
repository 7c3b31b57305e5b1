import type { BinaryOperator, Expression, Quantified } from "../ast/tree.ts";
import { atQuery, BINDING, type Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** An operator with an operand on either side; `left` is read already. */
export function parseComparison(
  grammar: Grammar,
  left: Expression,
  binding: number,
  start: number,
): Expression {
  const { stream } = grammar;
  const operatorStart = stream.current.start;
  const operator = readOperator(stream);
  const operatorSpan = stream.spanFrom(operatorStart);
  if (binding === BINDING.comparison && stream.peek(1).lexeme === "(") {
    const quantifier = stream.acceptAny("any", "some", "all");
    if (quantifier !== undefined) {
      return parseQuantified(grammar, left, operator, quantifier === "all" ? "all" : "any", start);
    }
  }
  const right = grammar.operators(binding + 1);
  return { kind: "binary", operator, operatorSpan, left, right, span: stream.spanFrom(start) };
}

function readOperator(stream: TokenStream): BinaryOperator {
  const { current } = stream;
  if (current.kind === "operator") {
    stream.next();
    return current.lexeme === "!=" ? "<>" : (current.lexeme as BinaryOperator);
  }
  switch (stream.next().lexeme) {
    case "immediately":
      return `immediately ${stream.expectAny("precedes", "succeeds")}`;
    case "member":
      stream.expect("of");
      return "member of";
    case "submultiset":
      stream.expect("of");
      return "submultiset of";
    case "multiset": {
      const operator = `multiset ${stream.expectAny("union", "intersect", "except")}` as const;
      return stream.acceptAny("all", "distinct") === "distinct" ? `${operator} distinct` : operator;
    }
    default:
      return current.lexeme as BinaryOperator;
  }
}

// operand operator ANY|SOME|ALL ( query | expression, ... )
function parseQuantified(
  grammar: Grammar,
  operand: Expression,
  operator: BinaryOperator,
  quantifier: "any" | "all",
  start: number,
): Expression {
  const { stream } = grammar;
  stream.expect("(");
  const query = atQuery(stream) ? grammar.query() : undefined;
  const items = query === undefined ? stream.list(() => grammar.expression()) : [];
  stream.expect(")");
  return {
    kind: "quantified",
    operator: operator as Quantified["operator"],
    quantifier,
    operand,
    query,
    items,
    span: stream.spanFrom(start),
  };
}
