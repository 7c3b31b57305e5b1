import type {
  BoundExpression,
  CastExpression,
  LiteralExpression,
} from "../../../sql/flink/bound-expression.ts";
import { castFunction } from "./casts/cast-function.ts";

/**
 * Casts of literals become literals, so that functions see them as the constants they are. What fails, or depends
 * on the time zone, stays as it is. What is shared in the expression stays shared.
 */
export function fold(expression: BoundExpression): BoundExpression {
  return folding(expression, new Map());
}

function folding(expression: BoundExpression, known: Map<BoundExpression, BoundExpression>): BoundExpression {
  const before = known.get(expression);
  if (before !== undefined) return before;
  const folded = foldParts(expression, (part) => folding(part, known));
  known.set(expression, folded);
  return folded;
}

function foldParts(
  expression: BoundExpression,
  inner: (part: BoundExpression) => BoundExpression,
): BoundExpression {
  switch (expression.kind) {
    case "call":
      return { ...expression, arguments: expression.arguments.map(inner) };
    case "cast":
      return foldCast({ ...expression, operand: inner(expression.operand) });
    case "field":
      return { ...expression, operand: inner(expression.operand) };
    case "case":
      return {
        ...expression,
        branches: expression.branches.map(({ when, result }) => ({
          when: inner(when),
          result: inner(result),
        })),
        otherwise: inner(expression.otherwise),
      };
    default:
      return expression;
  }
}

function foldCast(expression: CastExpression): LiteralExpression | CastExpression {
  const { operand, type } = expression;
  if (operand.kind !== "literal") return expression;
  if (operand.value === null) return { kind: "literal", type, value: null };
  if (operand.type.kind === "timestamp_ltz" || type.kind === "timestamp_ltz") return expression;
  try {
    // Literals of BIGINT are bigints in either mode.
    const value = castFunction(operand.type, type, "exact")(operand.value, "UTC");
    return { kind: "literal", type, value };
  } catch {
    return expression;
  }
}
