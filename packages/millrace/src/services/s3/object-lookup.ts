import type { Bucket, ObjectVersion } from "../../kernels/objects/index.ts";
import { type BucketInput, findBucket } from "./bucket-lookup.ts";
import {
  invalidArgument,
  isDeleteMarker,
  keyIsDeleted,
  keyTooLong,
  noSuchKey,
  noSuchVersion,
} from "./errors.ts";
import { expirationHeader } from "./lifecycle/expiration-header.ts";
import { limits } from "./limits.ts";
import type { S3State } from "./state.ts";

/** What every operation on an object says of it. */
export interface ObjectInput extends BucketInput {
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

export interface Found {
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
}

export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > limits.keyBytes) throw keyTooLong(bytes, limits.keyBytes);
}

const versionForm = /^[A-Za-z0-9._-]{1,1024}$/;

/** What can be no version's id is refused before anything is looked up. */
export function checkVersionId(versionId: string | undefined): void {
  if (versionId === undefined) return;
  if (versionId === "")
    throw invalidArgument("Version id cannot be the empty string", "versionId", versionId);
  if (!versionForm.test(versionId))
    throw invalidArgument("Invalid version id specified", "versionId", versionId);
}

/** The version that a client reads or changes: the current one, or the one that it names. */
export function findObject(state: S3State, input: ObjectInput, method: string): Found {
  const bucket = findBucket(state, input);
  checkVersionId(input.VersionId);
  const version = findVersion(state, input.Bucket, input.Key, input.VersionId);
  if (!version.isDeleteMarker) return { bucket, version };
  if (input.VersionId === undefined) throw keyIsDeleted(input.Key, version.versionId);
  throw isDeleteMarker(version.versionId, version.lastModifiedMs, method);
}

/** A version, which may be a delete marker. */
export function findVersion(
  state: S3State,
  bucket: string,
  key: string,
  versionId: string | undefined,
): ObjectVersion {
  const version = state.objects.find(bucket, key, versionId);
  if (version !== undefined) return version;
  throw versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);
}

/** What answers say of a version that was just written. */
export function writtenMembers(
  bucket: Bucket,
  version: ObjectVersion,
): { readonly VersionId?: string; readonly Expiration?: string } {
  const expiration = expirationHeader(bucket, version);
  return {
    ...versionIdOf(bucket, version.versionId),
    ...(expiration === undefined ? {} : { Expiration: expiration }),
  };
}

/** The version's id as answers carry it: not at all in a bucket that never had versions. */
export function versionIdOf(bucket: Bucket, versionId: string | undefined): { VersionId?: string } {
  return bucket.versioning === "off" || versionId === undefined ? {} : { VersionId: versionId };
}
