import type { Assignment } from "../ast/dml.ts";
import type { Expression } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";

/** An expression, or DEFAULT. */
function parseValue(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start } = stream.current;
  return stream.accept("default") ? { kind: "default", span: stream.spanFrom(start) } : grammar.expression();
}

/** `(a, default, b)` */
export function parseRowOfValues(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  stream.expect("(");
  const row = stream.list(() => parseValue(grammar));
  stream.expect(")");
  return row;
}

/** `a = 1, b = default`, behind SET. */
export function parseAssignments(grammar: Grammar): readonly Assignment[] {
  const { stream } = grammar;
  return stream.list(() => {
    const column = stream.identifier();
    stream.expect("=");
    return { column, value: parseValue(grammar) };
  });
}
