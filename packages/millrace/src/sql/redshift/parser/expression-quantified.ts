import type { Expression } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";

/** `= any (select ...)`, `<> all (array[...])`, `like any (...)`, behind its quantifier. */
export function parseQuantified(
  grammar: Grammar,
  operand: Expression,
  operator: string,
  quantifier: "any" | "all",
  start: number,
): Expression {
  const { stream } = grammar;
  const bracket = stream.current.start;
  stream.expect("(");
  const value = grammar.bracketed(bracket);
  const isQuery = value.kind === "scalar-query";
  return {
    kind: "quantified",
    operator,
    quantifier,
    operand,
    query: isQuery ? value.query : undefined,
    array: isQuery ? undefined : value,
    span: stream.spanFrom(start),
  };
}
