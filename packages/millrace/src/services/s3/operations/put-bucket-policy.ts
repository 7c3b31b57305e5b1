import type { PutBucketPolicyRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { checkBucketPolicy } from "../access/bucket-policy.ts";
import { isPublicPolicy } from "../access/public-policy.ts";
import { changeSettings } from "../bucket-change.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { accessDenied } from "../errors.ts";
import type { S3State } from "../state.ts";

export async function putBucketPolicy(state: S3State, input: Input<PutBucketPolicyRequest>): Promise<void> {
  const { Policy: policy } = input;
  const { name } = findBucket(state, input);
  checkBucketPolicy(policy, name);
  await changeSettings(state, input, (bucket) => {
    const blocked = settingsOf(bucket).publicAccess?.blockPublicPolicy === true;
    if (blocked && isPublicPolicy(policy)) throw accessDenied();
    return { policy };
  });
}
