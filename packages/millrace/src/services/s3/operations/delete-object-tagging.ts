import type { DeleteObjectTaggingOutput, DeleteObjectTaggingRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findObject, versionIdOf } from "../object-lookup.ts";
import type { S3State } from "../state.ts";

export async function deleteObjectTagging(
  state: S3State,
  input: Input<DeleteObjectTaggingRequest>,
): Promise<DeleteObjectTaggingOutput> {
  const { bucket, version } = findObject(state, input, "DELETE");
  const { versionId, key } = version;
  const change = state.objects.change(
    bucket.name,
    key,
    versionId,
    (current) => ({ ...current, tags: {} }),
    "ObjectTagging:Delete",
  );
  return versionIdOf(bucket, (await change).versionId);
}
