import type {
  DeleteApplicationSnapshotRequest,
  DeleteApplicationSnapshotResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { applicationNamed, notForSql } from "../applications/lookup.ts";
import { invalidArgument, resourceInUse, snapshotNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

/** Timestamps go over the wire with milliseconds, or are cut to seconds by a client. */
const precisionMs = 1_000;

export async function deleteApplicationSnapshot(
  state: KinesisAnalyticsV2State,
  input: Input<DeleteApplicationSnapshotRequest>,
  call: Call,
): Promise<DeleteApplicationSnapshotResponse> {
  const application = applicationNamed(state, call, input.ApplicationName);
  notForSql(application, call.operation);
  const snapshot = application.snapshots.get(input.SnapshotName);
  if (snapshot === undefined || snapshot.isHidden === true)
    throw snapshotNotFound(input.SnapshotName, input.ApplicationName);
  if (Math.abs(input.SnapshotCreationTimestamp.getTime() - snapshot.createdMs) >= precisionMs)
    throw invalidArgument(`The SnapshotCreationTimestamp is not that of snapshot ${snapshot.name}.`);
  const deleting = { ...snapshot, status: "DELETING" } as const;
  await state.applications.change(
    application,
    (document) => {
      const { status } = application.snapshots.get(snapshot.name) ?? {};
      if (status === "CREATING" || status === "DELETING")
        throw resourceInUse(`Snapshot ${snapshot.name} cannot be deleted in the status ${status}.`);
      if (document.transition?.restoreFrom === snapshot.engineName)
        throw resourceInUse(`Application ${document.name} is being restored from snapshot ${snapshot.name}.`);
      return document;
    },
    { snapshots: [deleting] },
  );
  state.snapshots.remove(application, deleting);
  return {};
}
