import type { AlterTableAppend } from "../../../sql/redshift/ast/alter-table.ts";
import { bindExpression } from "../../../sql/redshift/bind/bind-statement.ts";
import { castTo } from "../../../sql/redshift/functions/function-table.ts";
import { formatType } from "../../../sql/redshift/type-text.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, RelationRecord } from "../catalog/records.ts";
import { parseDefault } from "../session/definitions.ts";
import { engineColumn, engineSequence } from "../session/engine-names.ts";
import { tagResult } from "../session/results.ts";
import { engineColumnSql } from "./column-definition.ts";
import { demandTable, engineName, lockedRelation } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

/** Moves all rows of a table to the end of another, at once. */
export const alterTableAppend: StatementKind<AlterTableAppend> = Object.freeze({
  category: "ddl",
  place: () => "alone",
  run: async (ast, context) => {
    const target = demandAppendable(await lockedRelation(ast.target, "exclusive", context), context);
    const source = demandAppendable(await lockedRelation(ast.source, "exclusive", context), context);
    for (const relation of [target, source]) context.demand({ kind: "own relation", relation });
    if (target.oid === source.oid)
      throw new SqlError("42P16", "ALTER TABLE APPEND needs two different tables");
    const pairs = matched(ast, target, source, context);
    const rows = await move(target, source, pairs, context);
    context.logged.rows = rows;
    return tagResult("ALTER TABLE APPEND");
  },
} satisfies StatementKind<AlterTableAppend>);

function demandAppendable(record: RelationRecord, { catalog }: StatementContext): RelationRecord {
  if (record.type !== "materialized view") demandTable(record);
  if (catalog.isTemporary(record))
    throw new SqlError("0A000", "ALTER TABLE APPEND does not support temporary tables");
  if (record.sort?.style === "interleaved")
    throw new SqlError("0A000", "ALTER TABLE APPEND does not support tables with interleaved sort keys");
  return record;
}

interface Pair {
  readonly target: ColumnRecord;
  /** What is put there. */
  readonly sql: string;
}

/** @throws SqlError 42804 for columns that do not match, or that only one has without leave */
function matched(
  { ignoreExtra, fillTarget }: AlterTableAppend,
  target: RelationRecord,
  source: RelationRecord,
  context: StatementContext,
): readonly Pair[] {
  const extra = source.columns.filter(({ name }) => !target.columns.some((column) => column.name === name));
  if (extra.length > 0 && !ignoreExtra)
    throw new SqlError("42804", `Source table column "${extra[0]?.name}" has no match in target table`, {
      hint: "Use IGNOREEXTRA to discard it.",
    });
  return target.columns.map((column) => {
    const from = source.columns.find(({ name }) => name === column.name);
    if (from !== undefined) {
      checkMatch(column, from);
      return { target: column, sql: engineColumn(from.attributeNumber) };
    }
    if (!fillTarget)
      throw new SqlError("42804", `Target table column "${column.name}" has no match in source table`, {
        hint: "Use FILLTARGET to fill it.",
      });
    return { target: column, sql: fillSql(target, column, context) };
  });
}

function checkMatch(target: ColumnRecord, source: ColumnRecord): void {
  if (formatType(target.type) !== formatType(source.type))
    throw new SqlError("42804", `Column "${target.name}" has different types in source and target tables`);
  if (target.nullable !== source.nullable)
    throw new SqlError("42804", `Column "${target.name}" differs in NOT NULL in source and target tables`);
  if ((target.identity === undefined) !== (source.identity === undefined))
    throw new SqlError("42804", `Column "${target.name}" is an identity in one of the tables only`);
}

function fillSql(table: RelationRecord, column: ColumnRecord, context: StatementContext): string {
  if (column.identity !== undefined)
    return `nextval('${engineSequence(context.transaction.database.engineName, table.oid, column.attributeNumber)}')`;
  if (column.defaultText === undefined) return "NULL";
  const bound = bindExpression(parseDefault(column.defaultText), context.nameSpace, {
    parameterTypes: [],
    session: context.sessionValues,
    text: column.defaultText,
  });
  return castTo({ ...bound, constant: undefined }, column.type, "assignment");
}

async function move(
  target: RelationRecord,
  source: RelationRecord,
  pairs: readonly Pair[],
  context: StatementContext,
): Promise<number> {
  const { connection, transaction } = context;
  const into = pairs.map((pair) => engineColumn(pair.target.attributeNumber)).join(", ");
  const from = engineName(source, context);
  const rows = await connection.change(
    `INSERT INTO ${engineName(target, context)} (${into}) SELECT ${pairs.map(({ sql }) => sql).join(", ")} FROM ${from}`,
  );
  await connection.run(`CREATE OR REPLACE TABLE ${from} (${source.columns.map(engineColumnSql).join(", ")})`);
  transaction.noteRows(target.oid, target.sort === undefined ? 0 : rows);
  transaction.noteRows(source.oid, -transaction.rowChanges(source.oid).unsorted);
  return rows;
}
