import type { Drop } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Grant } from "../catalog/records.ts";
import { masterUserId, systemUserId } from "../cluster/first-documents.ts";
import type { UserRecord } from "../leader-records.ts";
import type { StatementContext } from "./statement-context.ts";
import { note } from "./users.ts";
import { groupNamed, lockPrincipal, userNamed } from "./users-found.ts";

export async function dropUsers({ names, ifExists }: Drop, context: StatementContext): Promise<void> {
  context.demand({ kind: "drop user" });
  for (const { parts } of names) {
    const name = parts.at(-1)?.name ?? "";
    if (ifExists && context.leader.user(name) === undefined) {
      context.notice("INFO", `User "${name}" does not exist and will be skipped`);
      continue;
    }
    await lockPrincipal(userNamed(name, context), context);
    const user = userNamed(name, context);
    if (user.superuser) context.demand({ kind: "superuser", to: "drop superusers" });
    checkDroppable(user, context);
    for (const { id, userIds } of context.leader.groups.values())
      if (userIds.includes(user.id)) await leaveGroup(user.id, id, context);
    context.transaction.changeLeader({ table: "users", id: user.id, put: undefined });
    note(user, name, "drop", context);
  }
}

async function leaveGroup(userId: number, groupId: number, context: StatementContext): Promise<void> {
  await lockPrincipal({ id: groupId }, context);
  const group = context.leader.groups.get(groupId);
  if (group === undefined) return;
  const put = { ...group, userIds: group.userIds.filter((id) => id !== userId) };
  context.transaction.changeLeader({ table: "groups", id: groupId, put });
}

/** @throws SqlError 55006 for who owns something or was granted something, in AWS's words */
function checkDroppable(user: UserRecord, context: StatementContext): void {
  const { id, name } = user;
  if (id === systemUserId || id === masterUserId)
    throw new SqlError("42501", `user "${name}" cannot be dropped`);
  if (id === context.user.id || id === context.loginUser.id)
    throw new SqlError("55006", "current user cannot be dropped");
  if (owns(id, context))
    throw new SqlError("55006", `user "${name}" cannot be dropped because the user owns some object`);
  if (user.roleIds.length > 0 || isGranted({ granteeKind: "user", granteeId: id }, context))
    throw new SqlError(
      "55006",
      `user "${name}" cannot be dropped because the user has a privilege on some object`,
    );
}

/** AWS looks at the session's database only: what a user had elsewhere belongs to nobody then. */
function owns(id: number, { leader, catalog }: StatementContext): boolean {
  for (const { ownerId } of [...leader.databases.values(), ...leader.roles.values()])
    if (ownerId === id) return true;
  for (const { ownerId } of catalog.permanent.records()) if (ownerId === id) return true;
  return false;
}

/** Whether anything of the session's database, or a database itself, was granted to somebody, or by a user. */
export function isGranted(
  { granteeKind, granteeId }: Pick<Grant, "granteeKind" | "granteeId">,
  { leader, catalog }: StatementContext,
): boolean {
  const has = (grant: Pick<Grant, "granteeKind" | "granteeId" | "grantorId">): boolean =>
    (grant.granteeKind === granteeKind && grant.granteeId === granteeId) ||
    (granteeKind === "user" && grant.grantorId === granteeId);
  for (const { grants } of leader.databases.values()) if (grants.some(has)) return true;
  for (const record of leader.assumeRoles.values()) if (has({ ...record, grantorId: 0 })) return true;
  for (const record of catalog.permanent.records()) {
    if ("grants" in record && record.grants.some(has)) return true;
    if (record.kind === "default-privilege" && has(record.grant)) return true;
  }
  return false;
}

export async function dropGroups({ names, ifExists }: Drop, context: StatementContext): Promise<void> {
  context.demand({ kind: "manage groups", verb: "drop" });
  for (const { parts } of names) {
    const name = parts.at(-1)?.name ?? "";
    if (ifExists && context.leader.group(name) === undefined) continue;
    await lockPrincipal(groupNamed(name, context), context);
    const group = groupNamed(name, context);
    if (isGranted({ granteeKind: "group", granteeId: group.id }, context))
      throw new SqlError(
        "55006",
        `group "${name}" cannot be dropped because the group has a privilege on some object`,
      );
    context.transaction.changeLeader({ table: "groups", id: group.id, put: undefined });
  }
}
