import type { GetBucketTaggingOutput, GetBucketTaggingRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchTagSet } from "../configuration-errors.ts";
import type { S3State } from "../state.ts";

export function getBucketTagging(
  state: S3State,
  input: Input<GetBucketTaggingRequest>,
): GetBucketTaggingOutput {
  const bucket = findBucket(state, input);
  const { tags } = settingsOf(bucket);
  if (tags === undefined) throw noSuchTagSet(bucket.name);
  return { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}
