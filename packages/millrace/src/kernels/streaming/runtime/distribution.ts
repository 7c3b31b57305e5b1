import { keyGroupsOf } from "../columns/index.ts";
import { keyGroupCount } from "../operator.ts";
import type { PhysicalPlan, PlanNode } from "../plan/physical-plan.ts";

/** Ids of the nodes that have rows in the first subtask alone: VALUES, and what is behind a `single` exchange. */
export function singleNodes(plan: PhysicalPlan): ReadonlySet<number> {
  const single = new Set<number>();
  for (const node of plan.nodes) if (isSingle(node, single)) single.add(node.id);
  return single;
}

function isSingle(node: PlanNode, single: ReadonlySet<number>): boolean {
  if (node.operator.kind === "values") return true;
  return (
    node.inputs.length > 0 &&
    node.inputs.every(
      (edge) =>
        edge.exchange.kind === "single" || (edge.exchange.kind === "forward" && single.has(edge.node)),
    )
  );
}

export function keyGroupsFor(
  isSingleNode: boolean,
  subtask: number,
  parallelism: number,
): { readonly from: number; readonly to: number } {
  if (!isSingleNode) return keyGroupsOf(subtask, parallelism);
  return subtask === 0 ? { from: 0, to: keyGroupCount } : { from: 0, to: 0 };
}
