import { SqlError } from "../../sql-error.ts";
import type { Assignment, Update } from "../ast/dml.ts";
import { quoteName } from "../print/quote.ts";
import { valueText } from "./assignment.ts";
import { Block, type Frame } from "./block.ts";
import { coerceCondition } from "./coerce.ts";
import { bindFrom } from "./from.ts";
import type { Relation } from "./name-space.ts";
import { findTarget, type Target, targetColumns, targetScope } from "./target.ts";
import { bindWith } from "./with.ts";

/** A column of the target and the value that it gets. */
export interface Change {
  readonly column: string;
  readonly value: string;
}

export function bindUpdate(
  update: Update,
  outer: Frame,
): { readonly sql: string; readonly target: Relation } {
  const { frame, sql: prefix } = bindWith(update.with, outer);
  const block = new Block(frame);
  const target = findTarget(update.table, "update", block);
  const alias = block.state.nextAlias();
  block.scope = targetScope(target, update.alias, alias, block);
  const from = bindFrom(update.from, block);
  const changes = bindAssignments(update.assignments, target, block);
  const where = whereText(update.where, block);
  if (from === "") {
    const list = changes.map(({ column, value }) => `${column} = ${value}`).join(", ");
    return { sql: `${prefix}UPDATE ${target.sql} AS ${alias} SET ${list}${where}`, target: target.relation };
  }
  return {
    sql: `${prefix}${updateFrom(target, alias, from, changes, where, block)}`,
    target: target.relation,
  };
}

/**
 * A row that joins with several is changed once and counted once, by one of them: the engine would count it for
 * each. So the rows to change are found first, with their new values, and taken by their row ids.
 */
function updateFrom(
  target: Target,
  alias: string,
  from: string,
  changes: readonly Change[],
  where: string,
  block: Block,
): string {
  const found = block.state.nextAlias();
  const values = changes.map(({ value }, index) => `${value} AS v${index + 1}`).join(", ");
  const rows = `SELECT DISTINCT ON (${alias}.rowid) ${alias}.rowid AS id, ${values} FROM ${target.sql} AS ${alias}, ${from}${where}`;
  const list = changes.map(({ column }, index) => `${column} = ${found}.v${index + 1}`).join(", ");
  const changed = block.state.nextAlias();
  return `UPDATE ${target.sql} AS ${changed} SET ${list} FROM (${rows}) AS ${found} WHERE ${changed}.rowid = ${found}.id`;
}

export function whereText(where: Update["where"], block: Block): string {
  if (where === undefined) return "";
  return block.within("WHERE", () => {
    block.filtering = true;
    const condition = coerceCondition(block.expression(where), "WHERE", block, where.span);
    block.filtering = false;
    return ` WHERE ${condition.sql}`;
  });
}

/** @throws SqlError 42703, 42701, 42804 */
export function bindAssignments(
  assignments: readonly Assignment[],
  target: Target,
  block: Block,
): readonly Change[] {
  const columns = targetColumns(
    assignments.map(({ column }) => column),
    target,
  );
  return block.within("UPDATE", () =>
    assignments.map(({ column: name, value }, index) => {
      const column = columns[index];
      if (column === undefined) throw new Error("an assignment without its column");
      if (column.identity !== undefined) {
        throw new SqlError("0A000", "cannot set an identity column to a value", {
          position: name.span.start,
        });
      }
      target.use.columns.add(column.name);
      return { column: quoteName(column.engineName), value: valueText(value, column, block) };
    }),
  );
}
