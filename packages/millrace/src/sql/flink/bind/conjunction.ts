import type { BoundExpression } from "../bound-expression.ts";
import { callOperator } from "./scalar-call.ts";

/** All of the conditions; undefined when there is none. */
export function conjunction(
  conditions: readonly BoundExpression[],
  position: number,
): BoundExpression | undefined {
  return conditions.length > 1 ? callOperator("and", conditions, position) : conditions[0];
}
