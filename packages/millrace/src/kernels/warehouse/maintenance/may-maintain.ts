import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import type { StatementContext } from "../statements/statement-context.ts";

/** Whether the user may. Redshift does not fail where not: it says so of a table that was named, and goes on. */
export function mayMaintain(
  action: "vacuum" | "analyze",
  relation: RelationRecord,
  wasNamed: boolean,
  context: StatementContext,
): boolean {
  try {
    context.demand({ kind: action, relation });
    return true;
  } catch (error) {
    if (!(error instanceof SqlError) || error.sqlState !== "42501") throw error;
    if (wasNamed)
      context.notice(
        "WARNING",
        `skipping "${relation.name}" --- only table or database owner can ${action} it`,
      );
    return false;
  }
}
