import { randomUUID } from "node:crypto";
import type { ClusterState } from "../../../kernels/warehouse/warehouse-port.ts";
import type { ClusterDocument } from "../document.ts";
import { parameterDefinitions } from "../parameters/definitions.ts";
import { defaultParameterGroups, staticValues } from "../parameters/values.ts";
import type { Resources } from "../resources.ts";
import { newClusterOptions } from "./options.ts";

/** Takes in clusters of the kernel that were not made by this service, such as the one of a trusting Millrace. */
export async function adoptClusters(state: Resources): Promise<void> {
  for (const cluster of state.warehouse.list()) {
    const { account, region, identifier } = cluster.key;
    const owner = { account, region };
    const known = state.clusters.get(owner, identifier) ?? renaming(state, cluster);
    if (known === undefined) await state.commit(owner, [state.clusters.put(adopted(cluster))]);
  }
}

/** Takes in clusters that the kernel has been given since the start. */
export async function refreshClusters(state: Resources): Promise<void> {
  const isKnown = state.warehouse
    .list()
    .every(({ key }) => state.clusters.get(key, key.identifier) !== undefined);
  if (!isKnown) await state.change(() => adoptClusters(state));
}

/** A rename that the kernel has made and that this service has not yet written down. */
function renaming(state: Resources, { key }: ClusterState): ClusterDocument | undefined {
  return state.clusters
    .list(key)
    .find(({ work }) => work?.kind === "modify" && work.change.newName === key.identifier);
}

function adopted(cluster: ClusterState): ClusterDocument {
  const { key, shape, database, masterUser, settings, createdAtMs } = cluster;
  const { account, region, identifier: name } = key;
  // Nobody asked for TLS or for other settings: the older default group fits such a cluster as it is.
  const [group] = defaultParameterGroups(key);
  const applied = { ...(group === undefined ? {} : staticValues(group)) };
  for (const { name: parameter } of parameterDefinitions) {
    const value = settings.parameters[parameter];
    if (value !== undefined) applied[parameter] = value;
  }
  applied["require_ssl"] = String(settings.requireTls);
  return {
    ...{ account, region, name, masterUser, database, shape, applied },
    id: randomUUID(),
    createdMs: createdAtMs,
    tags: {},
    options: {
      ...newClusterOptions({ account, region }),
      parameterGroup: group?.name ?? "",
      roles: settings.roles,
      defaultRole: settings.defaultRole ?? "",
      enhancedVpcRouting: settings.enhancedVpcRouting,
    },
    paused: cluster.status === "paused",
    ...(settings.admittedRanges === undefined ? {} : { admittedRanges: settings.admittedRanges }),
  };
}
