import type { DisableLoggingMessage, LoggingStatus } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeLogging } from "../logging.ts";
import { findAvailable } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

export function disableLogging(
  state: RedshiftState,
  { ClusterIdentifier }: Input<DisableLoggingMessage>,
  call: Call,
): Promise<LoggingStatus> {
  return state.change(async () => {
    const { logging: _before, ...cluster } = findAvailable(state, call, ClusterIdentifier, "modify");
    await state.commit(call, [state.clusters.put(cluster)]);
    return describeLogging(undefined);
  });
}
