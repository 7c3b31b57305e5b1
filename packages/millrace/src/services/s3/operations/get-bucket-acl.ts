import type { GetBucketAclOutput, GetBucketAclRequest } from "@aws-sdk/client-s3";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import type { Input } from "../../../gateway/service.ts";
import { bucketAcl } from "../access/acl-change.ts";
import { describeAcl } from "../access/acl-output.ts";
import { findBucket } from "../bucket-lookup.ts";
import type { S3State } from "../state.ts";

export function getBucketAcl(state: S3State, input: Input<GetBucketAclRequest>): GetBucketAclOutput {
  const bucket = findBucket(state, input);
  return describeAcl(bucketAcl(bucket), canonicalUserId(bucket.account));
}
