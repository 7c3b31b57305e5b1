/** What a grant allows. On a bucket READ lists its objects, on an object it reads it. */
export type AclPermission = "FULL_CONTROL" | "READ" | "WRITE" | "READ_ACP" | "WRITE_ACP";

export type AclGrantee =
  /** A canonical user id: see `canonicalUserId`. */
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
