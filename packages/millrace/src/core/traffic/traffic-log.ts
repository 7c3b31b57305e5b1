import { RecentMap } from "./recent-map.ts";
import { TrafficRing } from "./traffic-ring.ts";

/** One end of a flow of bytes. */
export type FlowEnd =
  /** A program that calls this Millrace. */
  | { readonly kind: "client"; readonly principal: string; readonly userAgent: string | undefined }
  /** What has an ARN: a stream, an application, a delivery stream, a cluster. */
  | { readonly kind: "resource"; readonly arn: string }
  | { readonly kind: "bucket"; readonly bucket: string };

/** What went from one end to another, and when. */
export class Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly ring: TrafficRing = new TrafficRing();

  constructor(from: FlowEnd, to: FlowEnd) {
    this.from = from;
    this.to = to;
  }
}

/** Flows that are remembered. */
const maxFlows = 2_000;

/** Who wrote to or read from where, of what has no counters of its own. In memory: a restart forgets it. */
export class TrafficLog {
  readonly #flows = new RecentMap<string, Flow>(maxFlows);

  /** The flow between two ends, made when it is first asked for. */
  flow(from: FlowEnd, to: FlowEnd): Flow {
    const key = `${keyOf(from)}\0${keyOf(to)}`;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    const flow = new Flow(from, to);
    this.#flows.set(key, flow);
    return flow;
  }

  flows(): Iterable<Flow> {
    return this.#flows.values();
  }

  clear(): void {
    this.#flows.clear();
  }
}

function keyOf(end: FlowEnd): string {
  if (end.kind === "client") return `c\0${end.principal}\0${end.userAgent ?? ""}`;
  return end.kind === "bucket" ? `b\0${end.bucket}` : `r\0${end.arn}`;
}
