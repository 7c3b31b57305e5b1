import { ClientNames } from "../../core/traffic/client-name.ts";
import type { Flow, FlowEnd, TrafficLog } from "../../core/traffic/traffic-log.ts";
import type { ObjectStore } from "../../kernels/objects/index.ts";
import { clientId } from "./client-id.ts";
import { rateAnswer } from "./consumer-answer.ts";
import { edgeOf } from "./delivery-nodes.ts";
import type { GraphBuilder, TopologyEdge } from "./graph.ts";
import type { PlaceNodes } from "./place-nodes.ts";
import { clientLifeMs } from "./stream-nodes.ts";

export interface FlowParts {
  readonly graph: GraphBuilder;
  readonly places: PlaceNodes;
  readonly objects: ObjectStore | undefined;
  readonly account: string;
  readonly nowMs: number;
}

/** What goes into buckets and out of them, to clusters and from applications. */
export function addFlows(parts: FlowParts, traffic: TrafficLog): void {
  const names = new ClientNames();
  for (const flow of traffic.flows()) {
    if (!isShown(parts, flow)) continue;
    const from = end(parts, flow.from, flow, "producer", names);
    const to = end(parts, flow.to, flow, "consumer", names);
    if (from === undefined || to === undefined) continue;
    const [kind, unit] = kindOf(flow);
    parts.graph.edge(edgeOf(from, to, kind, flow.ring, parts.nowMs, unit));
  }
}

/** Programs that have gone quiet are not, nor what delivery streams write: their own counters say more. */
function isShown({ objects, account, nowMs }: FlowParts, { from, to, ring }: Flow): boolean {
  const ends = [from, to];
  if (from.kind === "resource" && from.arn.startsWith("arn:aws:firehose:")) return false;
  if (!ends.some(({ kind }) => kind === "client")) return true;
  const bucket = ends.find((one) => one.kind === "bucket");
  const isOwn = bucket === undefined || objects?.bucket(bucket.bucket)?.account === account;
  return isOwn && nowMs - (ring.lastMs ?? 0) <= clientLifeMs;
}

/** The node's id; undefined for a resource that is not shown, such as one of another account, or deleted. */
function end(
  { graph, places, nowMs }: FlowParts,
  flowEnd: FlowEnd,
  { ring, from, to }: Flow,
  kind: "producer" | "consumer",
  names: ClientNames,
): string | undefined {
  if (flowEnd.kind === "resource") return graph.has(flowEnd.arn) ? flowEnd.arn : undefined;
  if (flowEnd.kind === "bucket") {
    // A bucket shows with what it is connected to.
    const other = flowEnd === from ? to : from;
    return other.kind === "resource" && !graph.has(other.arn) ? undefined : places.bucket(flowEnd.bucket);
  }
  const { principal, userAgent } = flowEnd;
  const client = names.of(userAgent);
  const id = clientId(kind, principal, client);
  const { recordsPerSecond: objectsPerSecond, bytesPerSecond } = rateAnswer(ring.figures(nowMs));
  graph.node({
    ...{ id, kind, name: client.name, detail: client.library, principal },
    ...{ figures: { objectsPerSecond, bytesPerSecond }, history: ring.history(nowMs) },
  });
  return id;
}

function kindOf({ from, to }: Flow): readonly [TopologyEdge["kind"], TopologyEdge["unit"]] {
  if (from.kind === "bucket") return ["reads", "objects"];
  if (to.kind === "bucket") return ["writes", "objects"];
  return from.kind === "resource" && from.arn.startsWith("arn:aws:glue:")
    ? ["queries", "queries"]
    : ["writes", "records"];
}
