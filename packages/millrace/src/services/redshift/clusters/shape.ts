import { type NodeType, nodeTypeNamed, nodeTypes } from "../../../kernels/warehouse/slices/node-types.ts";
import type { ClusterShape } from "../../../kernels/warehouse/warehouse-port.ts";
import type { ClusterDocument, Owner } from "../document.ts";
import {
  clusterQuotaExceeded,
  invalidCombination,
  invalidValue,
  nodeQuotaExceeded,
  tooManyNodes,
  unsupportedOption,
} from "../errors.ts";
import { limits } from "../limits.ts";
import type { Resources } from "../resources.ts";

export const clusterTypeOf = ({ nodes }: ClusterShape): "single-node" | "multi-node" =>
  nodes === 1 ? "single-node" : "multi-node";

/** @throws ServiceError InvalidParameterValue */
export function nodeTypeOf(name: string): NodeType {
  const type = nodeTypeNamed(name.toLowerCase());
  if (type === undefined) throw invalidValue(`Invalid node type: ${name}`);
  return type;
}

/** The nodes that a cluster type and a number say. @throws ServiceError */
export function nodeCount(
  clusterType: string,
  number: number | undefined,
  onSingle: "refuse" | "ignore",
): number {
  if (clusterType !== "single-node" && clusterType !== "multi-node")
    throw invalidValue("Invalid cluster type. Cluster type can be one of multi-node or single-node");
  if (clusterType === "multi-node") {
    if (number === undefined || number < 2)
      throw invalidCombination(
        "Number of nodes for cluster type multi-node must be greater than or equal to 2",
      );
    return number;
  }
  if (number !== undefined && onSingle === "refuse")
    throw invalidValue("Number of nodes must be not be supplied for cluster type single-node.");
  return 1;
}

/** @throws ServiceError when no cluster can be of this shape */
export function checkShape({ nodeType, nodes }: ClusterShape, isResize: boolean): void {
  const type = nodeTypeOf(nodeType);
  if (nodes === 1 && !type.singleNode)
    throw invalidCombination(`The node type ${nodeType} does not support the cluster type single-node.`);
  const most = isResize ? type.maxResizedNodes : type.maxNodes;
  if (nodes > most) throw tooManyNodes(nodeType, most);
}

/** @throws ServiceError where two Availability Zones are not possible */
export function checkMultiAz(multiAz: boolean, { nodeType, nodes }: ClusterShape): void {
  if (!multiAz) return;
  if (!nodeTypeOf(nodeType).multiAz)
    throw invalidCombination(`Multi-AZ deployments are not supported for the node type ${nodeType}.`);
  if (nodes < 2) throw invalidCombination("Multi-AZ deployments are not supported for single-node clusters.");
}

/** @throws ServiceError when the account would have too many nodes, or clusters */
export function checkQuota(
  { clusters }: Resources,
  owner: Owner,
  nodes: number,
  replaced?: ClusterDocument,
): void {
  const others = clusters.list(owner).filter((cluster) => cluster.id !== replaced?.id);
  if (others.length >= limits.clustersPerRegion) throw clusterQuotaExceeded();
  const used = others.reduce((sum, { shape }) => sum + shape.nodes, 0);
  if (used + nodes > limits.nodesPerRegion) throw nodeQuotaExceeded(limits.nodesPerRegion);
}

/** The shapes that an elastic resize of a cluster can have, its own one left out. */
export function elasticShapes(shape: ClusterShape): readonly ClusterShape[] {
  const current = nodeTypeNamed(shape.nodeType);
  // AWS: elastic resize goes neither from nor to a single node.
  if (current === undefined || shape.nodes === 1) return [];
  const least = Math.max(2, Math.ceil(shape.nodes / current.elasticReduction));
  return nodeTypes.flatMap(({ name, elasticGrowth, maxResizedNodes }) => {
    const most = Math.min(shape.nodes * Math.min(elasticGrowth, current.elasticGrowth), maxResizedNodes);
    return Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => ({
      nodeType: name,
      nodes: least + index,
    })).filter(({ nodes }) => name !== shape.nodeType || nodes !== shape.nodes);
  });
}

/** @throws ServiceError when only a classic resize gets there */
export function checkElastic(from: ClusterShape, to: ClusterShape): void {
  const isPossible = elasticShapes(from).some(
    ({ nodeType, nodes }) => nodeType === to.nodeType && nodes === to.nodes,
  );
  if (!isPossible)
    throw unsupportedOption(
      `Elastic resize from ${from.nodes} nodes of ${from.nodeType} to ${to.nodes} nodes of ${to.nodeType} is not supported. Use classic resize.`,
    );
}
