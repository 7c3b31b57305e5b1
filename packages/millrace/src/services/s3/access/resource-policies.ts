import { canonicalUserId } from "../../../core/canonical-user.ts";
import type { Bucket, ObjectStore, ObjectVersion } from "../../../kernels/objects/index.ts";
import { objectSettingsOf, ownershipOf, settingsOf } from "../bucket-settings.ts";
import { type AccessControlList, isPublicGrant } from "./access-control-list.ts";
import { aclPolicy } from "./acl-policy.ts";
import { isPublicPolicy } from "./public-policy.ts";

/**
 * All that a bucket says of who may do something with it or an object in it: its policy, its list and the
 * object's as policies, and what its public access block takes away.
 */
export function resourcePolicies(objects: ObjectStore, arn: string): readonly string[] {
  const [, prefix, name, key] = /^(arn:[^:]*:s3:::)([^/]+)(?:\/(.*))?$/s.exec(arn) ?? [];
  const bucket = name === undefined ? undefined : objects.bucket(name);
  if (bucket === undefined) return [];
  const bucketArn = `${prefix}${bucket.name}`;
  const policies = bucketPolicies(bucket, bucketArn);
  if (ownershipOf(bucket) === "BucketOwnerEnforced") return policies;
  const object = key === undefined ? undefined : objects.find(bucket.name, key);
  return [
    ...policies,
    ...listPolicies(bucket, bucketArn, object === undefined ? undefined : { arn, object }),
  ];
}

function bucketPolicies(bucket: Bucket, arn: string): readonly string[] {
  const { policy, publicAccess } = settingsOf(bucket);
  if (policy === undefined) return [];
  if (publicAccess?.restrictPublicBuckets !== true || !isPublicPolicy(policy)) return [policy];
  return [policy, restriction(bucket, arn)];
}

/** A public policy opens a restricted bucket to nobody beyond its own account and AWS's services. */
function restriction(bucket: Bucket, arn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": bucket.account },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  });
}

interface ObjectAt {
  readonly arn: string;
  readonly object: ObjectVersion;
}

function listPolicies(bucket: Bucket, bucketArn: string, at: ObjectAt | undefined): readonly string[] {
  const policies: string[] = [];
  const add = (
    kind: "bucket" | "object",
    arn: string,
    acl: AccessControlList | undefined,
    owner: string,
  ): void => {
    if (acl === undefined) return;
    const policy = aclPolicy(effective(bucket, acl), { kind, arn, ownerId: canonicalUserId(owner) });
    if (policy !== undefined) policies.push(policy);
  };
  add("bucket", bucketArn, settingsOf(bucket).acl, bucket.account);
  if (at !== undefined) {
    const { acl, owner = bucket.account } = objectSettingsOf(at.object);
    add("object", at.arn, acl, owner);
  }
  return policies;
}

/** Without the grants that the public access block takes away. */
function effective(bucket: Bucket, acl: AccessControlList): AccessControlList {
  if (settingsOf(bucket).publicAccess?.ignorePublicAcls !== true) return acl;
  return { grants: acl.grants.filter((grant) => !isPublicGrant(grant)) };
}
