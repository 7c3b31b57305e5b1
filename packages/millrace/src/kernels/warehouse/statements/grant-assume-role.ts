import type {
  AssumeRoleTarget,
  GrantAssumeRole,
  RevokeAssumeRole,
} from "../../../sql/redshift/ast/security.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { AssumeRoleRecord } from "../leader-records.ts";
import { tagResult } from "../session/results.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { granteeOf } from "./users-found.ts";

/** Grants of the use of IAM roles that a cluster keeps. */
const maxGrants = 10_000;

export const grantAssumeRole: StatementKind<GrantAssumeRole> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    for (const entry of await entries(ast, context)) {
      const { leader, transaction, host } = context;
      if ([...leader.assumeRoles.values()].some((known) => isSame(known, entry))) continue;
      if (leader.assumeRoles.size >= maxGrants)
        throw new SqlError("54000", `a cluster keeps at most ${maxGrants} grants of ASSUMEROLE`);
      const id = await host.leader.allocateOid();
      transaction.changeLeader({ table: "assumeRoles", id, put: { ...entry, id } });
    }
    return tagResult("GRANT");
  },
} satisfies StatementKind<GrantAssumeRole>);

export const revokeAssumeRole: StatementKind<RevokeAssumeRole> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    // ON ALL takes back every role by itself too.
    for (const entry of await entries(ast, context))
      for (const known of context.leader.assumeRoles.values())
        if (isSame(known, entry.roles === "all" ? { ...entry, roles: known.roles } : entry))
          context.transaction.changeLeader({ table: "assumeRoles", id: known.id, put: undefined });
    return tagResult("REVOKE");
  },
} satisfies StatementKind<RevokeAssumeRole>);

type Entry = Omit<AssumeRoleRecord, "id">;

async function entries(
  { target, grantees, commands }: Pick<GrantAssumeRole, "target" | "grantees" | "commands">,
  context: StatementContext,
): Promise<readonly Entry[]> {
  context.demand({ kind: "superuser", to: "grant and revoke ASSUMEROLE" });
  await context.transaction.lock("assume role", "exclusive");
  context.checkCancelled();
  return grantees.flatMap((grantee) => {
    const to = granteeOf(grantee, context);
    return chains(target).flatMap((roles) => commands.map((command) => ({ ...to, roles, command })));
  });
}

function chains(target: AssumeRoleTarget): readonly string[] {
  return target.kind === "roles" ? target.chains.map((chain) => chain.replaceAll(" ", "")) : [target.kind];
}

function isSame(a: Entry, b: Entry): boolean {
  return (
    a.granteeKind === b.granteeKind &&
    a.granteeId === b.granteeId &&
    a.roles === b.roles &&
    a.command === b.command
  );
}
