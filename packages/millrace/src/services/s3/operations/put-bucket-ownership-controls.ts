import type { PutBucketOwnershipControlsRequest } from "@aws-sdk/client-s3";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import type { Input } from "../../../gateway/service.ts";
import { bucketAcl, isOwnership, isPrivate } from "../access/acl-change.ts";
import { changeSettings } from "../bucket-change.ts";
import { aclAgainstOwnership } from "../configuration-errors.ts";
import { malformedXml } from "../errors.ts";
import type { S3State } from "../state.ts";

export async function putBucketOwnershipControls(
  state: S3State,
  input: Input<PutBucketOwnershipControlsRequest>,
): Promise<void> {
  const [rule, second] = input.OwnershipControls.Rules;
  const ownership = rule?.ObjectOwnership;
  if (!isOwnership(ownership) || second !== undefined) throw malformedXml();
  await changeSettings(state, input, (bucket) => {
    // Who was given something would lose it without a word.
    const isShared = !isPrivate(bucketAcl(bucket), canonicalUserId(bucket.account));
    if (ownership === "BucketOwnerEnforced" && isShared) throw aclAgainstOwnership();
    return { ownership };
  });
}
