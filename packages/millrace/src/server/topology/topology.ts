import { RecentMap } from "../../core/traffic/recent-map.ts";
import type { TrafficLog } from "../../core/traffic/traffic-log.ts";
import { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import type { Catalog } from "../../kernels/catalog/index.ts";
import type { ObjectStore } from "../../kernels/objects/index.ts";
import type { ClusterState } from "../../kernels/warehouse/warehouse-port.ts";
import type { FirehoseState } from "../../services/firehose/index.ts";
import type { KinesisState } from "../../services/kinesis/index.ts";
import type { AdminContext } from "../admin/context.ts";
import { addDeliveries } from "./delivery-nodes.ts";
import { addFlows } from "./flow-nodes.ts";
import { GraphBuilder, type TopologyGraph } from "./graph.ts";
import type { InnerCalls, Owner } from "./inner-calls.ts";
import { PlaceNodes } from "./place-nodes.ts";
import { addStreams } from "./stream-nodes.ts";
import type { StreamUses } from "./stream-use.ts";
import { addClusters, addTables } from "./warehouse-nodes.ts";

/** How long an answer is good enough for whoever else asks. */
const freshMs = 500;
const maxOwners = 50;

interface Drawn extends TopologyGraph {
  /** When, milliseconds since the epoch. */
  readonly at: number;
}

/** What the picture is drawn of, beside what the platform has. */
export interface TopologySources {
  readonly calls: InnerCalls;
  streams(): KinesisState | undefined;
  firehose(): FirehoseState | undefined;
  uses(state: KinesisState): StreamUses;
}

/** Draws what is connected with what, from configuration and from what went through lately. */
export class Topology {
  readonly #context: AdminContext;
  readonly #parts: TopologySources;
  readonly #drawn = new RecentMap<string, { readonly atMs: number; readonly graph: Promise<Drawn> }>(
    maxOwners,
  );

  constructor(context: AdminContext, parts: TopologySources) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Everybody who looks at the same account in the same region gets the same picture. */
  of(owner: Owner): Promise<Drawn> {
    const key = `${owner.account}/${owner.region}`;
    const nowMs = this.#context.networkClock.now();
    const known = this.#drawn.get(key);
    if (known !== undefined && nowMs - known.atMs < freshMs) return known.graph;
    const graph = this.#draw(owner);
    this.#drawn.set(key, { atMs: nowMs, graph });
    graph.catch(() => this.#drawn.delete(key));
    return graph;
  }

  async #draw(owner: Owner): Promise<Drawn> {
    const { platform, clock } = this.#context;
    const nowMs = clock.now();
    const graph = new GraphBuilder();
    const objects = platform.made<ObjectStore>("objects");
    const traffic = platform.made<TrafficLog>("traffic");
    const clusters = this.#clusters(owner);
    const written = (bucket: string): TrafficRing | undefined => writtenTo(traffic, bucket);
    const places = new PlaceNodes({ graph, objects, clusters, written, nowMs });
    const streams = this.#parts.streams();
    addClusters(graph, clusters);
    await this.#addApplications(graph, owner);
    if (streams !== undefined) await addStreams(graph, streams, this.#parts.uses(streams), owner);
    const firehose = this.#parts.firehose();
    if (firehose !== undefined) addDeliveries(graph, firehose, places, owner);
    const catalog = platform.made<Catalog>("catalog");
    if (catalog !== undefined) addTables(graph, catalog, places, owner);
    if (traffic !== undefined) addFlows({ graph, places, objects, account: owner.account, nowMs }, traffic);
    return { at: nowMs, ...graph.build() };
  }

  #clusters({ account, region }: Owner): readonly ClusterState[] {
    const warehouse = this.#context.platform.made<{ list(): readonly ClusterState[] }>("warehouse");
    const all = warehouse?.list() ?? [];
    return all.filter(({ key }) => key.account === account && key.region === region);
  }

  async #addApplications(graph: GraphBuilder, owner: Owner): Promise<void> {
    interface Listed {
      readonly ApplicationSummaries?: readonly {
        readonly ApplicationName: string;
        readonly ApplicationARN: string;
        readonly ApplicationStatus: string;
        readonly RuntimeEnvironment: string;
      }[];
    }
    const input = { Limit: 50 };
    const listed = await this.#parts.calls.ask<Listed>(
      ...(["kinesis-analytics-v2", "ListApplications", input, owner] as const),
    );
    for (const application of listed?.ApplicationSummaries ?? []) {
      const { ApplicationName: name, ApplicationARN: arn, ApplicationStatus: status } = application;
      const detail = runtimeName(application.RuntimeEnvironment);
      graph.node({ id: arn, kind: "application", name, arn, status, detail, figures: {} });
    }
  }
}

/** All that was written to a bucket, by whoever. */
function writtenTo(traffic: TrafficLog | undefined, bucket: string): TrafficRing | undefined {
  const sum = new TrafficRing();
  for (const { to, ring } of traffic?.flows() ?? [])
    if (to.kind === "bucket" && to.bucket === bucket) sum.addAll(ring);
  return sum;
}

/** `FLINK-1_20` is `Flink 1.20`. */
function runtimeName(runtime: string): string {
  const [engine = "", version = ""] = runtime.split("-");
  return `${engine.charAt(0)}${engine.slice(1).toLowerCase()} ${version.replaceAll("_", ".")}`.replace(
    "Sql",
    "SQL",
  );
}
