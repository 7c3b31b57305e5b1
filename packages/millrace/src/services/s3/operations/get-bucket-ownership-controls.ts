import type { GetBucketOwnershipControlsOutput, GetBucketOwnershipControlsRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchOwnershipControls } from "../configuration-errors.ts";
import type { S3State } from "../state.ts";

export function getBucketOwnershipControls(
  state: S3State,
  input: Input<GetBucketOwnershipControlsRequest>,
): GetBucketOwnershipControlsOutput {
  const bucket = findBucket(state, input);
  const { ownership } = settingsOf(bucket);
  if (ownership === undefined) throw noSuchOwnershipControls(bucket.name);
  return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
}
