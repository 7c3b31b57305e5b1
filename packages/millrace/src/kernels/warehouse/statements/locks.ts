import type { Cancel, Lock } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { tagResult } from "../session/results.ts";
import { demandTable, lockedRelation } from "./relations.ts";
import type { StatementKind } from "./statement-context.ts";

/** Until the transaction's end nobody else reads or writes the tables. */
export const lock: StatementKind<Lock> = Object.freeze({
  category: "utility",
  run: async ({ tables }, context) => {
    for (const table of tables) {
      const record = demandTable(await lockedRelation(table, "exclusive", context));
      context.demand({ kind: "lock", relation: record });
    }
    return tagResult("LOCK TABLE");
  },
} satisfies StatementKind<Lock>);

/** Ends the statement that another session runs. */
export const cancel: StatementKind<Cancel> = Object.freeze({
  category: "utility",
  run: async ({ processId }, context) => {
    const session = context.host.session(processId);
    if (session === undefined)
      throw new SqlError("42704", `PID ${processId} is not a PostgreSQL server process`);
    if (session.user.id !== context.user.id) context.demand({ kind: "cancel others" });
    session.cancel();
    return tagResult("CANCEL");
  },
} satisfies StatementKind<Cancel>);
