import type { GrantRole, RevokeRole, RoleGrantee } from "../../../sql/redshift/ast/security.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RoleMembership, RoleRecord } from "../leader-records.ts";
import { inheritedRoles } from "../security/principal.ts";
import { isSystemRole } from "../security/system-roles.ts";
import { tagResult } from "../session/results.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { lockPrincipal, roleNamed, userNamed } from "./users-found.ts";

/** One role is nested into others one statement at a time, so that no two make a circle together. */
const nestingLock = "nesting of roles";

export const grantRole: StatementKind<GrantRole> = Object.freeze({
  category: "ddl",
  run: async ({ roles, grantees }, context) => {
    for (const { name } of roles) {
      const role = roleNamed(name, context);
      context.demand({ kind: "own role", role, privilege: "grant" });
      for (const grantee of grantees)
        await change(grantee, context, (memberships) => joined(memberships, role, grantee.adminOption), role);
    }
    return tagResult("GRANT");
  },
} satisfies StatementKind<GrantRole>);

export const revokeRole: StatementKind<RevokeRole> = Object.freeze({
  category: "ddl",
  run: async ({ roles, grantees, adminOptionFor }, context) => {
    for (const { name } of roles) {
      const role = roleNamed(name, context);
      context.demand({ kind: "own role", role, privilege: "grant" });
      for (const grantee of grantees)
        await change(grantee, context, (memberships) => left(memberships, role, adminOptionFor));
    }
    return tagResult("REVOKE");
  },
} satisfies StatementKind<RevokeRole>);

function joined(
  memberships: readonly RoleMembership[],
  { id }: RoleRecord,
  adminOption: boolean,
): readonly RoleMembership[] {
  const known = memberships.find(({ roleId }) => roleId === id);
  const others = memberships.filter((membership) => membership !== known);
  return [...others, { roleId: id, adminOption: adminOption || known?.adminOption === true }];
}

function left(
  memberships: readonly RoleMembership[],
  { id }: RoleRecord,
  adminOptionOnly: boolean,
): readonly RoleMembership[] {
  if (!adminOptionOnly) return memberships.filter(({ roleId }) => roleId !== id);
  return memberships.map((membership) =>
    membership.roleId === id ? { ...membership, adminOption: false } : membership,
  );
}

/** @param nested the role that the grantee, if it is one, shall be a member of */
async function change(
  { kind, name: { name } }: RoleGrantee,
  context: StatementContext,
  memberships: (known: readonly RoleMembership[]) => readonly RoleMembership[],
  nested?: RoleRecord,
): Promise<void> {
  const { transaction } = context;
  if (kind === "user") {
    await lockPrincipal(userNamed(name, context), context);
    const user = userNamed(name, context);
    const put = { ...user, roleIds: memberships(user.roleIds) };
    return transaction.changeLeader({ table: "users", id: user.id, put });
  }
  await transaction.lock(nestingLock, "exclusive");
  await lockPrincipal(roleNamed(name, context), context);
  const role = roleNamed(name, context);
  if (isSystemRole(role))
    throw new SqlError("42501", `role "${name}" is defined by the system and cannot be changed`);
  context.demand({ kind: "own role", role, privilege: "grant" });
  if (nested !== undefined) checkNoCircle(nested, role, context);
  const put = { ...role, roleIds: memberships(role.roleIds) };
  transaction.changeLeader({ table: "roles", id: role.id, put });
}

/** @throws SqlError 0LP01 */
function checkNoCircle(inner: RoleRecord, outer: RoleRecord, { leader }: StatementContext): void {
  const now = leader.roles.get(inner.id);
  if (now === undefined) throw new SqlError("42704", `role "${inner.name}" does not exist`);
  if (inner.id === outer.id || inheritedRoles(now.roleIds, leader.roles.values()).has(outer.id))
    throw new SqlError("0LP01", `role "${inner.name}" is a member of role "${outer.name}"`);
}
