import type { PutBucketAclRequest } from "@aws-sdk/client-s3";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import type { Input } from "../../../gateway/service.ts";
import { changedBucketAcl, isPrivate } from "../access/acl-change.ts";
import { changeSettings } from "../bucket-change.ts";
import { missingAcl } from "../configuration-errors.ts";
import type { S3State } from "../state.ts";

export async function putBucketAcl(state: S3State, input: Input<PutBucketAclRequest>): Promise<void> {
  await changeSettings(state, input, (bucket) => {
    const acl = changedBucketAcl(bucket, input);
    if (acl === undefined) throw missingAcl();
    return { acl: isPrivate(acl, canonicalUserId(bucket.account)) ? undefined : acl };
  });
}
