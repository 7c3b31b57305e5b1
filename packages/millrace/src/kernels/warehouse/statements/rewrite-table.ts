import type { RelationRecord } from "../catalog/records.ts";
import { engineColumn } from "../session/engine-names.ts";
import { rowOrder } from "../slices/row-order.ts";
import { engineColumnSql } from "./column-definition.ts";
import { engineName } from "./relations.ts";
import type { StatementContext } from "./statement-context.ts";

/**
 * Writes a table's rows again in the order of its sort key, in place of the table: in one transaction, so that
 * others see the old rows until it commits. Gives the number of rows.
 */
export async function rewriteSorted(record: RelationRecord, context: StatementContext): Promise<number> {
  const keys = rowOrder(record.sort);
  const rows = await rewrite(record, context, keys.length === 0 ? ["rowid"] : keys, new Map());
  if (!context.catalog.isTemporary(record)) context.transaction.noteSorted(record.oid);
  return rows;
}

/** Writes a table's rows again in the order that they have, without those that were deleted. */
export async function rewriteInOrder(record: RelationRecord, context: StatementContext): Promise<number> {
  const rows = await rewrite(record, context, ["rowid"], new Map());
  context.transaction.touched.add(record.oid);
  return rows;
}

/**
 * A table with its columns as the record has them now, and its rows in their order. The engine cannot alter a
 * table whose rows the same transaction has changed.
 * @param values engine SQL of columns that the rows do not have yet, by attribute number
 */
export function rewriteColumns(
  record: RelationRecord,
  context: StatementContext,
  values: ReadonlyMap<number, string>,
): Promise<number> {
  return rewrite(record, context, ["rowid"], values);
}

async function rewrite(
  record: RelationRecord,
  context: StatementContext,
  order: readonly string[],
  values: ReadonlyMap<number, string>,
): Promise<number> {
  const { connection, catalog } = context;
  const name = engineName(record, context);
  const copy = name.replace(/"t(\d+)"$/, '"n$1"');
  const create = catalog.isTemporary(record) ? "CREATE TEMP TABLE" : "CREATE TABLE";
  const cells = record.columns.map(
    ({ attributeNumber }) => values.get(attributeNumber) ?? engineColumn(attributeNumber),
  );
  await connection.run(`${create} ${copy} (${record.columns.map(engineColumnSql).join(", ")})`);
  const rows = await connection.change(
    `INSERT INTO ${copy} SELECT ${cells.join(", ")} FROM ${name} ORDER BY ${order.join(", ")}`,
  );
  await connection.run(`DROP TABLE ${name}`);
  await connection.run(`ALTER TABLE ${copy} RENAME TO "t${record.oid}"`);
  return rows;
}
