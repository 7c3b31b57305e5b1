import type { GetBucketPolicyOutput, GetBucketPolicyRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchPolicy } from "../configuration-errors.ts";
import type { S3State } from "../state.ts";

export function getBucketPolicy(state: S3State, input: Input<GetBucketPolicyRequest>): GetBucketPolicyOutput {
  const bucket = findBucket(state, input);
  const { policy } = settingsOf(bucket);
  if (policy === undefined) throw noSuchPolicy(bucket.name);
  return { Policy: policy };
}
