import type { AlterGroup, CreateGroup } from "../../../sql/redshift/ast/user.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { GroupRecord } from "../leader-records.ts";
import { tagResult } from "../session/results.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { checkPrincipalName, groupNamed, lockPrincipal, userNamed } from "./users-found.ts";

export const createGroup: StatementKind<CreateGroup> = Object.freeze({
  category: "ddl",
  run: async ({ name: { name }, users }, context) => {
    context.demand({ kind: "manage groups", verb: "create" });
    checkPrincipalName(name, "group");
    await context.transaction.lock(`group ${name}`, "exclusive");
    if (context.leader.group(name) !== undefined)
      throw new SqlError("42710", `group "${name}" already exists`);
    const userIds = [...new Set(users.map((user) => userNamed(user.name, context).id))];
    const id = await context.host.leader.allocateOid();
    context.transaction.changeLeader({ table: "groups", id, put: { id, name, userIds } });
    return tagResult("CREATE GROUP");
  },
} satisfies StatementKind<CreateGroup>);

export const alterGroup: StatementKind<AlterGroup> = Object.freeze({
  category: "ddl",
  run: async ({ name: { name }, action }, context) => {
    context.demand({ kind: "manage groups", verb: "alter" });
    await lockPrincipal(groupNamed(name, context), context);
    if (action.kind === "rename") await context.transaction.lock(`group ${action.newName.name}`, "exclusive");
    const group = groupNamed(name, context);
    const put = altered(group, action, context);
    context.transaction.changeLeader({ table: "groups", id: group.id, put });
    return tagResult("ALTER GROUP");
  },
} satisfies StatementKind<AlterGroup>);

function altered(group: GroupRecord, action: AlterGroup["action"], context: StatementContext): GroupRecord {
  if (action.kind === "rename") {
    const { name } = action.newName;
    checkPrincipalName(name, "group");
    if (context.leader.group(name) !== undefined)
      throw new SqlError("42710", `group "${name}" already exists`);
    return { ...group, name };
  }
  const ids = action.users.map((user) => userNamed(user.name, context).id);
  if (action.kind === "add-users") return { ...group, userIds: [...new Set([...group.userIds, ...ids])] };
  return { ...group, userIds: group.userIds.filter((id) => !ids.includes(id)) };
}
