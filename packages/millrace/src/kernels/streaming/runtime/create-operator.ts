import type { Field } from "../../../sql/flink/types.ts";
import type { Operator, OperatorContext } from "../operator.ts";
import type { PlanNode } from "../plan/physical-plan.ts";

/** Makes the operator of a node that is neither source nor sink, for one subtask. */
export function createOperator(
  node: PlanNode,
  inputs: readonly (readonly Field[])[],
  context: OperatorContext,
): Operator {
  const { operator } = node;
  switch (operator.kind) {
    default:
      throw new Error(`${context.name}: no operator for ${operator.kind} of ${inputs.length} inputs`);
  }
}
