import type { Delete } from "../ast/dml.ts";
import { Block, type Frame } from "./block.ts";
import { bindFrom } from "./from.ts";
import type { Relation } from "./name-space.ts";
import { findTarget, targetScope } from "./target.ts";
import { whereText } from "./update.ts";
import { bindWith } from "./with.ts";

export function bindDelete(
  statement: Delete,
  outer: Frame,
): { readonly sql: string; readonly target: Relation } {
  const { frame, sql: prefix } = bindWith(statement.with, outer);
  const block = new Block(frame);
  const target = findTarget(statement.table, "delete", block);
  const alias = block.state.nextAlias();
  block.scope = targetScope(target, statement.alias, alias, block);
  const using = bindFrom(statement.using, block);
  const where = whereText(statement.where, block);
  if (using === "") {
    return { sql: `${prefix}DELETE FROM ${target.sql} AS ${alias}${where}`, target: target.relation };
  }
  // A row that joins with several goes once, and counts once.
  const rows = `SELECT ${alias}.rowid FROM ${target.sql} AS ${alias}, ${using}${where}`;
  return { sql: `${prefix}DELETE FROM ${target.sql} WHERE rowid IN (${rows})`, target: target.relation };
}
