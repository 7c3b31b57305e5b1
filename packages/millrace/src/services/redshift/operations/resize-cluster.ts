import type { ResizeClusterMessage, ResizeClusterResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { beginWork } from "../clusters/begin-work.ts";
import { describeCluster } from "../clusters/description.ts";
import { newResize } from "../clusters/resize.ts";
import {
  checkElastic,
  checkMultiAz,
  checkQuota,
  checkShape,
  clusterTypeOf,
  nodeCount,
  nodeTypeOf,
} from "../clusters/shape.ts";
import { invalidCombination, notImplemented } from "../errors.ts";
import { findAvailable } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

export function resizeCluster(
  state: RedshiftState,
  input: Input<ResizeClusterMessage>,
  call: Call,
): Promise<ResizeClusterResult> {
  if (input.ReservedNodeId || input.TargetReservedNodeOfferingId)
    throw notImplemented("ResizeCluster with reserved nodes");
  return state.change(async () => {
    const cluster = findAvailable(state, call, input.ClusterIdentifier, "resize");
    const type = input.Classic === true ? "ClassicResize" : "ElasticResize";
    const nodeType = input.NodeType === undefined ? cluster.shape.nodeType : nodeTypeOf(input.NodeType).name;
    const number = input.NumberOfNodes ?? cluster.shape.nodes;
    const clusterType = input.ClusterType ?? clusterTypeOf({ nodeType, nodes: number });
    const shape = { nodeType, nodes: nodeCount(clusterType, number, "ignore") };
    if (nodeType === cluster.shape.nodeType && shape.nodes === cluster.shape.nodes)
      throw invalidCombination("The cluster has this node type and this number of nodes already.");
    checkShape(shape, true);
    if (type === "ElasticResize") checkElastic(cluster.shape, shape);
    checkMultiAz(cluster.options.multiAz, shape);
    checkQuota(state, call, shape.nodes, cluster);
    const resize = { type, shape } as const;
    const { cluster: resized, happenings } = newResize(state, cluster, resize);
    const work = { kind: "modify", change: { options: {}, resize } } as const;
    return { Cluster: describeCluster(state, await beginWork(state, resized, work, happenings)) };
  });
}
