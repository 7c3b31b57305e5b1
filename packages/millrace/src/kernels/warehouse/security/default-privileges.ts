import type { CatalogView } from "../catalog/catalog-view.ts";
import type { DefaultPrivilegeRecord, Grant, SchemaRecord } from "../catalog/records.ts";
import type { UserRecord } from "../leader-records.ts";
import { withGrant } from "./grant-list.ts";

type ObjectType = DefaultPrivilegeRecord["objectType"];

/** Whatever ALTER DEFAULT PRIVILEGES says, but for its REVOKE: PUBLIC may call functions. */
export const builtInDefaults: Readonly<Record<ObjectType, readonly Pick<Grant, "privilege">[]>> =
  Object.freeze({
    tables: [],
    functions: [{ privilege: "execute" }],
    procedures: [],
  });

/** What a new object of a user begins with. Nobody is granted anything on temporary objects. */
export function initialGrants(
  objectType: ObjectType,
  schema: SchemaRecord,
  { user, catalog }: { readonly user: UserRecord; readonly catalog: CatalogView },
): readonly Grant[] {
  if (schema.oid === catalog.temporarySchema.oid) return [];
  const defaults = catalog.permanent
    .defaultPrivileges()
    .filter((entry) => entry.ownerId === user.id && entry.objectType === objectType);
  let grants: readonly Grant[] = builtInDefaults[objectType]
    .filter(({ privilege }) => !defaults.some((entry) => isRevoked(entry, privilege)))
    .map(({ privilege }) => publicGrant(privilege, user.id));
  for (const { grant, revoked, schemaOid } of defaults) {
    if (revoked === true || (schemaOid !== undefined && schemaOid !== schema.oid)) continue;
    const change = { ...grant, grantorId: user.id, column: undefined };
    grants = withGrant(grants, change, grant.withGrantOption, { name: "", ownerId: user.id });
  }
  return grants;
}

function isRevoked({ revoked, grant, schemaOid }: DefaultPrivilegeRecord, privilege: string): boolean {
  return revoked === true && schemaOid === undefined && grant.privilege === privilege;
}

export function publicGrant(privilege: Grant["privilege"], grantorId: number): Grant {
  return { granteeKind: "public", granteeId: 0, grantorId, privilege, withGrantOption: false };
}
