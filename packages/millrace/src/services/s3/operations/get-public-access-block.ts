import type { GetPublicAccessBlockOutput, GetPublicAccessBlockRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchPublicAccessBlock } from "../configuration-errors.ts";
import type { S3State } from "../state.ts";

export function getPublicAccessBlock(
  state: S3State,
  input: Input<GetPublicAccessBlockRequest>,
): GetPublicAccessBlockOutput {
  const bucket = findBucket(state, input);
  const { publicAccess } = settingsOf(bucket);
  if (publicAccess === undefined) throw noSuchPublicAccessBlock(bucket.name);
  return {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: publicAccess.blockPublicAcls,
      IgnorePublicAcls: publicAccess.ignorePublicAcls,
      BlockPublicPolicy: publicAccess.blockPublicPolicy,
      RestrictPublicBuckets: publicAccess.restrictPublicBuckets,
    },
  };
}
