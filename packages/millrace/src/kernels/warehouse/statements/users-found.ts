import { SqlError } from "../../../sql/sql-error.ts";
import type { GroupRecord, UserRecord } from "../leader-records.ts";
import type { StatementContext } from "./statement-context.ts";

/** @throws SqlError 42704 */
export function userNamed(name: string, { leader }: StatementContext): UserRecord {
  const user = leader.user(name);
  if (user === undefined) throw new SqlError("42704", `user "${name}" does not exist`);
  return user;
}

export function groupNamed(name: string, { leader }: StatementContext): GroupRecord {
  const group = leader.group(name);
  if (group === undefined) throw new SqlError("42704", `group "${name}" does not exist`);
  return group;
}

/** `pg_` is the system's; `public` means everybody. @throws SqlError 42939 */
export function checkPrincipalName(name: string, kind: "user" | "group" | "role"): void {
  if (name === "public" || name.startsWith("pg_") || name.startsWith("sys:"))
    throw new SqlError("42939", `${kind} name "${name}" is reserved`);
}
