import type { DeleteClusterMessage, DeleteClusterResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { beginWork } from "../clusters/begin-work.ts";
import { describeCluster } from "../clusters/description.ts";
import { clusterBusy, invalidCombination, notImplemented } from "../errors.ts";
import { findCluster } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

/** With all its data: there are no snapshots yet, so none may be asked for. */
export async function deleteCluster(
  state: RedshiftState,
  input: Input<DeleteClusterMessage>,
  call: Call,
): Promise<DeleteClusterResult> {
  const { working, answer } = await state.change(async () => {
    const cluster = findCluster(state, call, input.ClusterIdentifier);
    if (input.SkipFinalClusterSnapshot !== true) {
      if (!input.FinalClusterSnapshotIdentifier)
        throw invalidCombination(
          "FinalClusterSnapshotIdentifier is required unless SkipFinalClusterSnapshot is specified.",
        );
      throw notImplemented("A final snapshot (FinalClusterSnapshotIdentifier)");
    }
    if (input.FinalClusterSnapshotIdentifier)
      throw invalidCombination(
        "FinalClusterSnapshotIdentifier cannot be specified when SkipFinalClusterSnapshot is true.",
      );
    if (cluster.work !== undefined) throw clusterBusy("delete");
    const working = await beginWork(state, cluster, { kind: "delete" });
    return { working, answer: { Cluster: describeCluster(state, working) } };
  });
  await state.lifecycle.settled(working);
  return answer;
}
