import type { Drop } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { masterUserId, systemUserId } from "../cluster/first-documents.ts";
import type { UserRecord } from "../leader-records.ts";
import type { StatementContext } from "./statement-context.ts";
import { note } from "./users.ts";
import { groupNamed, userNamed } from "./users-found.ts";

export async function dropUsers({ names, ifExists }: Drop, context: StatementContext): Promise<void> {
  context.demand({ kind: "create user" });
  for (const { parts } of names) {
    const name = parts.at(-1)?.name ?? "";
    if (ifExists && context.leader.user(name) === undefined) {
      context.notice("INFO", `User "${name}" does not exist and will be skipped`);
      continue;
    }
    const user = userNamed(name, context);
    await context.transaction.lock(`user ${name}`, "exclusive");
    if (user.superuser) context.demand({ kind: "superuser" });
    await checkDroppable(user, context);
    for (const group of context.leader.groups.values())
      if (group.userIds.includes(user.id))
        context.transaction.changeLeader({
          table: "groups",
          id: group.id,
          put: { ...group, userIds: group.userIds.filter((id) => id !== user.id) },
        });
    context.transaction.changeLeader({ table: "users", id: user.id, put: undefined });
    note(user, name, "drop", context);
  }
}

/** @throws SqlError 2BP01 for who owns something or was granted something, 55006 for who is connected */
async function checkDroppable(user: UserRecord, context: StatementContext): Promise<void> {
  const { id, name } = user;
  if (id === systemUserId || id === masterUserId)
    throw new SqlError("42501", `user "${name}" cannot be dropped`);
  if (id === context.user.id || id === context.loginUser.id)
    throw new SqlError("55006", "current user cannot be dropped");
  const found = await belongings(user, context);
  if (found.length > 0)
    throw new SqlError("2BP01", `user "${name}" cannot be dropped because some objects depend on it`, {
      detail: found.join("\n"),
    });
}

async function belongings({ id }: UserRecord, context: StatementContext): Promise<readonly string[]> {
  const found: string[] = [];
  for (const record of context.leader.databases.values()) {
    if (record.ownerId === id) found.push(`owner of database ${record.name}`);
    if (record.grants.some((grant) => grant.granteeKind === "user" && grant.granteeId === id))
      found.push(`access to database ${record.name}`);
    const own = record.oid === context.databaseRecord.oid;
    const catalog = own ? context.catalog.permanent : (await context.host.database(record)).catalog;
    for (const object of catalog.records()) {
      if (object.ownerId === id && object.kind !== "default-privilege")
        found.push(`owner of ${object.kind} ${object.name}${own ? "" : ` in database ${record.name}`}`);
      else if (
        "grants" in object &&
        object.grants.some((grant) => grant.granteeKind === "user" && grant.granteeId === id)
      )
        found.push(`access to ${object.kind} ${object.name}${own ? "" : ` in database ${record.name}`}`);
    }
  }
  return found;
}

export async function dropGroups({ names, ifExists }: Drop, context: StatementContext): Promise<void> {
  context.demand({ kind: "manage users" });
  for (const { parts } of names) {
    const name = parts.at(-1)?.name ?? "";
    if (ifExists && context.leader.group(name) === undefined) continue;
    const group = groupNamed(name, context);
    const used = [...context.catalog.permanent.records()].find(
      (record) =>
        "grants" in record &&
        record.grants.some(({ granteeKind, granteeId }) => granteeKind === "group" && granteeId === group.id),
    );
    if (used !== undefined)
      throw new SqlError("2BP01", `group "${name}" cannot be dropped because some objects depend on it`);
    context.transaction.changeLeader({ table: "groups", id: group.id, put: undefined });
  }
}
