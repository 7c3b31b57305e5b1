import { Graph, layout } from "@dagrejs/dagre";
import type { JobNode } from "./job-status.ts";

export const nodeSize: { readonly width: number; readonly height: number } = Object.freeze({
  width: 230,
  height: 104,
});

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where each operator stands, from left to right. */
export function graphLayout(nodes: readonly Pick<JobNode, "id" | "inputs">[]): ReadonlyMap<number, Place> {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 46 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(nodes.map(({ id }) => id));
  for (const { id } of nodes) graph.setNode(`${id}`, { ...nodeSize });
  for (const { id, inputs } of nodes)
    for (const input of inputs) if (known.has(input)) graph.setEdge(`${input}`, `${id}`);
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(`${id}`) as Place;
      return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }];
    }),
  );
}
