import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { parseDefinition } from "../session/definitions.ts";
import { describe } from "./dependencies.ts";
import type { StatementContext } from "./statement-context.ts";

/** Views that stand on a table by themselves, and read this column of it; all of them for no column. */
export function viewsOn(
  record: RelationRecord,
  column: string | undefined,
  context: StatementContext,
): readonly RelationRecord[] {
  const views = context.catalog.dependents(record.oid).filter(({ type }) => type !== "table");
  return column === undefined ? views : views.filter((view) => reads(view, record, column, context));
}

function reads(
  view: RelationRecord,
  record: RelationRecord,
  column: string,
  context: StatementContext,
): boolean {
  const { definition = "" } = view;
  const bound = bindStatement(parseDefinition(definition), context.viewNameSpace(view), {
    parameterTypes: [],
    session: context.sessionValues,
    text: definition,
  });
  return bound.uses.some(({ relation, columns }) => relation.oid === record.oid && columns.includes(column));
}

/**
 * Views are kept as texts, which name the columns that they read: a new name would break them. Redshift renames under
 * them; here that is refused rather than done wrong.
 */
export function demandNoViews(
  record: RelationRecord,
  what: string,
  context: StatementContext,
  column: string,
): void {
  const [view] = viewsOn(record, column, context);
  if (view !== undefined)
    throw new SqlError("0A000", `cannot ${what} "${column}" while ${describe(view)} reads it`, {
      hint: "Drop the view, and make it again with the new name.",
    });
}
