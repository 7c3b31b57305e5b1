import type { CancelResizeMessage, ResizeProgressMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { withResizeEnded } from "../clusters/outcome.ts";
import { describeResizeProgress } from "../clusters/resize.ts";
import { invalidClusterState, resizeNotFound } from "../errors.ts";
import { findCluster } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

/** Calls a classic resize off before rows begin to move; afterwards there is no way back. */
export function cancelResize(
  state: RedshiftState,
  { ClusterIdentifier }: Input<CancelResizeMessage>,
  call: Call,
): Promise<ResizeProgressMessage> {
  return state.change(async () => {
    const cluster = findCluster(state, call, ClusterIdentifier);
    const { work, name } = cluster;
    const resize = work?.kind === "modify" ? work.change.resize : undefined;
    if (resize === undefined) throw resizeNotFound(name);
    if (resize.type !== "ClassicResize")
      throw invalidClusterState(`The elastic resize of cluster ${name} cannot be cancelled.`);
    if (state.lifecycle.isRunning(cluster))
      throw invalidClusterState(`The resize of cluster ${name} can no longer be cancelled.`);
    const { work: _calledOff, ...idle } = cluster;
    const cancelled = withResizeEnded(idle, state.clock.now(), "CANCELLED");
    await state.commit(call, [state.clusters.put(cancelled)]);
    return {
      ...(cancelled.resize === undefined ? {} : describeResizeProgress(cancelled.resize, state.clock.now())),
      Status: "CANCELLING",
    };
  });
}
