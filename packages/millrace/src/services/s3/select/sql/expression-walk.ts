import type { Expression, Path, SelectStatement } from "./expression.ts";

/** The expressions right inside one. */
function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "path":
      return [];
    case "aggregate":
      return expression.operand === undefined ? [] : [expression.operand];
    case "call":
      return expression.operands;
    case "negate":
    case "not":
    case "is":
    case "cast":
      return [expression.operand];
    case "and":
    case "or":
    case "concat":
    case "compare":
    case "arithmetic":
      return [expression.left, expression.right];
    case "between":
      return [expression.operand, expression.low, expression.high];
    case "in":
      return [expression.operand, ...expression.items];
    case "like":
      return expression.escape === undefined
        ? [expression.operand, expression.pattern]
        : [expression.operand, expression.pattern, expression.escape];
    case "case":
      return [
        ...expression.branches.flatMap(({ when, result }) => [when, result]),
        ...(expression.otherwise === undefined ? [] : [expression.otherwise]),
      ];
  }
}

/** Whether an expression looks at single records outside of its aggregates. */
export function mixesRecords(expression: Expression): boolean {
  if (expression.kind === "aggregate") return false;
  return expression.kind === "path" || children(expression).some(mixesRecords);
}

/** All paths in an expression. */
function pathsIn(expression: Expression): readonly Path[] {
  return expression.kind === "path" ? [expression] : children(expression).flatMap(pathsIn);
}

/** All paths in a statement, those inside aggregates too. */
export function pathsOfStatement({ projections, where }: SelectStatement): readonly Path[] {
  return [
    ...(projections ?? []).flatMap(({ expression }) => pathsIn(expression)),
    ...(where === undefined ? [] : pathsIn(where)),
  ];
}
