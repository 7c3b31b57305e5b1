import type { GetObjectTaggingOutput, GetObjectTaggingRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findObject, versionIdOf } from "../object-lookup.ts";
import { tagSet } from "../object-tags.ts";
import type { S3State } from "../state.ts";

export function getObjectTagging(
  state: S3State,
  input: Input<GetObjectTaggingRequest>,
): GetObjectTaggingOutput {
  const { bucket, version } = findObject(state, input, "GET");
  return { TagSet: tagSet(version.tags), ...versionIdOf(bucket, version.versionId) };
}
