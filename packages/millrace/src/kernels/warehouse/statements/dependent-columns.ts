import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { parseDefinition } from "../session/definitions.ts";
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
