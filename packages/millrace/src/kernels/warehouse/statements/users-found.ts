import type { Grantee } from "../../../sql/redshift/ast/security.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Grant } from "../catalog/records.ts";
import type { GroupRecord, RoleRecord, UserRecord } from "../leader-records.ts";
import type { StatementContext } from "./statement-context.ts";

/** @throws SqlError 42704 */
export function userNamed(name: string, { leader }: Pick<StatementContext, "leader">): UserRecord {
  const user = leader.user(name);
  if (user === undefined) throw new SqlError("42704", `user "${name}" does not exist`);
  return user;
}

export function groupNamed(name: string, { leader }: Pick<StatementContext, "leader">): GroupRecord {
  const group = leader.group(name);
  if (group === undefined) throw new SqlError("42704", `group "${name}" does not exist`);
  return group;
}

export function roleNamed(name: string, { leader }: Pick<StatementContext, "leader">): RoleRecord {
  const role = leader.role(name);
  if (role === undefined) throw new SqlError("42704", `role "${name}" does not exist`);
  return role;
}

/** `pg_` and `sys:` are the system's; `public` means everybody. @throws SqlError 42939 */
export function checkPrincipalName(name: string, kind: "user" | "group" | "role"): void {
  if (name === "public" || name.startsWith("pg_") || name.startsWith("sys:") || name.startsWith("ds:"))
    throw new SqlError("42939", `${kind} name "${name}" is reserved`);
}

/** Whoever changes a user, group or role does so alone: it has to be looked up again afterwards. */
export async function lockPrincipal(
  { id }: { readonly id: number },
  context: StatementContext,
): Promise<void> {
  await context.transaction.lock(`principal ${id}`, "exclusive");
  context.checkCancelled();
}

/** To whom a privilege is given. @throws SqlError 42704 */
export function granteeOf(
  { kind, name }: Pick<Grantee, "kind" | "name">,
  context: Pick<StatementContext, "leader">,
): Pick<Grant, "granteeKind" | "granteeId"> {
  const called = name?.name ?? "";
  switch (kind) {
    case "public":
      return { granteeKind: kind, granteeId: 0 };
    case "user":
      return { granteeKind: kind, granteeId: userNamed(called, context).id };
    case "group":
      return { granteeKind: kind, granteeId: groupNamed(called, context).id };
    case "role":
      return { granteeKind: kind, granteeId: roleNamed(called, context).id };
  }
}
