import type { Drop } from "../../../sql/redshift/ast/admin.ts";
import type { AlterRole, CreateRole } from "../../../sql/redshift/ast/user.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RoleRecord } from "../leader-records.ts";
import { isSystemRole } from "../security/system-roles.ts";
import { tagResult } from "../session/results.ts";
import { isGranted } from "./drop-users.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { checkPrincipalName, lockPrincipal, roleNamed, userNamed } from "./users-found.ts";

export const createRole: StatementKind<CreateRole> = Object.freeze({
  category: "ddl",
  run: async ({ name: { name }, externalId }, context) => {
    context.demand({ kind: "create role" });
    checkPrincipalName(name, "role");
    await lockRoleName(name, context);
    const id = await context.host.leader.allocateOid();
    const put: RoleRecord = {
      id,
      name,
      ownerId: context.user.id,
      externalId,
      systemPrivileges: [],
      roleIds: [],
    };
    context.transaction.changeLeader({ table: "roles", id, put });
    return tagResult("CREATE ROLE");
  },
} satisfies StatementKind<CreateRole>);

/** @throws SqlError 42710 */
async function lockRoleName(name: string, context: StatementContext): Promise<void> {
  await context.transaction.lock(`role name ${name}`, "exclusive");
  context.checkCancelled();
  if (context.leader.role(name) !== undefined) throw new SqlError("42710", `role "${name}" already exists`);
}

/** A role of users, which may be changed. @throws SqlError 42501 for the system's */
export async function lockedRole(name: string, context: StatementContext): Promise<RoleRecord> {
  await lockPrincipal(roleNamed(name, context), context);
  const role = roleNamed(name, context);
  if (isSystemRole(role))
    throw new SqlError("42501", `role "${name}" is defined by the system and cannot be changed`);
  return role;
}

export const alterRole: StatementKind<AlterRole> = Object.freeze({
  category: "ddl",
  run: async ({ name: { name }, renameTo, owner, externalId }, context) => {
    const role = await lockedRole(name, context);
    context.demand({ kind: "own role", role });
    if (renameTo !== undefined) {
      checkPrincipalName(renameTo.name, "role");
      await lockRoleName(renameTo.name, context);
    }
    const newOwner = owner === undefined ? undefined : userNamed(owner.name, context);
    if (newOwner !== undefined) context.demand({ kind: "give away", newOwner });
    const put: RoleRecord = {
      ...role,
      name: renameTo?.name ?? role.name,
      ownerId: newOwner?.id ?? role.ownerId,
      externalId: externalId ?? role.externalId,
    };
    context.transaction.changeLeader({ table: "roles", id: role.id, put });
    return tagResult("ALTER ROLE");
  },
} satisfies StatementKind<AlterRole>);

export async function dropRoles({ names, behavior }: Drop, context: StatementContext): Promise<void> {
  for (const { parts } of names) {
    const name = parts.at(-1)?.name ?? "";
    const role = await lockedRole(name, context);
    context.demand({ kind: "own role", role, privilege: "drop" });
    if (isGranted({ granteeKind: "role", granteeId: role.id }, context))
      throw new SqlError(
        "55006",
        `role "${name}" cannot be dropped because the role has a privilege on some object`,
      );
    await leaveMembers(role, behavior === "force", context);
    context.transaction.changeLeader({ table: "roles", id: role.id, put: undefined });
  }
}

/** @throws SqlError 2BP01, in AWS's words, unless it is forced */
async function leaveMembers(role: RoleRecord, force: boolean, context: StatementContext): Promise<void> {
  const { leader, transaction } = context;
  const users = [...leader.users.values()].filter((user) => isMember(user, role));
  const roles = [...leader.roles.values()].filter((other) => isMember(other, role));
  if (!force && users.length > 0)
    throw new SqlError("2BP01", "cannot drop this role since it has been granted on a user");
  if (!force && (roles.length > 0 || role.roleIds.length > 0))
    throw new SqlError("2BP01", "cannot drop this role since it depends on another role");
  for (const { id } of users) {
    await lockPrincipal({ id }, context);
    const user = context.leader.users.get(id);
    if (user !== undefined) transaction.changeLeader({ table: "users", id, put: without(user, role) });
  }
  for (const { id } of roles) {
    await lockPrincipal({ id }, context);
    const other = context.leader.roles.get(id);
    if (other !== undefined) transaction.changeLeader({ table: "roles", id, put: without(other, role) });
  }
}

type Member = Pick<RoleRecord, "roleIds">;

function isMember({ roleIds }: Member, { id }: RoleRecord): boolean {
  return roleIds.some(({ roleId }) => roleId === id);
}

function without<M extends Member>(member: M, { id }: RoleRecord): M {
  return { ...member, roleIds: member.roleIds.filter(({ roleId }) => roleId !== id) };
}
