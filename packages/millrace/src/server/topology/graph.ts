export type NodeKind =
  | ("producer" | "stream" | "consumer" | "application" | "delivery")
  | ("bucket" | "table" | "cluster" | "endpoint");

export interface TopologyNode {
  /** The same as long as the thing is the same: an ARN where there is one. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** What it is, in a few words: `Boto3 1.40.1`, `Enhanced fan-out`, `2 x ra3.xlplus`. */
  readonly detail?: string | undefined;
  readonly arn?: string | undefined;
  readonly principal?: string | undefined;
  readonly status?: string | undefined;
  readonly figures: Readonly<Record<string, number>>;
  /** Records of each of the last seconds, oldest first. */
  readonly history?: readonly number[] | undefined;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly kind:
    | "puts"
    | "reads"
    | "delivers"
    | "backs-up"
    | "stages"
    | "writes"
    | "holds"
    | "queries"
    | "describes";
  /** What `recordsPerSecond` counts. */
  readonly unit: "records" | "objects" | "queries";
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly lagMs?: number;
  readonly behindRecords?: number;
  readonly errorsPerMinute?: number;
}

export interface TopologyGraph {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** Left out because there are too many; the busiest are shown. */
  readonly omittedNodes: number;
}

const maxNodes = 500;
const maxEdges = 2_000;

/** Collects nodes and edges. What is said first of a node stays; of an edge that is there, rates add up. */
export class GraphBuilder {
  readonly #nodes = new Map<string, TopologyNode>();
  readonly #edges = new Map<string, TopologyEdge>();

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  node(node: TopologyNode): void {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node);
  }

  edge(edge: TopologyEdge): void {
    const key = `${edge.from}\0${edge.to}`;
    const known = this.#edges.get(key);
    this.#edges.set(key, known === undefined ? edge : sumOf(known, edge));
  }

  /** What goes through a node whose own counters nobody keeps: what its edges say. */
  #withRates(node: TopologyNode, edges: readonly TopologyEdge[]): TopologyNode {
    if (node.kind !== "application") return node;
    const figures = { recordsPerSecond: 0, bytesPerSecond: 0, outRecordsPerSecond: 0, lagMs: 0 };
    for (const { from, to, recordsPerSecond, bytesPerSecond, lagMs = 0 } of edges) {
      if (from === node.id) figures.outRecordsPerSecond += recordsPerSecond;
      if (to !== node.id) continue;
      figures.recordsPerSecond += recordsPerSecond;
      figures.bytesPerSecond += bytesPerSecond;
      figures.lagMs = Math.max(figures.lagMs, lagMs);
    }
    return { ...node, figures: { ...figures, ...node.figures } };
  }

  /** Nodes and edges in a fixed order, the busiest ones when there are too many. */
  build(): TopologyGraph {
    const edges = [...this.#edges.values()].filter(({ from, to }) => this.has(from) && this.has(to));
    const kept = this.#busiest(edges);
    return {
      nodes: [...kept.values()].map((node) => this.#withRates(node, edges)).sort((a, b) => order(a, b)),
      edges: edges
        .filter(({ from, to }) => kept.has(from) && kept.has(to))
        .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond)
        .slice(0, maxEdges)
        .sort((a, b) => (`${a.from}\0${a.to}` < `${b.from}\0${b.to}` ? -1 : 1)),
      omittedNodes: this.#nodes.size - kept.size,
    };
  }

  #busiest(edges: readonly TopologyEdge[]): ReadonlyMap<string, TopologyNode> {
    if (this.#nodes.size <= maxNodes) return this.#nodes;
    const weights = new Map<string, number>();
    for (const { from, to, bytesPerSecond, recordsPerSecond } of edges)
      for (const id of [from, to])
        weights.set(id, (weights.get(id) ?? 0) + 1e-3 + bytesPerSecond + recordsPerSecond);
    const weight = (id: string): number => weights.get(id) ?? 0;
    const sorted = [...this.#nodes.values()].sort((a, b) => weight(b.id) - weight(a.id) || order(a, b));
    return new Map(sorted.slice(0, maxNodes).map((node) => [node.id, node]));
  }
}

function order(a: TopologyNode, b: TopologyNode): number {
  const [first, second] = [`${a.kind}\0${a.name}\0${a.id}`, `${b.kind}\0${b.name}\0${b.id}`];
  return first < second ? -1 : 1;
}

function sumOf(a: TopologyEdge, b: TopologyEdge): TopologyEdge {
  const lagMs = Math.max(a.lagMs ?? 0, b.lagMs ?? 0);
  const behindRecords = (a.behindRecords ?? 0) + (b.behindRecords ?? 0);
  const errorsPerMinute = (a.errorsPerMinute ?? 0) + (b.errorsPerMinute ?? 0);
  return {
    ...a,
    recordsPerSecond: a.recordsPerSecond + b.recordsPerSecond,
    bytesPerSecond: a.bytesPerSecond + b.bytesPerSecond,
    ...(a.lagMs === undefined && b.lagMs === undefined ? {} : { lagMs }),
    ...(behindRecords === 0 ? {} : { behindRecords }),
    ...(errorsPerMinute === 0 ? {} : { errorsPerMinute }),
  };
}
