import type { ContextEntries } from "../../core/policy/request-context.ts";
import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { askedEncryption, type EncryptionInput, encryptionContext } from "./encryption-request.ts";
import type { NewObjectInput } from "./new-object.ts";
import { parseTagging } from "./object-tags.ts";
import { objectPermission } from "./permissions.ts";
import type { S3State } from "./state.ts";

export interface WriteInput extends NewObjectInput, EncryptionInput {
  readonly Bucket: string;
  readonly Key: string;
}

/** What writing an object needs: `s3:PutObject`, and one action more for each thing that is said along with it. */
export function writePermissions(state: S3State, input: WriteInput, call: Call): readonly Permission[] {
  const { Bucket, Key } = input;
  const context = writeContext(input);
  const actions = ["s3:PutObject"];
  if (input.Tagging !== undefined && input.Tagging !== "") actions.push("s3:PutObjectTagging");
  if (namesAcl(input)) actions.push("s3:PutObjectAcl");
  if (input.ObjectLockMode !== undefined) actions.push("s3:PutObjectRetention");
  if (input.ObjectLockLegalHoldStatus !== undefined) actions.push("s3:PutObjectLegalHold");
  return [
    ...actions.map((action) => objectPermission(state, Bucket, Key, action, call, context)),
    ...dataKeyPermissions(state, input, call),
  ];
}

function namesAcl(input: NewObjectInput): boolean {
  const { ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWriteACP } = input;
  return (ACL ?? GrantFullControl ?? GrantRead ?? GrantReadACP ?? GrantWriteACP) !== undefined;
}

function writeContext(input: WriteInput): ContextEntries {
  const tags = parseTagging(input.Tagging);
  const tagEntries = Object.entries(tags).map(
    ([name, value]) => [`s3:RequestObjectTag/${name}`, value] as const,
  );
  return {
    "s3:x-amz-acl": input.ACL,
    "s3:x-amz-grant-full-control": input.GrantFullControl,
    "s3:x-amz-grant-read": input.GrantRead,
    "s3:x-amz-grant-read-acp": input.GrantReadACP,
    "s3:x-amz-grant-write-acp": input.GrantWriteACP,
    "s3:x-amz-server-side-encryption": input.ServerSideEncryption,
    "s3:x-amz-server-side-encryption-aws-kms-key-id": input.SSEKMSKeyId,
    "s3:x-amz-server-side-encryption-customer-algorithm": input.SSECustomerAlgorithm,
    "s3:x-amz-storage-class": input.StorageClass,
    "s3:x-amz-website-redirect-location": input.WebsiteRedirectLocation,
    "s3:object-lock-mode": input.ObjectLockMode,
    "s3:object-lock-legal-hold": input.ObjectLockLegalHoldStatus,
    "s3:object-lock-retain-until-date": input.ObjectLockRetainUntilDate?.toISOString(),
    ...(tagEntries.length === 0
      ? {}
      : { "s3:RequestObjectTagKeys": Object.keys(tags), ...Object.fromEntries(tagEntries) }),
  };
}

/** A writer under a key of KMS must be allowed to make data keys with it. */
function dataKeyPermissions(state: S3State, input: WriteInput, call: Call): readonly Permission[] {
  const bucket = state.objects.bucket(input.Bucket);
  const asked = bucket === undefined ? undefined : askedEncryption(bucket, input);
  if (bucket === undefined || asked?.algorithm !== "aws:kms") return [];
  const permission = state.keys.permission({
    action: "kms:GenerateDataKey",
    keyId: asked.keyId,
    owner: { account: call.account, region: bucket.region },
    caller: call.account,
    context: encryptionContext(bucket, input.Key, input, asked.bucketKey),
  });
  return permission === undefined ? [] : [permission];
}
