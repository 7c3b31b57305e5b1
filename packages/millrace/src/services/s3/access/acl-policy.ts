import {
  type AccessControlList,
  type AclGrant,
  type AclPermission,
  allUsers,
  authenticatedUsers,
} from "./access-control-list.ts";

type Allowed = readonly (readonly [actions: readonly string[], scope: "self" | "inside"])[];

/** What a permission on a bucket allows, from AWS's table of ACL permissions and policy actions. */
const bucketActions: Readonly<Record<Exclude<AclPermission, "FULL_CONTROL">, Allowed>> = {
  READ: [[["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"], "self"]],
  WRITE: [[["s3:PutObject"], "inside"]],
  READ_ACP: [[["s3:GetBucketAcl"], "self"]],
  WRITE_ACP: [[["s3:PutBucketAcl"], "self"]],
};

const objectActions: Readonly<Record<Exclude<AclPermission, "FULL_CONTROL">, Allowed>> = {
  READ: [[["s3:GetObject", "s3:GetObjectVersion"], "self"]],
  WRITE: [],
  READ_ACP: [[["s3:GetObjectAcl", "s3:GetObjectVersionAcl"], "self"]],
  WRITE_ACP: [[["s3:PutObjectAcl", "s3:PutObjectVersionAcl"], "self"]],
};

const everyPermission: readonly Exclude<AclPermission, "FULL_CONTROL">[] = [
  "READ",
  "WRITE",
  "READ_ACP",
  "WRITE_ACP",
];

/**
 * A list as a resource policy that allows the same; undefined when it allows nobody but the owner anything,
 * for what the owner's users may do is for the owner's own policies to say.
 */
export function aclPolicy(
  acl: AccessControlList,
  about: { readonly kind: "bucket" | "object"; readonly arn: string; readonly ownerId: string },
): string | undefined {
  const table = about.kind === "bucket" ? bucketActions : objectActions;
  const statements = acl.grants.flatMap((grant) => {
    const who = granted(grant, about.ownerId);
    if (who === undefined) return [];
    const permissions = grant.permission === "FULL_CONTROL" ? everyPermission : [grant.permission];
    return permissions
      .flatMap((permission) => table[permission])
      .map(([Action, scope]) => ({
        Effect: "Allow",
        Action,
        Resource: scope === "self" ? escaped(about.arn) : `${escaped(about.arn)}/*`,
        ...who,
      }));
  });
  if (statements.length === 0) return undefined;
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Keys may hold what means something in a policy: `*`, `?` and `${`. */
function escaped(arn: string): string {
  return arn.replace(/[*?$]/g, (character) => `\${${character}}`);
}

function granted({ grantee }: AclGrant, ownerId: string): Readonly<Record<string, unknown>> | undefined {
  if (grantee.kind === "user") {
    return grantee.id === ownerId ? undefined : { Principal: { CanonicalUser: grantee.id } };
  }
  if (grantee.uri === allUsers) return { Principal: "*" };
  // Logs are not delivered here, so the group for it has no members.
  if (grantee.uri !== authenticatedUsers) return undefined;
  return { Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalType": "Anonymous" } } };
}
