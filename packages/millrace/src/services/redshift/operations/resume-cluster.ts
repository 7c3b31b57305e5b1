import type { ResumeClusterMessage, ResumeClusterResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { beginWork } from "../clusters/begin-work.ts";
import { describeCluster } from "../clusters/description.ts";
import { statusOf } from "../clusters/status.ts";
import { clusterBusy, invalidClusterState } from "../errors.ts";
import { clusterEvent } from "../events.ts";
import { findCluster } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

/** Lets sessions in again. */
export function resumeCluster(
  state: RedshiftState,
  { ClusterIdentifier }: Input<ResumeClusterMessage>,
  call: Call,
): Promise<ResumeClusterResult> {
  return state.change(async () => {
    const cluster = findCluster(state, call, ClusterIdentifier);
    if (cluster.work !== undefined) throw clusterBusy("resume");
    if (statusOf(state, cluster) !== "paused")
      throw invalidClusterState(`You can only resume a paused cluster; ${cluster.name} is not paused.`);
    const happenings = [clusterEvent("resumeStarted", cluster.name)];
    const working = await beginWork(state, cluster, { kind: "resume" }, happenings);
    return { Cluster: describeCluster(state, working) };
  });
}
