import { unsupported } from "../configuration-errors.ts";
import { invalidArgument } from "../errors.ts";
import {
  type AccessControlList,
  type AclGrant,
  type AclGrantee,
  type AclPermission,
  allUsers,
  authenticatedUsers,
  logDelivery,
  privateAcl,
  user,
} from "./access-control-list.ts";

/** Whose the thing is that a list is about, as canonical user ids. */
export interface AclOwners {
  readonly owner: string;
  /** Of the bucket that an object is in; the same as the owner for a bucket. */
  readonly bucketOwner: string;
}

const group = (uri: string): AclGrantee => ({ kind: "group", uri });

/** The list that one of AWS's names for a list stands for. @throws ServiceError for any other name. */
export function cannedAcl(name: string, { owner, bucketOwner }: AclOwners): AccessControlList {
  const plus = (...more: readonly (readonly [AclGrantee, AclPermission])[]): AccessControlList => ({
    grants: [
      ...privateAcl(owner).grants,
      ...more.map(([grantee, permission]): AclGrant => ({ grantee, permission })),
    ],
  });
  switch (name) {
    case "private":
      return plus();
    case "public-read":
      return plus([group(allUsers), "READ"]);
    case "public-read-write":
      return plus([group(allUsers), "READ"], [group(allUsers), "WRITE"]);
    case "authenticated-read":
      return plus([group(authenticatedUsers), "READ"]);
    case "log-delivery-write":
      return plus([group(logDelivery), "WRITE"], [group(logDelivery), "READ_ACP"]);
    case "bucket-owner-read":
      return bucketOwner === owner ? plus() : plus([user(bucketOwner), "READ"]);
    case "bucket-owner-full-control":
      return bucketOwner === owner ? plus() : plus([user(bucketOwner), "FULL_CONTROL"]);
    case "aws-exec-read":
      throw unsupported("The canned ACL aws-exec-read, which is for EC2,");
    default:
      throw invalidArgument("", "x-amz-acl", name);
  }
}
