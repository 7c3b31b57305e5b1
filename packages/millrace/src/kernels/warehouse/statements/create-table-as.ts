import type { Query } from "../../../sql/redshift/ast/query.ts";
import type { CreateTableAs, TableAttributes } from "../../../sql/redshift/ast/table.ts";
import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, RelationRecord } from "../catalog/records.ts";
import { initialGrants } from "../security/default-privileges.ts";
import { intoOf } from "../session/prepared.ts";
import { tagResult } from "../session/results.ts";
import type { StatementResult } from "../sql-session.ts";
import { alreadyExists, createInEngine, demandCreation } from "./create-table.ts";
import {
  checkColumnNames,
  checkColumnType,
  defaultEncoding,
  newRelation,
  plainColumn,
  sortColumns,
  storedType,
} from "./new-relation.ts";
import { engineName, reserveName, targetSchema } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { distributionOf, sortKeyOf } from "./table-attributes.ts";

const noAttributes: TableAttributes = Object.freeze({
  backup: undefined,
  distStyle: undefined,
  distKey: undefined,
  sortKey: undefined,
  encodeAuto: false,
});

/** CREATE TABLE AS, and SELECT ... INTO, which comes as a query. */
export const createTableAs: StatementKind<CreateTableAs | Query> = Object.freeze({
  category: "ddl",
  run: (ast, context) => createAs(ast.kind === "query" ? asCreation(ast) : ast, context),
} satisfies StatementKind<CreateTableAs | Query>);

function asCreation(query: Query): CreateTableAs {
  const into = intoOf(query);
  if (into === undefined) throw new SqlError("42601", "SELECT INTO without a table");
  const { span } = query;
  const common = {
    kind: "create-table-as",
    columns: [],
    attributes: noAttributes,
    span,
  } as const;
  return { ...common, name: into.name, temporary: into.temporary, query };
}

async function createAs(ast: CreateTableAs, context: StatementContext): Promise<StatementResult> {
  const { schema, name } = targetSchema(ast.name, ast.temporary, context);
  demandCreation(schema, "table", context);
  const bound = await context.bind(ast.query, context.statement.text);
  await context.lock(bound);
  if ((await reserveName(schema, name, context)) !== undefined) throw alreadyExists(name);
  const columns = columnsOf(
    bound,
    ast.columns.map((column) => column.name),
  );
  const { attributes } = ast;
  const sort = sortKeyOf(attributes, columns, []);
  const record = newRelation({
    oid: await context.host.leader.allocateOid(),
    schemaOid: schema.oid,
    name,
    type: "table",
    ownerId: context.user.id,
    columns: encoded(columns, sort?.columns ?? []),
    distribution: distributionOf(attributes, columns, []),
    sort,
    backup: attributes.backup ?? true,
    grants: initialGrants("tables", schema, context),
    createdAtMs: context.host.clock.now(),
  });
  const rows = await fill(record, bound, context);
  context.catalog.put(record);
  if (!context.catalog.isTemporary(record)) context.transaction.noteRows(record.oid, 0);
  context.logged.rows = rows;
  return tagResult("SELECT", rows);
}

/** Columns for what a query gives. @throws SqlError 42601 more names than columns, 42701, 0A000 */
export function columnsOf(bound: BoundStatement, names: readonly string[]): readonly ColumnRecord[] {
  if (names.length > bound.columns.length)
    throw new SqlError("42601", "CREATE TABLE AS specifies too many column names");
  const columns = bound.columns.map((column, index) => {
    const name = names[index] ?? column.name;
    checkColumnType(name, column.type);
    return plainColumn(index + 1, name, storedType(column.type));
  });
  checkColumnNames(columns.map(({ name }) => name));
  return columns;
}

export function encoded(
  columns: readonly ColumnRecord[],
  sortKey: readonly number[],
): readonly ColumnRecord[] {
  return columns.map((column) => ({
    ...column,
    encoding: defaultEncoding(column.type, sortKey.includes(column.attributeNumber)),
  }));
}

/** Makes the engine's table with the query's rows, in the order of its sort key. */
export async function fill(
  record: RelationRecord,
  bound: BoundStatement,
  context: StatementContext,
): Promise<number> {
  await createInEngine(record, context);
  return insertRows(record, bound, context);
}

export async function insertRows(
  record: RelationRecord,
  bound: BoundStatement,
  context: StatementContext,
): Promise<number> {
  const sql = await context.engineSql(bound);
  const names = record.columns.map(({ attributeNumber }) => `c${attributeNumber}`).join(", ");
  const keys = sortColumns(record.sort);
  const order = keys.length === 0 ? "" : ` ORDER BY ${keys.join(", ")}`;
  context.checkCancelled();
  return context.connection.change(
    `INSERT INTO ${engineName(record, context)} SELECT * FROM (${sql}) AS q(${names})${order}`,
  );
}
