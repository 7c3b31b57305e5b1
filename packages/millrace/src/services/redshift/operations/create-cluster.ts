import { randomUUID } from "node:crypto";
import type { CreateClusterMessage, CreateClusterResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { withoutBlanks } from "../clusters/blanks.ts";
import { describeCluster } from "../clusters/description.ts";
import { kernelSettings, keyOf } from "../clusters/kernel-settings.ts";
import { givenOptions, newClusterOptions } from "../clusters/options.ts";
import { changedRoles } from "../clusters/roles.ts";
import { checkMultiAz, checkQuota, checkShape, nodeCount, nodeTypeOf } from "../clusters/shape.ts";
import { checkUnsupported } from "../clusters/unsupported.ts";
import type { ClusterDocument } from "../document.ts";
import { clusterExists, missingParameter } from "../errors.ts";
import { limits } from "../limits.ts";
import { findParameterGroup, findSubnetGroup } from "../lookup.ts";
import { checkDatabaseName, checkPassword, checkUserName, clusterIdentifier } from "../names.ts";
import { staticValues } from "../parameters/values.ts";
import type { RedshiftState } from "../state.ts";
import { withTags } from "../tags.ts";

/** The answer waits for the kernel: the password is nowhere else than with it. */
export async function createCluster(
  state: RedshiftState,
  given: Input<CreateClusterMessage>,
  call: Call,
): Promise<CreateClusterResult> {
  const input = withoutBlanks(given);
  const password = input.MasterUserPassword;
  checkUnsupported(state, input);
  if (password === undefined) throw missingParameter("The parameter MasterUserPassword must be provided.");
  checkPassword(password);
  const made = await state.change(async () => {
    const cluster = newCluster(state, input, call);
    if (isTaken(state, cluster)) throw clusterExists();
    checkQuota(state, call, cluster.shape.nodes);
    await state.commit(call, [state.clusters.put(cluster)]);
    try {
      await state.warehouse.create(keyOf(cluster), {
        shape: cluster.shape,
        database: cluster.database,
        masterUser: cluster.masterUser,
        masterPassword: password,
        // Nobody connects to a cluster that is being created.
        settings: { ...kernelSettings(state, cluster), admittedRanges: [] },
      });
    } catch (error) {
      await state.commit(call, [state.clusters.remove(cluster)]);
      throw error;
    }
    state.lifecycle.finishLater(cluster);
    return { cluster, answer: { Cluster: describeCluster(state, cluster, true) } };
  });
  await state.lifecycle.settled(made.cluster);
  return made.answer;
}

/** Also by a cluster that is about to get the name, and by one that only the kernel knows yet. */
function isTaken({ clusters, warehouse }: RedshiftState, cluster: ClusterDocument): boolean {
  return (
    clusters.get(cluster, cluster.name) !== undefined ||
    warehouse.cluster(keyOf(cluster)) !== undefined ||
    clusters.list(cluster).some(({ work }) => work?.kind === "modify" && work.change.newName === cluster.name)
  );
}

function newCluster(state: RedshiftState, input: Input<CreateClusterMessage>, call: Call): ClusterDocument {
  const { account, region } = call;
  const { DBName: database = "dev", MasterUsername: masterUser } = input;
  const name = clusterIdentifier(input.ClusterIdentifier);
  checkDatabaseName(database);
  checkUserName(masterUser, "MasterUsername", limits.userNameChars);
  const nodeType = nodeTypeOf(input.NodeType).name;
  const nodes = nodeCount(input.ClusterType ?? "multi-node", input.NumberOfNodes, "refuse");
  const shape = { nodeType, nodes };
  checkShape(shape, false);
  const given = { ...newClusterOptions(call), ...givenOptions(state, call, input) };
  const added = { add: input.IamRoles, defaultRole: input.DefaultIamRoleArn };
  const options = { ...given, ...changedRoles(given, added) };
  checkMultiAz(options.multiAz, shape);
  const subnetGroup = input.ClusterSubnetGroupName;
  return {
    ...{ account, region, name, database, masterUser, shape, options },
    id: randomUUID(),
    createdMs: state.clock.now(),
    ...(subnetGroup === undefined ? {} : { subnetGroup: findSubnetGroup(state, call, subnetGroup).name }),
    applied: staticValues(findParameterGroup(state, call, options.parameterGroup)),
    tags: withTags({}, input.Tags),
    paused: false,
    work: { kind: "create" },
  };
}
