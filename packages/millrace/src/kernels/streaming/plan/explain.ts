import type { PhysicalPlan, PlanNode } from "./physical-plan.ts";

/** The plan as Flink's EXPLAIN draws one: from the sinks down; what several read is shown again by its number. */
export function explainPlan(plan: PhysicalPlan): string {
  const lines: string[] = ["== Optimized Physical Plan =="];
  const shown = new Set<number>();
  for (const node of plan.nodes)
    if (node.operator.kind === "sink") explainNode(plan, node, 0, { lines, shown });
  return `${lines.join("\n")}\n`;
}

interface Explanation {
  readonly lines: string[];
  readonly shown: Set<number>;
}

function explainNode(plan: PhysicalPlan, node: PlanNode, depth: number, { lines, shown }: Explanation): void {
  const isAgain = shown.has(node.id) && node.inputs.length > 0;
  const readers = plan.nodes.filter(({ inputs }) => inputs.some((input) => input.node === node.id)).length;
  const reused = readers > 1 ? `(reuse_id=[${node.id}])` : "";
  lines.push(
    isAgain
      ? `${prefix(depth)}Reused(reference_id=[${node.id}])`
      : `${prefix(depth)}${node.description}${reused}`,
  );
  shown.add(node.id);
  if (isAgain) return;
  for (const { node: id, exchange } of node.inputs) {
    const input = plan.nodes.find((other) => other.id === id);
    if (input === undefined) continue;
    if (exchange.kind === "forward") explainNode(plan, input, depth + 1, { lines, shown });
    else {
      const columns =
        exchange.kind === "hash" ? exchange.columns.map((column) => input.fields[column]?.name) : [];
      const distribution = exchange.kind === "hash" ? `hash[${columns.join(", ")}]` : "single";
      lines.push(`${prefix(depth + 1)}Exchange(distribution=[${distribution}])`);
      explainNode(plan, input, depth + 2, { lines, shown });
    }
  }
}

const prefix = (depth: number): string => (depth === 0 ? "" : `${"   ".repeat(depth - 1)}+- `);
