import type { Catalog } from "../../kernels/catalog/index.ts";
import type { ClusterState } from "../../kernels/warehouse/warehouse-port.ts";
import { edgeOf } from "./delivery-nodes.ts";
import type { GraphBuilder } from "./graph.ts";
import type { Owner } from "./inner-calls.ts";
import { clusterId, type PlaceNodes } from "./place-nodes.ts";

/** Tables of a catalog that are shown; each costs reading its definition. */
const maxTables = 200;

export function addClusters(graph: GraphBuilder, clusters: readonly ClusterState[]): void {
  for (const cluster of clusters) {
    const { key, shape, status, slices, usedBytes } = cluster;
    graph.node({
      ...{ id: clusterId(cluster), kind: "cluster", name: key.identifier, arn: clusterId(cluster), status },
      detail: `${shape.nodes} x ${shape.nodeType}`,
      figures: { nodes: shape.nodes, slices, usedBytes },
    });
  }
}

/** Tables of the data catalog, each behind the bucket that it lies in. */
export function addTables(
  graph: GraphBuilder,
  catalog: Catalog,
  places: PlaceNodes,
  { account, region }: Owner,
): void {
  const page = { after: 0, limit: maxTables };
  for (const { databaseName, table } of catalog.tables.inCatalog({ catalogId: account, region }, page)) {
    const { StorageDescriptor, Parameters, PartitionKeys = [] } = table.definition;
    const bucket = /^s3[an]?:\/\/([^/]+)/.exec(StorageDescriptor?.Location ?? "")?.[1];
    const arn = `arn:aws:glue:${region}:${account}:table/${databaseName}/${table.name}`;
    graph.node({
      ...{ id: arn, kind: "table", name: table.name, arn },
      detail: [databaseName, Parameters?.["classification"]].filter(Boolean).join(" · "),
      figures: {
        columns: StorageDescriptor?.Columns?.length ?? 0,
        partitionKeys: PartitionKeys.length,
        version: table.version,
      },
    });
    if (bucket !== undefined)
      graph.edge(edgeOf(places.bucket(bucket), arn, "holds", undefined, 0, "objects"));
  }
}
