import { Graph, layout } from "@dagrejs/dagre";
import type { FlowShape } from "./flow-store.ts";
import { edgeId, type NodeKind } from "./topology.ts";

export const cardWidth = 184;
export const cardHeight = 98;
const between = 22;
const columnGap = 20;
/** Room for what is written on a line. */
const labelSize = { width: 74, height: 40 } as const;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How a line goes: around the cards that lie between its ends. */
export interface Route {
  /** Between its ends, from left to right. */
  readonly bends: readonly Place[];
  /** The middle of its label. */
  readonly label: Place;
}

export interface FlowLayout {
  /** The upper left corner of each card. */
  readonly places: ReadonlyMap<string, Place>;
  readonly routes: ReadonlyMap<string, Route>;
}

/** Where each card lies: flows go from left to right; what is connected with nothing lies below. */
export function flowLayout({ nodes, edges }: FlowShape): FlowLayout {
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const graph = new Graph();
  graph.setGraph({
    rankdir: "LR",
    nodesep: between,
    edgesep: 12,
    ranksep: columnGap,
    marginx: 0,
    marginy: 0,
  });
  for (const { id } of nodes)
    if (connected.has(id)) graph.setNode(id, { width: cardWidth, height: cardHeight });
  for (const { from, to } of edges) graph.setEdge(from, to, { ...labelSize, labelpos: "c" });
  layout(graph);
  const places = new Map<string, Place>();
  for (const id of graph.nodes()) {
    const { x = 0, y = 0 } = graph.node(id) as Partial<Place>;
    places.set(id, { x: x - cardWidth / 2, y: y - cardHeight / 2 });
  }
  const routes = new Map(edges.map((edge) => [edgeId(edge), routeOf(graph, edge)]));
  const alone = nodes.filter(({ id }) => !connected.has(id));
  placeAlone(alone, places);
  return { places, routes };
}

function routeOf(graph: Graph, { from, to }: { readonly from: string; readonly to: string }): Route {
  const {
    points = [],
    x = 0,
    y = 0,
  } = graph.edge(from, to) as {
    readonly points?: readonly Place[];
    readonly x?: number;
    readonly y?: number;
  };
  // The first and the last lie where the line meets a card: it goes to the middle of the card's side instead.
  const inner = points.slice(1, -1);
  return { bends: inner.length > 1 ? inner : [], label: { x, y } };
}

/** A curve through points, level in each of them. */
export function curve(points: readonly Place[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${first.x},${first.y}`;
  let last = first;
  for (const point of rest) {
    const middle = (last.x + point.x) / 2;
    path += ` C${middle},${last.y} ${middle},${point.y} ${point.x},${point.y}`;
    last = point;
  }
  return path;
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
