import { ServiceError } from "../../core/errors.ts";
import type { ObjectVersion } from "../../kernels/objects/index.ts";

/** Classes whose objects can be read only after they were restored. */
const archives: readonly string[] = ["GLACIER", "DEEP_ARCHIVE"];

export function isArchived({ storageClass }: Pick<ObjectVersion, "storageClass">): boolean {
  return archives.includes(storageClass);
}

/** Until when a restored copy can be read; undefined when there is none, or no longer. */
export function restoredUntilMs(
  { settings }: Pick<ObjectVersion, "settings">,
  nowMs: number,
): number | undefined {
  const untilMs = settings["restoredUntilMs"];
  return typeof untilMs === "number" && untilMs > nowMs ? untilMs : undefined;
}

/** `x-amz-restore`. A restoration is done at once, so there is none under way. */
export function restoreHeader(
  version: Pick<ObjectVersion, "storageClass" | "settings">,
  nowMs: number,
): string | undefined {
  const untilMs = isArchived(version) ? restoredUntilMs(version, nowMs) : undefined;
  if (untilMs === undefined) return undefined;
  return `ongoing-request="false", expiry-date="${new Date(untilMs).toUTCString()}"`;
}

/** @throws ServiceError `InvalidObjectState` for what lies in an archive and was not restored. */
export function checkReadable(
  version: Pick<ObjectVersion, "storageClass" | "settings">,
  nowMs: number,
): void {
  if (!isArchived(version) || restoredUntilMs(version, nowMs) !== undefined) return;
  throw new ServiceError("InvalidObjectState", "The operation is not valid for the object's storage class", {
    status: 403,
    members: { StorageClass: version.storageClass },
  });
}
