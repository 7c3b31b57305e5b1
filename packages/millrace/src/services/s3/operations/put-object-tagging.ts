import type { PutObjectTaggingOutput, PutObjectTaggingRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findObject, versionIdOf } from "../object-lookup.ts";
import { tagsOf } from "../object-tags.ts";
import type { S3State } from "../state.ts";

export async function putObjectTagging(
  state: S3State,
  input: Input<PutObjectTaggingRequest>,
): Promise<PutObjectTaggingOutput> {
  const tags = tagsOf(input.Tagging.TagSet);
  const { bucket, version } = findObject(state, input, "PUT");
  const { versionId, key } = version;
  const change = state.objects.change(
    bucket.name,
    key,
    versionId,
    (current) => ({ ...current, tags }),
    "ObjectTagging:Put",
  );
  return versionIdOf(bucket, (await change).versionId);
}
