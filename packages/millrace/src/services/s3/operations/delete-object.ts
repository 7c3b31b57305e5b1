import type { DeleteObjectOutput, DeleteObjectRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { notImplemented } from "../errors.ts";
import { removalOutput, removeObject } from "../object-removal.ts";
import type { S3State } from "../state.ts";

export async function deleteObject(
  state: S3State,
  input: Input<DeleteObjectRequest>,
): Promise<DeleteObjectOutput> {
  const bucket = findBucket(state, input);
  if (input.IfMatchLastModifiedTime !== undefined) throw notImplemented("x-amz-if-match-last-modified-time");
  if (input.IfMatchSize !== undefined) throw notImplemented("x-amz-if-match-size");
  const removal = await removeObject(state, bucket, {
    key: input.Key,
    versionId: input.VersionId,
    ifMatch: input.IfMatch,
    bypassGovernance: input.BypassGovernanceRetention === true,
  });
  return removalOutput(removal);
}
