import type { ClusterShape } from "../warehouse-port.ts";

const megaBytesPerTeraByte = 1024 * 1024;

/**
 * What a node of a type is, as AWS's page "Amazon Redshift provisioned clusters" (Node type details) has it:
 * https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html
 */
export interface NodeType {
  readonly name: string;
  readonly slicesPerNode: number;
  /** Whether a cluster may consist of one node, which is leader and compute node in one. */
  readonly singleNode: boolean;
  /** The most nodes of a new cluster. */
  readonly maxNodes: number;
  /** The most nodes that an elastic resize reaches. */
  readonly maxResizedNodes: number;
  /** Elastic resize goes up to so many times the nodes, and down to one part in so many. */
  readonly elasticGrowth: number;
  readonly elasticReduction: number;
  /** Only managed storage, which all Availability Zones share, lets a cluster live in two of them. */
  readonly multiAz: boolean;
  readonly storageMegaBytesPerNode: number;
  readonly singleNodeStorageMegaBytes: number;
}

const managed = (
  name: string,
  slicesPerNode: number,
  nodes: {
    readonly max: number;
    readonly maxResized: number;
    readonly growth: number;
    readonly teraBytes: number;
    readonly singleTeraBytes?: number;
  },
): NodeType => ({
  name,
  slicesPerNode,
  singleNode: nodes.singleTeraBytes !== undefined,
  maxNodes: nodes.max,
  maxResizedNodes: nodes.maxResized,
  elasticGrowth: nodes.growth,
  elasticReduction: 4,
  multiAz: true,
  storageMegaBytesPerNode: nodes.teraBytes * megaBytesPerTeraByte,
  singleNodeStorageMegaBytes: (nodes.singleTeraBytes ?? 0) * megaBytesPerTeraByte,
});

const local = (
  name: string,
  slicesPerNode: number,
  nodes: { readonly max: number; readonly gigaBytes: number; readonly singleNode: boolean },
): NodeType => ({
  name,
  slicesPerNode,
  singleNode: nodes.singleNode,
  maxNodes: nodes.max,
  maxResizedNodes: nodes.max,
  elasticGrowth: 2,
  elasticReduction: 2,
  multiAz: false,
  storageMegaBytesPerNode: nodes.gigaBytes * 1024,
  singleNodeStorageMegaBytes: nodes.singleNode ? nodes.gigaBytes * 1024 : 0,
});

/** All node types, the smallest of each family first. */
export const nodeTypes: readonly NodeType[] = Object.freeze([
  local("dc2.large", 2, { max: 32, gigaBytes: 160, singleNode: true }),
  local("dc2.8xlarge", 16, { max: 128, gigaBytes: 2560, singleNode: false }),
  managed("ra3.large", 2, { max: 16, maxResized: 16, growth: 2, teraBytes: 8, singleTeraBytes: 1 }),
  managed("ra3.xlplus", 2, { max: 16, maxResized: 32, growth: 2, teraBytes: 32, singleTeraBytes: 4 }),
  managed("ra3.4xlarge", 4, { max: 32, maxResized: 64, growth: 4, teraBytes: 128 }),
  managed("ra3.16xlarge", 16, { max: 128, maxResized: 128, growth: 4, teraBytes: 128 }),
]);

/** Undefined when there is no such node type. */
export function nodeTypeNamed(name: string): NodeType | undefined {
  return nodeTypes.find((type) => type.name === name);
}

/** The slices of a cluster. @throws RangeError for a node type that there is not */
export function slicesOf({ nodeType, nodes }: ClusterShape): number {
  const type = nodeTypeNamed(nodeType);
  if (type === undefined) throw new RangeError(`there is no node type ${nodeType}`);
  return type.slicesPerNode * nodes;
}

/** What a cluster may hold on AWS; Millrace holds what the disk does. */
export function storageMegaBytesOf({ nodeType, nodes }: ClusterShape): number {
  const type = nodeTypeNamed(nodeType);
  if (type === undefined) return 0;
  return nodes === 1 ? type.singleNodeStorageMegaBytes : type.storageMegaBytesPerNode * nodes;
}
