/** What a grant allows. On a bucket READ lists its objects, on an object it reads it. */
export type AclPermission = "FULL_CONTROL" | "READ" | "WRITE" | "READ_ACP" | "WRITE_ACP";

export type AclGrantee =
  /** A canonical user id. */
  | { readonly kind: "user"; readonly id: string }
  /** One of AWS's predefined groups. */
  | { readonly kind: "group"; readonly uri: string };

export interface AclGrant {
  readonly grantee: AclGrantee;
  readonly permission: AclPermission;
}

/** Who may do what with a bucket or an object beside what policies say. */
export interface AccessControlList {
  readonly grants: readonly AclGrant[];
}

export const aclPermissions: ReadonlySet<string> = new Set<AclPermission>([
  "FULL_CONTROL",
  "READ",
  "WRITE",
  "READ_ACP",
  "WRITE_ACP",
]);

/** Everybody, signed in or not. */
export const allUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
/** Everybody who has an account, anybody's account. */
export const authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
export const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

export const aclGroups: ReadonlySet<string> = new Set([allUsers, authenticatedUsers, logDelivery]);

export const user = (id: string): AclGrantee => ({ kind: "user", id });

/** What a bucket or an object has that was given no list. */
export function privateAcl(ownerId: string): AccessControlList {
  return { grants: [{ grantee: user(ownerId), permission: "FULL_CONTROL" }] };
}

/** A grant to everybody, or to everybody with some account: to AWS, both are public. */
export function isPublicGrant({ grantee }: AclGrant): boolean {
  return grantee.kind === "group" && grantee.uri !== logDelivery;
}

export function isPublicAcl(acl: AccessControlList): boolean {
  return acl.grants.some(isPublicGrant);
}
