import type { AlterDefaultPrivileges, PrivilegeName } from "../../../sql/redshift/ast/security.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { DefaultPrivilegeRecord, Grant, SchemaRecord } from "../catalog/records.ts";
import type { UserRecord } from "../leader-records.ts";
import { builtInDefaults, publicGrant } from "../security/default-privileges.ts";
import { permissionDenied } from "../security/denied.ts";
import { Principal } from "../security/principal.ts";
import { tagResult } from "../session/results.ts";
import { schemaNamed } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { granteeOf, userNamed } from "./users-found.ts";

type ObjectType = DefaultPrivilegeRecord["objectType"];

const privilegesOf: Readonly<Record<ObjectType, readonly PrivilegeName[]>> = Object.freeze({
  tables: [
    "select",
    "insert",
    "update",
    "delete",
    "references",
    "rule",
    "trigger",
    "drop",
    "truncate",
    "alter",
  ],
  functions: ["execute"],
  procedures: ["execute"],
});

/** Whose new objects of a kind, and where. */
interface Place {
  readonly owner: UserRecord;
  readonly schema: SchemaRecord | undefined;
  readonly objectType: ObjectType;
}

/** What objects that a user makes from now on begin with. */
export const alterDefaultPrivileges: StatementKind<AlterDefaultPrivileges> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const owners =
      ast.users.length === 0 ? [context.user] : ast.users.map(({ name }) => userNamed(name, context));
    for (const owner of owners) context.demand({ kind: "default privileges", owner });
    const grantees = ast.grantees.map((grantee) => {
      if ((grantee.grantOption || ast.grantOptionFor) && grantee.kind !== "user")
        throw new SqlError("0LP01", "grant options can only be granted to individual users");
      return { ...granteeOf(grantee, context), withGrantOption: grantee.grantOption };
    });
    const privileges = ast.privileges ?? privilegesOf[ast.objectType];
    for (const privilege of privileges)
      if (!privilegesOf[ast.objectType].includes(privilege))
        throw new SqlError(
          "0LP01",
          `invalid privilege type ${privilege.toUpperCase()} for ${ast.objectType.slice(0, -1)}`,
        );
    await context.transaction.lock("default privileges", "exclusive");
    context.checkCancelled();
    await context.open();
    for (const place of placesOf(ast, owners, context))
      for (const grantee of grantees)
        for (const privilege of privileges) {
          const grant: Grant = { ...grantee, grantorId: place.owner.id, privilege };
          if (ast.action === "grant") await granted(place, grant, context);
          else await revoked(place, grant, ast.grantOptionFor, context);
        }
    return tagResult("ALTER DEFAULT PRIVILEGES");
  },
} satisfies StatementKind<AlterDefaultPrivileges>);

/** @throws SqlError 42501 for a schema in which the owner cannot make anything */
function placesOf(
  { schemas, objectType }: AlterDefaultPrivileges,
  owners: readonly UserRecord[],
  context: StatementContext,
): readonly Place[] {
  return owners.flatMap((owner): readonly Place[] => {
    if (schemas.length === 0) return [{ owner, schema: undefined, objectType }];
    const { leader } = context;
    const principal = new Principal(owner, { groups: leader.groups.values(), roles: leader.roles.values() });
    return schemas.map(({ name }) => {
      const schema = schemaNamed(name, context);
      if (!principal.may(schema, "create")) throw permissionDenied("schema", name);
      return { owner, schema, objectType };
    });
  });
}

function entriesOf({ owner, schema, objectType }: Place, grant: Grant, context: StatementContext) {
  return context.catalog.permanent
    .defaultPrivileges()
    .filter(
      (entry) =>
        entry.ownerId === owner.id &&
        entry.schemaOid === schema?.oid &&
        entry.objectType === objectType &&
        entry.grant.privilege === grant.privilege &&
        entry.grant.granteeKind === grant.granteeKind &&
        entry.grant.granteeId === grant.granteeId,
    );
}

async function granted(place: Place, grant: Grant, context: StatementContext): Promise<void> {
  const known = entriesOf(place, grant, context);
  for (const entry of known) {
    if (entry.revoked === true) context.catalog.remove(entry);
    else if (grant.withGrantOption && !entry.grant.withGrantOption) context.catalog.put({ ...entry, grant });
  }
  if (known.some((entry) => entry.revoked !== true) || isBuiltIn(place, grant)) return;
  await add(place, grant, undefined, context);
}

async function revoked(
  place: Place,
  grant: Grant,
  optionOnly: boolean,
  context: StatementContext,
): Promise<void> {
  const known = entriesOf(place, grant, context);
  for (const entry of known) {
    if (entry.revoked === true) continue;
    if (!optionOnly) context.catalog.remove(entry);
    else context.catalog.put({ ...entry, grant: { ...entry.grant, withGrantOption: false } });
  }
  if (!isBuiltIn(place, grant) || known.some((entry) => entry.revoked === true)) return;
  await add(place, publicGrant(grant.privilege, place.owner.id), true, context);
}

/** PUBLIC's EXECUTE of functions; a schema's own defaults only add to it. */
function isBuiltIn({ schema, objectType }: Place, { granteeKind, privilege }: Grant): boolean {
  return (
    schema === undefined &&
    granteeKind === "public" &&
    builtInDefaults[objectType].some((known) => known.privilege === privilege)
  );
}

async function add(
  { owner, schema, objectType }: Place,
  grant: Grant,
  isRevoked: true | undefined,
  context: StatementContext,
): Promise<void> {
  const record: DefaultPrivilegeRecord = {
    kind: "default-privilege",
    oid: await context.host.leader.allocateOid(),
    ownerId: owner.id,
    schemaOid: schema?.oid,
    objectType,
    grant,
  };
  context.catalog.put(isRevoked === true ? { ...record, revoked: true } : record);
}
