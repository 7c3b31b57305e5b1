import type { Grant, Owner } from "@aws-sdk/client-s3";
import type { AccessControlList } from "./access-control-list.ts";

/** A list as clients read it. */
export function describeAcl(acl: AccessControlList, ownerId: string): { Owner: Owner; Grants: Grant[] } {
  return {
    Owner: { ID: ownerId },
    Grants: acl.grants.map(({ grantee, permission }) => ({
      Grantee:
        grantee.kind === "user"
          ? { Type: "CanonicalUser", ID: grantee.id }
          : { Type: "Group", URI: grantee.uri },
      Permission: permission,
    })),
  };
}
