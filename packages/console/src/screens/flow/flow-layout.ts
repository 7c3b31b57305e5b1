import { Graph, layout } from "@dagrejs/dagre";
import type { FlowShape } from "./flow-store.ts";
import { edgeId, type NodeKind } from "./topology.ts";

export const cardWidth = 184;
export const cardHeight = 98;
const between = 22;
const columnGap = 20;
/** Room for what is written on a line. */
const labelSize = { width: 84, height: 42 } as const;

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

/**
 * Where each card lies. Flows go from left to right; those that have nothing to do with each other lie side by side,
 * and what is connected with nothing lies below.
 */
export function flowLayout(shape: FlowShape): FlowLayout {
  const places = new Map<string, Place>();
  const routes = new Map<string, Route>();
  const { parts, alone } = partsOf(shape);
  const laid = parts.map(partLayout);
  for (const [index, corner] of packed(laid).entries()) {
    const part = laid[index];
    for (const [id, place] of part?.places ?? []) places.set(id, moved(place, corner));
    for (const [id, { bends, label }] of part?.routes ?? [])
      routes.set(id, { bends: bends.map((bend) => moved(bend, corner)), label: moved(label, corner) });
  }
  placeAlone(alone, places);
  return { places, routes };
}

interface PartLayout extends FlowLayout {
  readonly width: number;
  readonly height: number;
}

function partLayout({ nodes, edges }: FlowShape): PartLayout {
  const graph = new Graph();
  graph.setGraph({
    rankdir: "LR",
    nodesep: between,
    edgesep: 12,
    ranksep: columnGap,
    marginx: 0,
    marginy: 0,
  });
  for (const { id } of nodes) graph.setNode(id, { width: cardWidth, height: cardHeight });
  for (const { from, to } of edges) graph.setEdge(from, to, { ...labelSize, labelpos: "c" });
  layout(graph);
  const places = new Map<string, Place>();
  for (const id of graph.nodes()) {
    const { x = 0, y = 0 } = graph.node(id) as Partial<Place>;
    places.set(id, { x: x - cardWidth / 2, y: y - cardHeight / 2 });
  }
  const routes = new Map(edges.map((edge) => [edgeId(edge), routeOf(graph, edge)]));
  const { width = cardWidth, height = cardHeight } = graph.graph() as Partial<PartLayout>;
  return { places, routes, width, height };
}

/** Nodes that are connected in whatever way belong together; the largest parts come first. */
function partsOf({ nodes, edges }: FlowShape): {
  readonly parts: readonly FlowShape[];
  readonly alone: FlowShape["nodes"];
} {
  const leaders = new Map<string, string>(nodes.map(({ id }) => [id, id]));
  const leaderOf = (id: string): string => {
    const leader = leaders.get(id) ?? id;
    if (leader === id) return id;
    const first = leaderOf(leader);
    leaders.set(id, first);
    return first;
  };
  for (const { from, to } of edges) leaders.set(leaderOf(from), leaderOf(to));
  const groups = Map.groupBy(nodes, ({ id }) => leaderOf(id));
  const parts = [...groups.values()]
    .filter(({ length }) => length > 1)
    .sort((a, b) => b.length - a.length)
    .map((members) => {
      const leader = leaderOf(members[0]?.id ?? "");
      return { nodes: members, edges: edges.filter(({ from }) => leaderOf(from) === leader) };
    });
  return { parts, alone: [...groups.values()].filter(({ length }) => length === 1).flat() };
}

const partGap = 64;
/** Of width to height: about that of a screen. */
const wantedShape = 1.6;

/** The upper left corners of parts in rows, which together are about as wide as a screen. */
function packed(parts: readonly PartLayout[]): readonly Place[] {
  const area = parts.reduce((sum, { width, height }) => sum + (width + partGap) * (height + partGap), 0);
  const widest = Math.max(0, ...parts.map(({ width }) => width));
  const room = Math.max(widest, Math.sqrt(area * wantedShape));
  let [x, y, rowHeight] = [0, 0, 0];
  return parts.map(({ width, height }) => {
    if (x > 0 && x + width > room) {
      y += rowHeight + partGap;
      [x, rowHeight] = [0, 0];
    }
    const corner = { x, y };
    x += width + partGap;
    rowHeight = Math.max(rowHeight, height);
    return corner;
  });
}

function moved({ x, y }: Place, by: Place): Place {
  return { x: x + by.x, y: y + by.y };
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
