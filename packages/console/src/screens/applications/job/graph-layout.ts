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

export interface Viewport extends Place {
  readonly zoom: number;
}

/** Smaller, and nothing can be read. */
const minZoom = 0.6;
const marginPx = 20;

/** All operators as large as there is room; where that is too small to be read, the first ones. */
export function graphViewport(places: Iterable<Place>, width: number, height: number): Viewport {
  let right = 1;
  let bottom = 1;
  for (const { x, y } of places) {
    right = Math.max(right, x + nodeSize.width);
    bottom = Math.max(bottom, y + nodeSize.height);
  }
  const fitting = Math.min((width - 2 * marginPx) / right, (height - 2 * marginPx) / bottom, 1);
  const zoom = Math.max(minZoom, fitting);
  const x = Math.max(marginPx, (width - right * zoom) / 2);
  return { x, y: Math.max(marginPx, (height - bottom * zoom) / 2), zoom };
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
