import { messageOf } from "../../../core/errors.ts";
import type { ClusterChange, ClusterDocument, ResizeDocument } from "../document.ts";
import type { Edit } from "../document-table.ts";
import type { Happening } from "../event-table.ts";
import { clusterEvent } from "../events.ts";
import { parameterGroupOf } from "../lookup.ts";
import { staticValues } from "../parameters/values.ts";
import type { Resources } from "../resources.ts";
import { keyOf } from "./kernel-settings.ts";

interface Outcome {
  readonly edits: readonly Edit[];
  readonly happenings: readonly Happening[];
}

export function withOptions(cluster: ClusterDocument, { options }: ClusterChange): ClusterDocument {
  return { ...cluster, options: { ...cluster.options, ...options } };
}

/** A cluster that starts takes over its group's parameters. */
export function withParametersOfGroup(state: Resources, cluster: ClusterDocument): ClusterDocument {
  return { ...cluster, applied: staticValues(parameterGroupOf(state, cluster)) };
}

/**
 * The message of a resize that failed and left the cluster as it was: that is the end of it. Anything else is
 * thrown again, to be tried again.
 */
export function failedResize(state: Resources, cluster: ClusterDocument, error: unknown): string {
  const { work, name } = cluster;
  if (work?.kind !== "modify" || work.change.resize === undefined) throw error;
  const key = { ...keyOf(cluster), identifier: work.change.newName ?? name };
  if (state.warehouse.state(key)?.status !== "available") throw error;
  state.log.error({ err: error, cluster: name }, `a resize failed: ${messageOf(error)}`);
  return messageOf(error);
}

/** The cluster once its work has ended. */
export function finished(state: Resources, cluster: ClusterDocument, failure: string | undefined): Outcome {
  const { clusters } = state;
  const { work, ...idle } = cluster;
  const { name } = cluster;
  switch (work?.kind) {
    case "create":
      return { edits: [clusters.put(idle)], happenings: [clusterEvent("created", name)] };
    case "pause":
      return { edits: [clusters.put({ ...idle, paused: true })], happenings: [clusterEvent("paused", name)] };
    case "resume":
      return {
        edits: [clusters.put({ ...idle, paused: false })],
        happenings: [clusterEvent("resumed", name)],
      };
    case "reboot":
      return {
        edits: [clusters.put(withParametersOfGroup(state, idle))],
        happenings: [clusterEvent("rebooted", name)],
      };
    case "delete":
      return { edits: [clusters.remove(cluster)], happenings: [clusterEvent("deleted", name)] };
    case "modify":
      return modified(state, idle, work.change, failure);
    case undefined:
      return { edits: [], happenings: [] };
  }
}

function modified(
  { clusters, clock }: Resources,
  cluster: ClusterDocument,
  change: ClusterChange,
  failure: string | undefined,
): Outcome {
  const { newName = cluster.name, resize, options } = change;
  const happenings: Happening[] = [];
  if (newName !== cluster.name) happenings.push(clusterEvent("renamed", cluster.name, newName));
  const group = options.parameterGroup;
  if (group !== undefined && group !== cluster.options.parameterGroup)
    happenings.push(clusterEvent("parameterGroupChanged", newName, group));
  let next: ClusterDocument = { ...withOptions(cluster, change), name: newName };
  if (resize !== undefined) {
    next = { ...next, ...(failure === undefined ? { shape: resize.shape } : {}) };
    next = withResizeEnded(next, clock.now(), failure === undefined ? "SUCCEEDED" : "FAILED", failure);
    happenings.push(
      failure === undefined
        ? clusterEvent("resized", newName)
        : clusterEvent("resizeFailed", newName, failure),
    );
  }
  const edits = newName === cluster.name ? [] : [clusters.remove(cluster)];
  return { edits: [...edits, clusters.put(next)], happenings };
}

export function withResizeEnded(
  cluster: ClusterDocument,
  endedMs: number,
  status: ResizeDocument["status"],
  message?: string,
): ClusterDocument {
  const { resize } = cluster;
  if (resize === undefined) return cluster;
  return {
    ...cluster,
    resize: { ...resize, status, endedMs, ...(message === undefined ? {} : { message }) },
  };
}
