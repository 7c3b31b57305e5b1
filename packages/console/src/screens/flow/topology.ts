/** What `GET topology` answers: see docs/admin-api.md. */
export interface Topology {
  readonly at: number;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly omittedNodes: number;
}

export type NodeKind =
  | ("producer" | "stream" | "consumer" | "application" | "delivery")
  | ("bucket" | "table" | "cluster" | "endpoint");

export interface TopologyNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly detail?: string;
  readonly arn?: string;
  readonly principal?: string;
  readonly status?: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly history?: readonly number[];
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly unit: "records" | "objects" | "queries";
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly lagMs?: number;
  readonly behindRecords?: number;
  readonly errorsPerMinute?: number;
}

/** The same as long as the edge is. */
export function edgeId({ from, to }: Pick<TopologyEdge, "from" | "to">): string {
  return `${from} → ${to}`;
}

/** How well an edge does. */
export type Health = "idle" | "active" | "behind" | "failing";

/** A reader that is further behind than this is shown as such. */
const behindMs = 10_000;

export function healthOf({ recordsPerSecond, lagMs = 0, errorsPerMinute = 0 }: TopologyEdge): Health {
  if (errorsPerMinute > 0) return "failing";
  if (lagMs >= behindMs) return "behind";
  return recordsPerSecond > 0 ? "active" : "idle";
}
