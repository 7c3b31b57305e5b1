import type { ModifyClusterMessage, ModifyClusterResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { ClusterShape } from "../../../kernels/warehouse/warehouse-port.ts";
import { beginWork } from "../clusters/begin-work.ts";
import { withoutBlanks } from "../clusters/blanks.ts";
import { describeCluster } from "../clusters/description.ts";
import { keyOf } from "../clusters/kernel-settings.ts";
import { givenOptions } from "../clusters/options.ts";
import { newResize } from "../clusters/resize.ts";
import {
  checkMultiAz,
  checkQuota,
  checkShape,
  clusterTypeOf,
  nodeCount,
  nodeTypeOf,
} from "../clusters/shape.ts";
import { checkUnsupported } from "../clusters/unsupported.ts";
import type { ClusterChange, ClusterDocument } from "../document.ts";
import { clusterExists } from "../errors.ts";
import type { Happening } from "../event-table.ts";
import { clusterEvent } from "../events.ts";
import { findAvailable } from "../lookup.ts";
import { checkPassword, clusterIdentifier } from "../names.ts";
import type { RedshiftState } from "../state.ts";

/** All is checked before anything changes; the password changes at once, the rest in its time. */
export function modifyCluster(
  state: RedshiftState,
  given: Input<ModifyClusterMessage>,
  call: Call,
): Promise<ModifyClusterResult> {
  const input = withoutBlanks(given);
  const password = input.MasterUserPassword;
  checkUnsupported(state, input);
  if (password !== undefined) checkPassword(password);
  return state.change(async () => {
    const cluster = findAvailable(state, call, input.ClusterIdentifier, "modify");
    const change = changeOf(state, cluster, input);
    const happenings: Happening[] = [];
    if (password !== undefined) {
      await state.warehouse.setMasterPassword(keyOf(cluster), password);
      happenings.push(clusterEvent("passwordChanged", cluster.name));
    }
    if (change === undefined) {
      await state.commit(cluster, [], happenings);
      return { Cluster: describeCluster(state, cluster, password !== undefined) };
    }
    const resized = change.resize === undefined ? undefined : newResize(state, cluster, change.resize);
    const working = await beginWork(state, resized?.cluster ?? cluster, { kind: "modify", change }, [
      ...happenings,
      ...(resized?.happenings ?? []),
    ]);
    return { Cluster: describeCluster(state, working, password !== undefined) };
  });
}

/** Undefined when nothing is to be changed. */
function changeOf(
  state: RedshiftState,
  cluster: ClusterDocument,
  input: Input<ModifyClusterMessage>,
): ClusterChange | undefined {
  const options = givenOptions(state, cluster, input);
  const shape = shapeOf(cluster, input);
  const newName = newNameOf(state, cluster, input.NewClusterIdentifier);
  if (shape !== undefined) checkQuota(state, cluster, shape.nodes, cluster);
  checkMultiAz(options.multiAz ?? cluster.options.multiAz, shape ?? cluster.shape);
  if (Object.keys(options).length === 0 && shape === undefined && newName === undefined) return undefined;
  return {
    options,
    ...(shape === undefined ? {} : { resize: { type: "ClassicResize", shape } }),
    ...(newName === undefined ? {} : { newName }),
  };
}

function shapeOf(
  { shape }: ClusterDocument,
  { NodeType, NumberOfNodes, ClusterType }: Input<ModifyClusterMessage>,
): ClusterShape | undefined {
  if (NodeType === undefined && NumberOfNodes === undefined && ClusterType === undefined) return undefined;
  const nodeType = NodeType === undefined ? shape.nodeType : nodeTypeOf(NodeType).name;
  const implied =
    NumberOfNodes === undefined ? clusterTypeOf(shape) : clusterTypeOf({ nodeType, nodes: NumberOfNodes });
  const wantedType = ClusterType ?? implied;
  const sameType = wantedType === clusterTypeOf(shape) ? shape.nodes : undefined;
  const nodes = nodeCount(wantedType, NumberOfNodes ?? sameType, "ignore");
  const wanted = { nodeType, nodes };
  if (nodeType === shape.nodeType && nodes === shape.nodes) return undefined;
  checkShape(wanted, true);
  return wanted;
}

function newNameOf(
  { clusters, warehouse }: RedshiftState,
  cluster: ClusterDocument,
  given: string | undefined,
): string | undefined {
  if (given === undefined) return undefined;
  const name = clusterIdentifier(given, "NewClusterIdentifier");
  if (name === cluster.name) return undefined;
  const isComing = clusters
    .list(cluster)
    .some(({ work }) => work?.kind === "modify" && work.change.newName === name);
  const isThere = clusters.get(cluster, name) ?? warehouse.cluster({ ...keyOf(cluster), identifier: name });
  if (isComing || isThere !== undefined) throw clusterExists();
  return name;
}
