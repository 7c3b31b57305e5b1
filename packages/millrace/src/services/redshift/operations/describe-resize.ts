import type { DescribeResizeMessage, ResizeProgressMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeResizeProgress } from "../clusters/resize.ts";
import { resizeNotFound } from "../errors.ts";
import { findCluster } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

/** The last resize, also when it has ended. */
export function describeResize(
  state: RedshiftState,
  { ClusterIdentifier }: Input<DescribeResizeMessage>,
  call: Call,
): ResizeProgressMessage {
  const { resize, name } = findCluster(state, call, ClusterIdentifier);
  if (resize === undefined) throw resizeNotFound(name);
  return describeResizeProgress(resize, state.clock.now());
}
