import type { ColumnDefinition, CreateTable, TableElement } from "../../../sql/redshift/ast/table.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { CreatedObject } from "../authorizer-port.ts";
import type { ColumnRecord, ConstraintRecord, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import { initialGrants } from "../security/default-privileges.ts";
import { tagResult } from "../session/results.ts";
import { columnRecord, engineColumnSql, sequenceSql } from "./column-definition.ts";
import { constraintRecord, ofColumn, ofTable } from "./constraints.ts";
import { checkColumnNames, newRelation } from "./new-relation.ts";
import { demandRelation, engineName, isView, reserveName, targetSchema } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { distributionOf, sortKeyOf } from "./table-attributes.ts";

export const createTable: StatementKind<CreateTable> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const { schema, name } = targetSchema(ast.name, ast.temporary, context);
    demandCreation(schema, "table", context);
    const known = await reserveName(schema, name, context);
    if (known !== undefined) {
      if (!ast.ifNotExists) throw alreadyExists(name);
      context.notice("INFO", `Relation "${name}" already exists and will be skipped`);
      return tagResult("CREATE TABLE");
    }
    const oid = await context.host.leader.allocateOid();
    const record = tableRecord(ast, oid, schema, name, context);
    await createInEngine(record, context);
    context.catalog.put(record);
    return tagResult("CREATE TABLE");
  },
} satisfies StatementKind<CreateTable>);

export function alreadyExists(name: string): SqlError {
  return new SqlError("42P07", `Relation "${name}" already exists`);
}

/** @throws SqlError 42501, 0A000 */
export function demandCreation(schema: SchemaRecord, object: CreatedObject, context: StatementContext): void {
  if (schema.external !== undefined)
    throw new SqlError("0A000", `Operations on local objects in external schema are not enabled.`);
  if (schema === context.catalog.temporarySchema)
    context.demand({ kind: "create temporary table", database: context.databaseRecord });
  else context.demand({ kind: "create in schema", schema, object });
}

/** The table with its sequences, in the transaction that is open in the engine. */
export async function createInEngine(record: RelationRecord, context: StatementContext): Promise<void> {
  const columns = record.columns.map(engineColumnSql).join(", ");
  const temporary = context.catalog.isTemporary(record);
  const database = temporary ? "temp" : context.transaction.database.engineName;
  for (const column of record.columns)
    if (column.identity !== undefined)
      await context.connection.run(sequenceSql(database, record.oid, column));
  const create = temporary ? "CREATE TEMP TABLE" : "CREATE TABLE";
  await context.connection.run(`${create} ${engineName(record, context)} (${columns})`);
}

function tableRecord(
  ast: CreateTable,
  oid: number,
  schema: SchemaRecord,
  name: string,
  context: StatementContext,
): RelationRecord {
  const likes = ast.elements.flatMap((element) => (element.kind === "like" ? [like(element, context)] : []));
  const definitions = ast.elements.flatMap((element) => (element.kind === "column" ? [element.column] : []));
  const columns = allColumns(ast, likes, definitions, context);
  checkColumnNames(columns.map((column) => column.name));
  const [source] = likes;
  const { attributes } = ast;
  const inherits =
    source !== undefined && attributes.distStyle === undefined && attributes.distKey === undefined;
  const distribution = distributionOf(attributes, columns, definitions);
  const sort = sortKeyOf(attributes, columns, definitions);
  const constraints = constraintsOf(ast, definitions, { oid, name, columns }, context);
  const keys = constraints.find(({ type }) => type === "primary key")?.columns ?? [];
  return newRelation({
    oid,
    schemaOid: schema.oid,
    name,
    type: "table",
    ownerId: context.user.id,
    columns: columns.map((column) =>
      keys.includes(column.attributeNumber) ? { ...column, nullable: false } : column,
    ),
    constraints,
    // LIKE takes over how the table lies, but no keys, which are its own.
    distribution: inherits && distribution.auto ? source.record.distribution : distribution,
    sort: sort ?? source?.record.sort,
    backup: attributes.backup ?? source?.record.backup ?? true,
    grants: initialGrants("tables", schema, context),
    createdAtMs: context.host.clock.now(),
  });
}

interface Like {
  readonly record: RelationRecord;
  readonly includingDefaults: boolean;
}

function like(
  { table, includingDefaults }: Extract<TableElement, { kind: "like" }>,
  context: StatementContext,
): Like {
  const record = demandRelation(table, context);
  context.demand({ kind: "privilege", relation: record, privilege: "select" });
  if (isView(record) && record.columns.length === 0)
    throw new SqlError("0A000", `LIKE of the late-binding view "${record.name}"`);
  return { record, includingDefaults };
}

/** In the order in which columns and LIKE clauses stand. */
function allColumns(
  { elements, attributes }: CreateTable,
  likes: readonly Like[],
  definitions: readonly ColumnDefinition[],
  context: StatementContext,
): readonly ColumnRecord[] {
  const sortNames = new Set(definitions.filter((column) => column.sortKey).map(({ name }) => name.name));
  if (attributes.sortKey?.kind === "columns")
    for (const { name } of attributes.sortKey.columns) sortNames.add(name);
  const columns: ColumnRecord[] = [];
  let nextLike = 0;
  for (const element of elements) {
    if (element.kind === "column") {
      const { column } = element;
      columns.push(columnRecord(column, columns.length + 1, sortNames.has(column.name.name), context));
    } else if (element.kind === "like") {
      const source = likes[nextLike++];
      for (const column of source?.record.columns ?? [])
        columns.push({
          ...column,
          attributeNumber: columns.length + 1,
          defaultText: source?.includingDefaults === true ? column.defaultText : undefined,
          identity: undefined,
          comment: undefined,
        });
    }
  }
  return columns;
}

function constraintsOf(
  { elements }: CreateTable,
  definitions: readonly ColumnDefinition[],
  table: { readonly oid: number; readonly name: string; readonly columns: readonly ColumnRecord[] },
  context: StatementContext,
): readonly ConstraintRecord[] {
  const written = [
    ...definitions.flatMap(ofColumn),
    ...elements.flatMap((element) => (element.kind === "constraint" ? [ofTable(element.constraint)] : [])),
  ];
  const constraints: ConstraintRecord[] = [];
  for (const constraint of written)
    constraints.push(constraintRecord(constraint, { ...table, constraints }, context));
  return constraints;
}
