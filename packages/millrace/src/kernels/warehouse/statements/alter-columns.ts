import type { ColumnDefinition } from "../../../sql/redshift/ast/table.ts";
import { bindExpression } from "../../../sql/redshift/bind/bind-statement.ts";
import { castTo } from "../../../sql/redshift/functions/function-table.ts";
import { engineType } from "../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, RelationRecord } from "../catalog/records.ts";
import { engineColumn } from "../session/engine-names.ts";
import { columnRecord } from "./column-definition.ts";
import { constraintRecord, ofColumn } from "./constraints.ts";
import { cannotDrop, describe, dropRelation } from "./dependencies.ts";
import { viewsOn } from "./dependent-columns.ts";
import { checkColumnNames, columnNamed } from "./new-relation.ts";
import { engineName } from "./relations.ts";
import { rewriteColumns } from "./rewrite-table.ts";
import type { StatementContext } from "./statement-context.ts";

export async function addColumn(
  record: RelationRecord,
  definition: ColumnDefinition,
  context: StatementContext,
): Promise<RelationRecord> {
  const { name } = definition.name;
  if (definition.identity !== undefined)
    throw new SqlError("0A000", "An identity column cannot be added to a table");
  if (record.columns.some((column) => column.name === name))
    throw new SqlError("42701", `column "${name}" of relation "${record.name}" already exists`);
  checkColumnNames([...record.columns.map((column) => column.name), name]);
  const attributeNumber = Math.max(0, ...record.columns.map((column) => column.attributeNumber)) + 1;
  const column = columnRecord(definition, attributeNumber, false, context);
  if (!column.nullable && definition.default === undefined)
    throw new SqlError(
      "0A000",
      "ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression",
    );
  const added = { ...record, columns: [...record.columns, column] };
  await addToEngine(added, column, defaultSql(definition, column.type, context), context);
  const constraints = [...record.constraints];
  for (const written of ofColumn(definition))
    constraints.push(constraintRecord(written, { ...added, constraints }, context));
  return { ...added, constraints };
}

/** Rows that are there get the default's value; later ones get theirs from INSERT. */
async function addToEngine(
  record: RelationRecord,
  { attributeNumber, type, nullable }: ColumnRecord,
  value: string,
  context: StatementContext,
): Promise<void> {
  const { connection, transaction } = context;
  if (transaction.touched.has(record.oid)) {
    await rewriteColumns(
      record,
      context,
      new Map([[attributeNumber, `CAST(${value} AS ${engineType(type)})`]]),
    );
    return;
  }
  const table = engineName(record, context);
  const engine = engineColumn(attributeNumber);
  await connection.run(`ALTER TABLE ${table} ADD COLUMN ${engine} ${engineType(type)} DEFAULT ${value}`);
  await connection.run(`ALTER TABLE ${table} ALTER COLUMN ${engine} DROP DEFAULT`);
  if (!nullable) await connection.run(`ALTER TABLE ${table} ALTER COLUMN ${engine} SET NOT NULL`);
}

function defaultSql(definition: ColumnDefinition, type: SqlType, context: StatementContext): string {
  if (definition.default === undefined) return "NULL";
  const bound = bindExpression(definition.default.expression, context.nameSpace, {
    parameterTypes: [],
    session: context.sessionValues,
    text: context.statement.text,
  });
  return `(${castTo({ ...bound, constant: undefined }, type, "assignment")})`;
}

/** @throws SqlError 2BP01 while views read it; keys of the table's layout cannot go */
export async function dropColumn(
  record: RelationRecord,
  name: string,
  cascade: boolean,
  context: StatementContext,
): Promise<RelationRecord> {
  const column = columnNamed(record.columns, name);
  const { attributeNumber } = column;
  if (record.distribution.column === attributeNumber)
    throw new SqlError("0A000", `cannot drop distkey column "${name}"`);
  if (record.sort?.columns.includes(attributeNumber) === true)
    throw new SqlError("0A000", `cannot drop sortkey column "${name}"`);
  if (record.columns.length === 1) throw new SqlError("0A000", `cannot drop the only column of a table`);
  const views = viewsOn(record, name, context);
  const what = `table ${record.name} column ${name}`;
  if (views.length > 0 && !cascade) throw cannotDrop(what, views.map(describe));
  for (const view of views) await dropRelation(view, true, context);
  const keys = record.constraints.filter(({ columns }) => columns.includes(attributeNumber));
  if (keys.length > 0 && !cascade)
    throw cannotDrop(
      what,
      keys.map((key) => `constraint ${key.name} on table ${record.name}`),
    );
  const dropped = {
    ...record,
    columns: record.columns.filter((other) => other !== column),
    constraints: record.constraints.filter((constraint) => !keys.includes(constraint)),
    // A new column of the name is another one.
    grants: record.grants.filter((grant) => grant.column !== name),
  };
  if (context.transaction.touched.has(record.oid)) await rewriteColumns(dropped, context, new Map());
  else
    await context.connection.run(
      `ALTER TABLE ${engineName(record, context)} DROP COLUMN ${engineColumn(attributeNumber)}`,
    );
  return dropped;
}

/** Views go on reading it: they know it by its number. */
export function renameColumn(record: RelationRecord, name: string, newName: string): RelationRecord {
  const found = columnNamed(record.columns, name);
  checkColumnNames(record.columns.map((column) => (column === found ? newName : column.name)));
  const columns = record.columns.map((column) => (column === found ? { ...column, name: newName } : column));
  const grants = record.grants.map((grant) =>
    grant.column === name ? { ...grant, column: newName } : grant,
  );
  return { ...record, columns, grants };
}

/** Encodings whose columns keep their size. */
const fixedEncodings: readonly string[] = ["bytedict", "runlength", "text255", "text32k"];

/** The size of a VARCHAR; nothing else can change. @throws SqlError 0A000 */
export async function alterColumnType(
  record: RelationRecord,
  name: string,
  type: SqlType,
  context: StatementContext,
): Promise<RelationRecord> {
  const found = columnNamed(record.columns, name);
  if (found.type.name !== "character varying" || type.name !== "character varying")
    throw new SqlError(
      "0A000",
      `cannot alter column "${name}" of relation "${record.name}", only VARCHAR sizes can be altered`,
    );
  if (found.defaultText !== undefined)
    throw new SqlError("0A000", `cannot alter type of column "${name}" with a default value`);
  if (fixedEncodings.includes(found.encoding))
    throw new SqlError("0A000", `cannot alter column "${name}" with encoding ${found.encoding}`);
  if (record.constraints.some(({ columns }) => columns.includes(found.attributeNumber)))
    throw new SqlError("0A000", `cannot alter type of a column used by a constraint`);
  const length = type.length ?? 256;
  await checkFits(record, found.attributeNumber, length, context);
  const columns = record.columns.map((column) =>
    column === found ? { ...column, type: { ...type, length } } : column,
  );
  return { ...record, columns };
}

async function checkFits(
  record: RelationRecord,
  attributeNumber: number,
  length: number,
  context: StatementContext,
): Promise<void> {
  const [[longest] = []] = await context.connection.rows(
    `SELECT coalesce(max(strlen(${engineColumn(attributeNumber)})), 0) FROM ${engineName(record, context)}`,
  );
  if (Number(longest) > length)
    throw new SqlError("22001", `cannot alter column, target data size should be at least ${longest}`);
}
