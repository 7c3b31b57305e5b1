import type {
  DeletedObject,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  _Error as ObjectError,
  ObjectIdentifier,
} from "@aws-sdk/client-s3";
import { messageOf, ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { Bucket } from "../../../kernels/objects/index.ts";
import { findBucket } from "../bucket-lookup.ts";
import { deletePermissions } from "../delete-permissions.ts";
import { malformedXml, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { checkKey } from "../object-lookup.ts";
import { removeObject } from "../object-removal.ts";
import type { S3State } from "../state.ts";
import { storeError } from "../store-error.ts";

type Outcome = { readonly deleted: DeletedObject } | { readonly failed: ObjectError };

/** Each key is removed or refused by itself; all of them share the store's commits. */
export async function deleteObjects(
  state: S3State,
  input: Input<DeleteObjectsRequest>,
  call: Call,
): Promise<DeleteObjectsOutput> {
  const bucket = findBucket(state, input);
  const { Objects, Quiet } = input.Delete;
  if (Objects.length === 0 || Objects.length > limits.deletesPerRequest) throw malformedXml();
  const bypassGovernance = input.BypassGovernanceRetention === true;
  const outcomes = await Promise.all(
    Objects.map((object) => removeOne(state, bucket, object, bypassGovernance, call)),
  );
  const deleted = outcomes.flatMap((outcome) => ("deleted" in outcome ? [outcome.deleted] : []));
  const failed = outcomes.flatMap((outcome) => ("failed" in outcome ? [outcome.failed] : []));
  return {
    ...(Quiet === true || deleted.length === 0 ? {} : { Deleted: deleted }),
    ...(failed.length === 0 ? {} : { Errors: failed }),
  };
}

/** Each key needs its own permission, and one that is refused leaves the others alone. */
function requireRemoval(
  state: S3State,
  { name: Bucket }: Bucket,
  { Key, VersionId, ETag: IfMatch }: Input<ObjectIdentifier>,
  BypassGovernanceRetention: boolean,
  call: Call,
): void {
  if (call.require === undefined) return;
  const named = { Bucket, Key, VersionId, IfMatch, BypassGovernanceRetention };
  for (const permission of deletePermissions(state, named, call)) call.require(permission);
}

async function removeOne(
  state: S3State,
  bucket: Bucket,
  object: Input<ObjectIdentifier>,
  bypassGovernance: boolean,
  call: Call,
): Promise<Outcome> {
  const { Key, VersionId, ETag, LastModifiedTime, Size } = object;
  const named = VersionId === undefined ? { Key } : { Key, VersionId };
  try {
    checkKey(Key);
    requireRemoval(state, bucket, object, bypassGovernance, call);
    if (LastModifiedTime !== undefined || Size !== undefined)
      throw notImplemented("LastModifiedTime and Size of an object to delete");
    const { versionId, deleteMarker } = await removeObject(state, bucket, {
      key: Key,
      versionId: VersionId,
      ifMatch: ETag,
      bypassGovernance,
    });
    if (!deleteMarker || versionId === undefined) return { deleted: named };
    return { deleted: { ...named, DeleteMarker: true, DeleteMarkerVersionId: versionId } };
  } catch (thrown) {
    const error = storeError(thrown, object);
    if (error instanceof ServiceError)
      return { failed: { ...named, Code: error.code, Message: error.message } };
    const { requestId } = call;
    call.log.error({ err: thrown, requestId, key: Key }, `an object was not deleted: ${messageOf(thrown)}`);
    const Message = "We encountered an internal error. Please try again.";
    return { failed: { ...named, Code: "InternalError", Message } };
  }
}
