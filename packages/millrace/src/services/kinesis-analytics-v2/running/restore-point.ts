import type { Application } from "../applications/application.ts";
import type { RunDocument, SnapshotDocument } from "../applications/document.ts";
import { invalidArgument, resourceInUse, snapshotNotFound } from "../errors.ts";

/** From which snapshot an application is to be started; undefined: from nothing. @throws ServiceError */
export function restorePoint(application: Application, run: RunDocument): SnapshotDocument | undefined {
  const { restoreType, snapshotName } = run;
  if (restoreType !== "RESTORE_FROM_CUSTOM_SNAPSHOT") {
    if (snapshotName !== undefined)
      throw invalidArgument("SnapshotName can only be given with RESTORE_FROM_CUSTOM_SNAPSHOT.");
    // An application without snapshots starts from nothing.
    return restoreType === "RESTORE_FROM_LATEST_SNAPSHOT" ? application.latestSnapshot(false) : undefined;
  }
  if (snapshotName === undefined)
    throw invalidArgument("RESTORE_FROM_CUSTOM_SNAPSHOT needs the name of a snapshot.");
  const snapshot = application.snapshots.get(snapshotName);
  if (snapshot === undefined || snapshot.isHidden === true)
    throw snapshotNotFound(snapshotName, application.document.name);
  if (snapshot.status !== "READY")
    throw resourceInUse(`Snapshot ${snapshotName} is ${snapshot.status}; it must be READY.`);
  return snapshot;
}
