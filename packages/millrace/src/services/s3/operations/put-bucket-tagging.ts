import type { PutBucketTaggingRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import { bucketTags } from "../bucket-tags.ts";
import type { S3State } from "../state.ts";

export async function putBucketTagging(state: S3State, input: Input<PutBucketTaggingRequest>): Promise<void> {
  const tags = bucketTags(input.Tagging.TagSet);
  await changeSettings(state, input, () => ({ tags: Object.keys(tags).length === 0 ? undefined : tags }));
}
