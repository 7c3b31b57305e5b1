import { canonicalUserId } from "../../../core/canonical-user.ts";
import type { Bucket, ObjectVersion } from "../../../kernels/objects/index.ts";
import {
  type BucketSettings,
  newBucketSettings,
  type ObjectSettings,
  type Ownership,
  objectSettingsOf,
  ownershipOf,
  settingsOf,
} from "../bucket-settings.ts";
import {
  aclAgainstOwnership,
  aclAgainstPublicAccessBlock,
  aclsNotSupported,
} from "../configuration-errors.ts";
import { accessDenied, invalidArgument } from "../errors.ts";
import { type AccessControlList, isPublicAcl, privateAcl } from "./access-control-list.ts";
import { type AclInput, requestedAcl } from "./acl-input.ts";

const ownerships: ReadonlySet<string> = new Set<Ownership>([
  "BucketOwnerEnforced",
  "BucketOwnerPreferred",
  "ObjectWriter",
]);

export function isOwnership(text: string | undefined): text is Ownership {
  return text !== undefined && ownerships.has(text);
}

/** The settings that a new bucket begins with, from what CreateBucket says of ownership and access. */
export function createdBucketSettings(
  input: AclInput & { readonly ObjectOwnership?: string | undefined },
  account: string,
): BucketSettings & Readonly<Record<string, unknown>> {
  // Who asks for a private list by name, as rclone does, gets a bucket that takes lists, on AWS too.
  const usual: Ownership = input.ACL === "private" ? "BucketOwnerPreferred" : "BucketOwnerEnforced";
  const ownership = input.ObjectOwnership ?? usual;
  if (!isOwnership(ownership)) {
    const message = `Invalid x-amz-object-ownership header: ${ownership}`;
    throw invalidArgument(message, "x-amz-object-ownership");
  }
  const owner = canonicalUserId(account);
  const acl = requestedAcl(input, { owner, bucketOwner: owner });
  const settings = newBucketSettings(ownership);
  if (acl === undefined || isPrivate(acl, owner)) return settings;
  if (ownership === "BucketOwnerEnforced") throw aclAgainstOwnership();
  if (isPublicAcl(acl)) throw aclAgainstPublicAccessBlock();
  return { ...settings, acl };
}

/** The list that a request puts on a bucket; undefined when it names none. */
export function changedBucketAcl(bucket: Bucket, input: AclInput): AccessControlList | undefined {
  const owner = canonicalUserId(bucket.account);
  return allowed(bucket, requestedAcl(input, { owner, bucketOwner: owner }), input.ACL, owner);
}

/** The list that a request puts on an object that is there; undefined when it names none. */
export function changedObjectAcl(
  bucket: Bucket,
  object: ObjectVersion,
  input: AclInput,
): AccessControlList | undefined {
  const owner = canonicalUserId(objectSettingsOf(object).owner ?? bucket.account);
  const bucketOwner = canonicalUserId(bucket.account);
  return allowed(bucket, requestedAcl(input, { owner, bucketOwner }), input.ACL, bucketOwner);
}

/**
 * Whose an object is that is written now, and who may do what with it: for whatever writes objects.
 * @param writer the account that writes.
 */
export function newObjectSettings(
  bucket: Bucket,
  input: AclInput,
  writer: string,
): ObjectSettings & Readonly<Record<string, unknown>> {
  const ownership = ownershipOf(bucket);
  const given = ownership === "BucketOwnerPreferred" && input.ACL === "bucket-owner-full-control";
  const owner = ownership === "BucketOwnerEnforced" || given ? bucket.account : writer;
  const bucketOwner = canonicalUserId(bucket.account);
  const acl = requestedAcl(input, { owner: canonicalUserId(owner), bucketOwner });
  const kept = allowed(bucket, acl, input.ACL, bucketOwner);
  return {
    ...(owner === bucket.account ? {} : { owner }),
    ...(kept === undefined || ownership === "BucketOwnerEnforced" ? {} : { acl: kept }),
  };
}

/** @throws ServiceError when the bucket takes no lists, or none that is public. */
function allowed(
  bucket: Bucket,
  acl: AccessControlList | undefined,
  canned: string | undefined,
  bucketOwner: string,
): AccessControlList | undefined {
  if (acl === undefined) return undefined;
  // What says that the bucket's owner has it all is no news, so it is taken; "private" means the writer.
  const isNoNews =
    canned === undefined ? isPrivate(acl, bucketOwner) : canned === "bucket-owner-full-control";
  if (ownershipOf(bucket) === "BucketOwnerEnforced" && !isNoNews) throw aclsNotSupported();
  if (settingsOf(bucket).publicAccess?.blockPublicAcls === true && isPublicAcl(acl)) throw accessDenied();
  return acl;
}

/** True when a list gives everything to its owner and nothing to anybody else. */
export function isPrivate(acl: AccessControlList, ownerId: string): boolean {
  const [only, second] = acl.grants;
  if (only === undefined || second !== undefined) return false;
  const { grantee, permission } = only;
  return grantee.kind === "user" && grantee.id === ownerId && permission === "FULL_CONTROL";
}

/** Who may do what with a bucket, where a list was put on it or not. */
export function bucketAcl(bucket: Bucket): AccessControlList {
  const enforced = ownershipOf(bucket) === "BucketOwnerEnforced";
  const acl = enforced ? undefined : settingsOf(bucket).acl;
  return acl ?? privateAcl(canonicalUserId(bucket.account));
}

/** The account that an object belongs to. */
export function objectOwner(bucket: Bucket, object: ObjectVersion): string {
  if (ownershipOf(bucket) === "BucketOwnerEnforced") return bucket.account;
  return objectSettingsOf(object).owner ?? bucket.account;
}

/** Who may do what with an object, where a list was put on it or not. */
export function objectAcl(bucket: Bucket, object: ObjectVersion): AccessControlList {
  const enforced = ownershipOf(bucket) === "BucketOwnerEnforced";
  const acl = enforced ? undefined : objectSettingsOf(object).acl;
  return acl ?? privateAcl(canonicalUserId(objectOwner(bucket, object)));
}
