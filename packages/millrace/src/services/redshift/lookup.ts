import { statusOf } from "./clusters/status.ts";
import type {
  ClusterDocument,
  Owner,
  ParameterGroupDocument,
  SecurityGroupDocument,
  SubnetGroupDocument,
} from "./document.ts";
import {
  clusterBusy,
  clusterNotFound,
  invalidClusterState,
  parameterGroupNotFound,
  securityGroupNotFound,
  subnetGroupNotFound,
} from "./errors.ts";
import { defaultParameterGroups } from "./parameters/values.ts";
import type { Resources } from "./resources.ts";

/** @throws ServiceError ClusterNotFoundFault */
export function findCluster({ clusters }: Resources, owner: Owner, identifier: string): ClusterDocument {
  const cluster = clusters.get(owner, identifier.toLowerCase());
  if (cluster === undefined) throw clusterNotFound(identifier);
  return cluster;
}

/**
 * A cluster with which nothing is under way and that is not paused.
 * @throws ServiceError ClusterNotFoundFault, InvalidClusterStateFault
 */
export function findAvailable(
  state: Resources,
  owner: Owner,
  identifier: string,
  verb: string,
): ClusterDocument {
  const cluster = findCluster(state, owner, identifier);
  if (cluster.work !== undefined) throw clusterBusy(verb);
  const status = statusOf(state, cluster);
  if (status !== "available")
    throw invalidClusterState(`You can't ${verb} the cluster ${cluster.name} while its status is ${status}.`);
  return cluster;
}

/** @throws ServiceError ClusterParameterGroupNotFoundFault */
export function findParameterGroup(
  { parameterGroups }: Resources,
  owner: Owner,
  givenName: string,
): ParameterGroupDocument {
  const name = givenName.toLowerCase();
  const group =
    parameterGroups.get(owner, name) ?? defaultParameterGroups(owner).find((known) => known.name === name);
  if (group === undefined) throw parameterGroupNotFound(givenName);
  return group;
}

export function parameterGroupOf(state: Resources, cluster: ClusterDocument): ParameterGroupDocument {
  return findParameterGroup(state, cluster, cluster.options.parameterGroup);
}

/** `default` is there without being made; it lets nobody in until ranges are added. */
export function findSecurityGroup(
  { securityGroups }: Resources,
  { account, region }: Owner,
  givenName: string,
): SecurityGroupDocument {
  const name = givenName.toLowerCase();
  const group = securityGroups.get({ account, region }, name);
  if (group !== undefined) return group;
  if (name !== "default") throw securityGroupNotFound(givenName);
  return { account, region, name, description: "default", ranges: [], tags: {} };
}

/** @throws ServiceError ClusterSubnetGroupNotFoundFault */
export function findSubnetGroup(
  { subnetGroups }: Resources,
  owner: Owner,
  name: string,
): SubnetGroupDocument {
  const group = subnetGroups.get(owner, name.toLowerCase());
  if (group === undefined) throw subnetGroupNotFound(name);
  return group;
}
