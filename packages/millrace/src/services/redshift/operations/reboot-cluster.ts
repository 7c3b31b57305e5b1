import type { RebootClusterMessage, RebootClusterResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { beginWork } from "../clusters/begin-work.ts";
import { describeCluster } from "../clusters/description.ts";
import { findAvailable } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

/** Ends sessions; the parameters of the cluster's group come into force. */
export function rebootCluster(
  state: RedshiftState,
  { ClusterIdentifier }: Input<RebootClusterMessage>,
  call: Call,
): Promise<RebootClusterResult> {
  return state.change(async () => {
    const cluster = findAvailable(state, call, ClusterIdentifier, "reboot");
    const working = await beginWork(state, cluster, { kind: "reboot" });
    return { Cluster: describeCluster(state, working) };
  });
}
