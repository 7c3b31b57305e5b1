import type { DescribeLoggingStatusMessage, LoggingStatus } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeLogging } from "../logging.ts";
import { findCluster } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

export function describeLoggingStatus(
  state: RedshiftState,
  { ClusterIdentifier }: Input<DescribeLoggingStatusMessage>,
  call: Call,
): LoggingStatus {
  return describeLogging(findCluster(state, call, ClusterIdentifier).logging);
}
