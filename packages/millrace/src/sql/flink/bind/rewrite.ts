import type { BoundExpression, ColumnExpression } from "../bound-expression.ts";

/**
 * The expression with parts of it replaced: `whole` is asked first for each part from the top, `column` for the
 * columns that are left. What is there several times is rewritten once.
 */
export function rewrite(
  expression: BoundExpression,
  whole: (part: BoundExpression) => BoundExpression | undefined,
  column: (part: ColumnExpression) => BoundExpression,
): BoundExpression {
  const done = new Map<BoundExpression, BoundExpression>();
  const visit = (part: BoundExpression): BoundExpression => {
    const known = done.get(part);
    if (known !== undefined) return known;
    const result = whole(part) ?? (part.kind === "column" ? column(part) : below(part, visit));
    done.set(part, result);
    return result;
  };
  return visit(expression);
}

/** The expression with its columns put through `change`. */
export function mapColumns(
  expression: BoundExpression,
  change: (part: ColumnExpression) => BoundExpression,
): BoundExpression {
  return rewrite(expression, () => undefined, change);
}

function below(
  part: Exclude<BoundExpression, ColumnExpression>,
  visit: (part: BoundExpression) => BoundExpression,
): BoundExpression {
  switch (part.kind) {
    case "literal":
      return part;
    case "call":
      return { ...part, arguments: part.arguments.map(visit) };
    case "cast":
    case "field":
      return { ...part, operand: visit(part.operand) };
    case "case":
      return {
        ...part,
        branches: part.branches.map(({ when, result }) => ({ when: visit(when), result: visit(result) })),
        otherwise: visit(part.otherwise),
      };
  }
}

/** The columns that an expression reads, each once. */
export function columnsIn(expression: BoundExpression): readonly ColumnExpression[] {
  const found = new Map<number, ColumnExpression>();
  mapColumns(expression, (part) => {
    found.set(part.index, part);
    return part;
  });
  return [...found.values()];
}
