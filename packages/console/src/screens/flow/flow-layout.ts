import { Graph, layout } from "@dagrejs/dagre";
import type { FlowShape } from "./flow-store.ts";
import type { NodeKind } from "./topology.ts";

export const cardWidth = 208;
export const cardHeight = 90;
const between = 24;
const columnGap = 92;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where each card lies: flows go from left to right; what is connected with nothing lies below. */
export function flowLayout({ nodes, edges }: FlowShape): ReadonlyMap<string, Place> {
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: between, ranksep: columnGap, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes)
    if (connected.has(id)) graph.setNode(id, { width: cardWidth, height: cardHeight });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  const places = new Map<string, Place>();
  for (const id of graph.nodes()) {
    const { x = 0, y = 0 } = graph.node(id) as Partial<Place>;
    places.set(id, { x: x - cardWidth / 2, y: y - cardHeight / 2 });
  }
  placeAlone(
    nodes.filter(({ id }) => !connected.has(id)),
    places,
  );
  return places;
}

const order: readonly NodeKind[] = [
  ...(["producer", "stream", "application", "delivery", "consumer"] as const),
  ...(["bucket", "table", "cluster", "endpoint"] as const),
];

/** Rows of what has no connection, under the rest. */
function placeAlone(alone: FlowShape["nodes"], places: Map<string, Place>): void {
  const taken = [...places.values()];
  const top = taken.length === 0 ? 0 : Math.max(...taken.map(({ y }) => y)) + cardHeight + 3 * between;
  const width = taken.length === 0 ? 0 : Math.max(...taken.map(({ x }) => x)) + cardWidth;
  const columns = Math.max(3, Math.floor(width / (cardWidth + between)));
  const sorted = [...alone].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  for (const [index, { id }] of sorted.entries())
    places.set(id, {
      x: (index % columns) * (cardWidth + between),
      y: top + Math.floor(index / columns) * (cardHeight + between),
    });
}
