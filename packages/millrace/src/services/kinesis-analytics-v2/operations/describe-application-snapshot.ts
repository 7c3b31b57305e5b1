import type {
  DescribeApplicationSnapshotRequest,
  DescribeApplicationSnapshotResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { snapshotDetails } from "../applications/description.ts";
import { applicationNamed, notForSql } from "../applications/lookup.ts";
import { snapshotNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function describeApplicationSnapshot(
  state: KinesisAnalyticsV2State,
  input: Input<DescribeApplicationSnapshotRequest>,
  call: Call,
): DescribeApplicationSnapshotResponse {
  const application = applicationNamed(state, call, input.ApplicationName);
  notForSql(application, call.operation);
  const snapshot = application.snapshots.get(input.SnapshotName);
  if (snapshot === undefined || snapshot.isHidden === true)
    throw snapshotNotFound(input.SnapshotName, input.ApplicationName);
  return { SnapshotDetails: snapshotDetails(snapshot) };
}
