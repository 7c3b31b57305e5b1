import { SqlError } from "../../sql-error.ts";
import type { Insert } from "../ast/dml.ts";
import type { Query, Values } from "../ast/query.ts";
import { packedRows } from "../print/packed-rows.ts";
import { quoteName } from "../print/quote.ts";
import { engineType } from "../type-text.ts";
import { assigned, defaultText, valueText } from "./assignment.ts";
import { Block, type BoundQuery, type Frame } from "./block.ts";
import { bound } from "./bound.ts";
import type { Relation, RelationColumn } from "./name-space.ts";
import { findTarget, type Target, targetColumns } from "./target.ts";
import { bindWith } from "./with.ts";

/** INSERT: every column of the table gets a value, written, by default or of its identity. */
export function bindInsert(
  insert: Insert,
  outer: Frame,
): { readonly sql: string; readonly target: Relation } {
  const { frame, sql: prefix } = bindWith(insert.with, outer);
  const block = new Block(frame);
  block.clause = "VALUES";
  const target = findTarget(insert.table, "insert", block);
  const { source } = insert;
  const named = insert.columns.length > 0 ? targetColumns(insert.columns, target) : writable(target, source);
  const columns = source === undefined ? [] : named;
  for (const column of columns) target.use.columns.add(column.name);
  const missing = target.relation.columns.filter((column) => !columns.includes(column));
  const rest = missing.map((column) => defaultText(column, block, insert.span));
  const list = [...columns, ...missing].map((column) => quoteName(column.engineName)).join(", ");
  const rows = rowsText(insert, columns, rest, block);
  return { sql: `${prefix}INSERT INTO ${target.sql} (${list}) ${rows}`, target: target.relation };
}

/** Without a list, the first columns of the table, as many as there are values; identities have values of their own. */
function writable(target: Target, source: Query | undefined): readonly RelationColumn[] {
  return source === undefined ? [] : target.relation.columns.filter((column) => !column.identity?.always);
}

function rowsText(
  insert: Insert,
  columns: readonly RelationColumn[],
  rest: readonly string[],
  block: Block,
): string {
  const { source } = insert;
  if (source === undefined) return `VALUES (${rest.join(", ")})`;
  const values = plainValues(source);
  if (values !== undefined) return valuesText(values, columns, rest, insert, block);
  const query = block.binders.query(source, block.beside());
  return queryText(query, columns, rest, insert, block);
}

/** VALUES without anything behind it. */
function plainValues(query: Query): Values | undefined {
  const plain = query.orderBy.length === 0 && query.limit === undefined && query.offset === undefined;
  return plain && query.with === undefined && query.body.kind === "values" ? query.body : undefined;
}

/** @throws SqlError 42601 */
function checkCount(
  count: number,
  columns: readonly RelationColumn[],
  insert: Insert,
): readonly RelationColumn[] {
  if (count > columns.length) {
    throw new SqlError("42601", "INSERT has more expressions than target columns", {
      position: insert.span.start,
    });
  }
  if (count < columns.length && insert.columns.length > 0) {
    throw new SqlError("42601", "INSERT has more target columns than expressions", {
      position: insert.span.start,
    });
  }
  return columns.slice(0, count);
}

function valuesText(
  { rows, span }: Values,
  columns: readonly RelationColumn[],
  rest: readonly string[],
  insert: Insert,
  block: Block,
): string {
  const width = rows[0]?.length ?? 0;
  const filled = checkCount(width, columns, insert);
  const tail = columns.slice(width).map((column) => defaultText(column, block, insert.span));
  const texts = rows.map((row) => {
    if (row.length !== width) {
      throw new SqlError("42601", "VALUES lists must all be the same length", { position: span.start });
    }
    const cells = filled.map((column, index) => {
      const value = row[index];
      if (value === undefined) throw new Error("a row shorter than the first");
      return valueText(value, checkedIdentity(column, value.kind === "default", insert), block);
    });
    return cells;
  });
  const after = [...tail, ...rest];
  const types = filled.map((column) => engineType(column.type));
  const packed = packedRows(texts, types, after);
  return packed ?? `VALUES ${texts.map((cells) => `(${[...cells, ...after].join(", ")})`).join(", ")}`;
}

/** @throws SqlError 0A000 for a value of a column that is GENERATED ... AS IDENTITY or IDENTITY */
function checkedIdentity(column: RelationColumn, isDefault: boolean, insert: Insert): RelationColumn {
  if (column.identity?.always !== true || isDefault) return column;
  throw new SqlError("0A000", "cannot set an identity column to a value", { position: insert.span.start });
}

function queryText(
  query: BoundQuery,
  columns: readonly RelationColumn[],
  rest: readonly string[],
  insert: Insert,
  block: Block,
): string {
  const filled = checkCount(query.columns.length, columns, insert);
  const tail = columns.slice(filled.length).map((column) => defaultText(column, block, insert.span));
  const alias = block.state.nextAlias();
  const cells = filled.map((column, index) => {
    const from = query.columns[index];
    if (from === undefined) throw new Error("a column that the query does not have");
    checkedIdentity(column, false, insert);
    const value = bound(from.type, `${alias}.c${index + 1}`, { blankFree: from.blankFree });
    return assigned(value, from.untyped, column, block, insert.span);
  });
  return `SELECT ${[...cells, ...tail, ...rest].join(", ")} FROM (${query.sql}) AS ${alias}`;
}
