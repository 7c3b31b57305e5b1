import type { PauseClusterMessage, PauseClusterResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { beginWork } from "../clusters/begin-work.ts";
import { describeCluster } from "../clusters/description.ts";
import { clusterEvent } from "../events.ts";
import { findAvailable } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

/** Ends sessions and refuses new ones; data is kept. */
export function pauseCluster(
  state: RedshiftState,
  { ClusterIdentifier }: Input<PauseClusterMessage>,
  call: Call,
): Promise<PauseClusterResult> {
  return state.change(async () => {
    const cluster = findAvailable(state, call, ClusterIdentifier, "pause");
    const working = await beginWork(state, cluster, { kind: "pause" }, [
      clusterEvent("pauseStarted", cluster.name),
    ]);
    return { Cluster: describeCluster(state, working) };
  });
}
