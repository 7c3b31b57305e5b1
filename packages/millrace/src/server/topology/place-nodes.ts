import { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import type { ObjectStore } from "../../kernels/objects/index.ts";
import type { ClusterState } from "../../kernels/warehouse/warehouse-port.ts";
import type { GraphBuilder } from "./graph.ts";

/** Names buckets, clusters and endpoints as the graph does, and adds those that something refers to. */
export class PlaceNodes {
  readonly #graph: GraphBuilder;
  readonly #objects: ObjectStore | undefined;
  readonly #clusters: readonly ClusterState[];
  /** Written to each bucket, by all. */
  readonly #written: (bucket: string) => TrafficRing | undefined;
  readonly #nowMs: number;

  constructor(parts: {
    readonly graph: GraphBuilder;
    readonly objects: ObjectStore | undefined;
    readonly clusters: readonly ClusterState[];
    readonly written: (bucket: string) => TrafficRing | undefined;
    readonly nowMs: number;
  }) {
    this.#graph = parts.graph;
    this.#objects = parts.objects;
    this.#clusters = parts.clusters;
    this.#written = parts.written;
    this.#nowMs = parts.nowMs;
  }

  /** @param place `s3://bucket`, a JDBC URL, or the URL of an endpoint. Answers the node's id. */
  add(place: string): string {
    if (place.startsWith("s3://")) return this.bucket(place.slice("s3://".length));
    if (place.startsWith("jdbc:")) return this.#cluster(place);
    const id = `endpoint:${place}`;
    this.#graph.node({ id, kind: "endpoint", name: hostOf(place), detail: place, figures: {} });
    return id;
  }

  bucket(name: string): string {
    const id = `bucket:${name}`;
    if (this.#graph.has(id)) return id;
    const isThere = this.#objects?.bucket(name) !== undefined;
    const ring = this.#written(name) ?? new TrafficRing();
    const { lastMinute } = ring.figures(this.#nowMs);
    this.#graph.node({
      ...{ id, kind: "bucket", name, arn: `arn:aws:s3:::${name}` },
      ...(isThere ? {} : { status: "NOT_FOUND" }),
      figures: { objectsLastMinute: lastMinute.records, bytesLastMinute: lastMinute.bytes },
      history: ring.history(this.#nowMs),
    });
    return id;
  }

  /** The cluster whose name the URL's host begins with, or the only one there is. */
  #cluster(jdbcUrl: string): string {
    const host = hostOf(jdbcUrl.replace(/^jdbc:/, ""));
    const named = this.#clusters.find(({ key }) => host.split(".")[0] === key.identifier);
    const found = named ?? (this.#clusters.length === 1 ? this.#clusters[0] : undefined);
    if (found !== undefined) return clusterId(found);
    const id = `endpoint:${jdbcUrl}`;
    this.#graph.node({ id, kind: "endpoint", name: host, detail: jdbcUrl, figures: {} });
    return id;
  }
}

export function clusterId({ key: { account, region, identifier } }: ClusterState): string {
  return `arn:aws:redshift:${region}:${account}:cluster:${identifier}`;
}

function hostOf(url: string): string {
  return /^[a-z0-9+.-]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url.slice(0, 100);
}
