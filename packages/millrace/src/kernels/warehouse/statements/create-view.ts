import type { CreateView } from "../../../sql/redshift/ast/view.ts";
import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import { formatType } from "../../../sql/redshift/type-text.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, RelationRecord } from "../catalog/records.ts";
import { initialGrants } from "../security/default-privileges.ts";
import { definitionText } from "../session/definitions.ts";
import { tagResult } from "../session/results.ts";
import { alreadyExists, demandCreation } from "./create-table.ts";
import { columnsOf } from "./create-table-as.ts";
import { withMeantNames } from "./meant-names.ts";
import { newRelation } from "./new-relation.ts";
import { isView, lockRelation, reserveName, targetSchema } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { viewDefinition } from "./view-definition.ts";

export const createView: StatementKind<CreateView> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const { schema, name } = targetSchema(ast.name, false, context);
    demandCreation(schema, "view", context);
    const names = ast.columns.map((column) => column.name);
    const bound = ast.lateBinding ? undefined : await context.bind(ast.query, context.statement.text);
    if (bound !== undefined) demandLocal(bound);
    if (bound !== undefined) await context.lock(bound);
    const known = await reserveName(schema, name, context);
    if (known !== undefined) await demandReplaceable(known, ast, context);
    if (ast.lateBinding && names.length > 0)
      throw new SqlError("0A000", "column names of a view WITH NO SCHEMA BINDING");
    const columns = bound === undefined ? [] : columnsOf(bound, names);
    if (known !== undefined) checkReplacement(known, columns, ast.lateBinding);
    const record = newRelation({
      oid: known?.oid ?? (await context.host.leader.allocateOid()),
      schemaOid: schema.oid,
      name,
      type: ast.lateBinding ? "late-binding view" : "view",
      ownerId: known?.ownerId ?? context.user.id,
      columns,
      definition: ast.lateBinding
        ? definitionText(ast.queryText, context.settings)
        : await viewDefinition(ast.query, ast.queryText, context),
      searchPath: context.searchPath,
      dependsOn: bound === undefined ? [] : dependencies(bound),
      grants: known?.grants ?? initialGrants("tables", schema, context),
      comment: known?.comment,
      createdAtMs: known?.createdAtMs ?? context.host.clock.now(),
    });
    context.catalog.put(ast.lateBinding ? record : withMeantNames(record, context));
    return tagResult("CREATE VIEW");
  },
} satisfies StatementKind<CreateView>);

/** @throws SqlError 0A000 for a definition that reads external tables */
function demandLocal({ uses }: BoundStatement): void {
  if (uses.some(({ asUser, relation }) => asUser === undefined && relation.kind === "external table"))
    throw new SqlError("0A000", "External tables are not supported in views", {
      hint: "Please use late binding view and add 'with no schema binding' at the query end.",
    });
}

/** OIDs of what a definition names itself; what lies under a view that it names is that view's. */
export function dependencies({ uses, userFunctions }: BoundStatement): readonly number[] {
  const relations = uses.filter(
    ({ asUser, relation: { kind } }) =>
      asUser === undefined && kind !== "system table" && kind !== "external table",
  );
  return [
    ...new Set([...relations.map(({ relation }) => relation.oid), ...userFunctions.map(({ oid }) => oid)]),
  ];
}

async function demandReplaceable(
  known: RelationRecord,
  ast: CreateView,
  context: StatementContext,
): Promise<void> {
  if (!ast.orReplace) throw alreadyExists(known.name);
  if (!isView(known)) throw new SqlError("42809", `"${known.name}" is not a view`);
  context.demand({ kind: "own relation", relation: known });
  await lockRelation(known, "exclusive", context);
}

/** What stands on the view must find its columns again. */
function checkReplacement(
  known: RelationRecord,
  columns: readonly ColumnRecord[],
  lateBinding: boolean,
): void {
  if (known.type === "late-binding view" || lateBinding) return;
  if (columns.length < known.columns.length) throw new SqlError("42P16", "cannot drop columns from view");
  for (const [index, old] of known.columns.entries()) {
    const made = columns[index];
    if (made === undefined) continue;
    if (made.name !== old.name)
      throw new SqlError("42P16", `cannot change name of view column "${old.name}"`);
    if (formatType(made.type) !== formatType(old.type))
      throw new SqlError("42P16", `cannot change data type of view column "${old.name}"`);
  }
}
