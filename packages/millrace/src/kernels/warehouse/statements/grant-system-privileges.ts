import type { GrantSystemPrivileges, RevokeSystemPrivileges } from "../../../sql/redshift/ast/security.ts";
import { systemPrivileges } from "../../../sql/redshift/parser/system-privilege.ts";
import { tagResult } from "../session/results.ts";
import { lockedRole } from "./roles.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

export const grantSystemPrivileges: StatementKind<GrantSystemPrivileges> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    await change(ast, context, (known, given) => [...new Set([...known, ...given])]);
    return tagResult("GRANT");
  },
} satisfies StatementKind<GrantSystemPrivileges>);

export const revokeSystemPrivileges: StatementKind<RevokeSystemPrivileges> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    await change(ast, context, (known, given) => known.filter((name) => !given.includes(name)));
    return tagResult("REVOKE");
  },
} satisfies StatementKind<RevokeSystemPrivileges>);

async function change(
  { privileges, roles }: Pick<GrantSystemPrivileges, "privileges" | "roles">,
  context: StatementContext,
  changed: (known: readonly string[], named: readonly string[]) => readonly string[],
): Promise<void> {
  context.demand({ kind: "superuser", to: "change system privileges" });
  const named = privileges.includes("all") ? systemPrivileges : privileges;
  for (const { name } of roles) {
    const role = await lockedRole(name, context);
    const put = { ...role, systemPrivileges: changed(role.systemPrivileges, named) };
    context.transaction.changeLeader({ table: "roles", id: role.id, put });
  }
}
