import type { CreateBucketRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../gateway/call.ts";
import type { Input, Permission } from "../../gateway/service.ts";
import { bucketArn } from "./arn.ts";
import type { S3State } from "./state.ts";

/** A new bucket is the caller's own, even where its name turns out to be taken. */
export function createPermissions(
  _state: S3State,
  input: Input<CreateBucketRequest>,
  call: Call,
): readonly Permission[] {
  const { ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = input;
  const actions = ["s3:CreateBucket"];
  if ((ACL ?? GrantFullControl ?? GrantRead ?? GrantReadACP ?? GrantWrite ?? GrantWriteACP) !== undefined)
    actions.push("s3:PutBucketAcl");
  if (input.ObjectLockEnabledForBucket === true)
    actions.push("s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning");
  if (input.ObjectOwnership !== undefined) actions.push("s3:PutBucketOwnershipControls");
  if ((input.CreateBucketConfiguration?.Tags ?? []).length > 0) actions.push("s3:TagResource");
  const context = {
    "s3:LocationConstraint": input.CreateBucketConfiguration?.LocationConstraint,
    "s3:x-amz-acl": ACL,
    "s3:x-amz-object-ownership": input.ObjectOwnership,
  };
  const resources = [bucketArn(input.Bucket, call.region)];
  return actions.map((action) => ({ action, resources, context }));
}
