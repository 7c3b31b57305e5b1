import type { BoundFunction } from "../../../sql/flink/bind/index.ts";
import type { Connector } from "../connector-port.ts";
import type { PhysicalPlan, PlanNode, SinkOperator, SourceOperator } from "../plan/physical-plan.ts";
import type { SubtaskStart } from "./subtask-port.ts";

/** What a program has come to: all that running it takes. */
export interface JobPlan {
  readonly plan: PhysicalPlan;
  readonly functions: readonly BoundFunction[];
  readonly timeZone: string;
  readonly stateTtlMs: number;
}

export interface SourceNode extends PlanNode {
  readonly operator: SourceOperator;
}

export interface SinkNode extends PlanNode {
  readonly operator: SinkOperator;
}

export function sourceNodes(plan: PhysicalPlan): readonly SourceNode[] {
  return plan.nodes.filter((node): node is SourceNode => node.operator.kind === "source");
}

export function sinkNodes(plan: PhysicalPlan): readonly SinkNode[] {
  return plan.nodes.filter((node): node is SinkNode => node.operator.kind === "sink");
}

/** The connector of a node's table; the binder has seen that there is one. */
export function connectorOf(
  node: SourceNode | SinkNode,
  connectors: ReadonlyMap<string, Connector>,
): Connector {
  const name = node.operator.table.options["connector"] ?? "";
  const connector = connectors.get(name);
  if (connector === undefined) throw new Error(`there is no connector '${name}'`);
  return connector;
}

/** How the rows of each sink that gets any become bytes. */
export function encodingsOf(
  plan: PhysicalPlan,
  connectors: ReadonlyMap<string, Connector>,
): SubtaskStart["encodings"] {
  const encodings: SubtaskStart["encodings"][number][] = [];
  for (const node of sinkNodes(plan)) {
    const connector = connectorOf(node, connectors);
    if (connector.isInternal === true) continue;
    const { table } = node.operator;
    const encoding = connector.sinkEncoding?.(table) ?? {
      format: table.options["format"] ?? "json",
      keys: undefined,
      leaveOut: [],
    };
    encodings.push({ node: node.id, encoding });
  }
  return encodings;
}

/** After which splits of a source are idle: as its watermark says; 0: never. */
export function idleTimeoutOf(plan: PhysicalPlan, source: SourceNode): number {
  const behind = new Set([source.id]);
  let timeoutMs = 0;
  for (const { id, inputs, operator } of plan.nodes) {
    if (!inputs.some((edge) => behind.has(edge.node))) continue;
    behind.add(id);
    if (operator.kind !== "watermark" || operator.idleTimeoutMs === 0) continue;
    timeoutMs = timeoutMs === 0 ? operator.idleTimeoutMs : Math.min(timeoutMs, operator.idleTimeoutMs);
  }
  return timeoutMs;
}
