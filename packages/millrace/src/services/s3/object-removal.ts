import type { Bucket, ObjectVersion, Removal } from "../../kernels/objects/index.ts";
import { checkRead } from "./conditions.ts";
import { preconditionFailed } from "./errors.ts";
import { checkRemovable } from "./object-lock.ts";
import { checkVersionId } from "./object-lookup.ts";
import type { S3State } from "./state.ts";

export interface RemovalRequest {
  readonly key: string;
  readonly versionId: string | undefined;
  /** An entity tag, or `*`. */
  readonly ifMatch: string | undefined;
  readonly bypassGovernance: boolean;
}

/** Removes a version, or hides the current one, unless a lock or a condition forbids it. */
export function removeObject(state: S3State, bucket: Bucket, request: RemovalRequest): Promise<Removal> {
  const { key, versionId, ifMatch, bypassGovernance } = request;
  checkVersionId(versionId);
  const nowMs = state.clock.now();
  const check = (version: ObjectVersion | undefined): void => {
    if (ifMatch !== undefined) {
      if (version === undefined || version.isDeleteMarker) throw preconditionFailed("If-Match");
      checkRead(version, { match: ifMatch }, nowMs);
    }
    // Hiding a locked version behind a delete marker does not remove it.
    if (version !== undefined && versionId !== undefined) checkRemovable(version, bypassGovernance, nowMs);
  };
  return state.objects.remove(bucket.name, key, versionId === undefined ? { check } : { versionId, check });
}

export function removalOutput({ versionId, deleteMarker }: Removal): {
  VersionId?: string;
  DeleteMarker?: boolean;
} {
  return {
    ...(versionId === undefined ? {} : { VersionId: versionId }),
    ...(deleteMarker ? { DeleteMarker: true } : {}),
  };
}
