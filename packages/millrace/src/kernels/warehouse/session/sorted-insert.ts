import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { engineColumn } from "./engine-names.ts";

/**
 * INSERT ... SELECT into a table with a sort key, with its rows in the key's order within the load: that is what
 * lets later reads leave out blocks. The statement ends with the SELECT, whose columns stand in the order of the
 * list behind the table's name. Undefined for rows that are written out, which come as they are.
 */
export function sortedInsert(sql: string, bound: BoundStatement, record: RelationRecord): string | undefined {
  const { target } = bound;
  const keys = record.sort?.columns ?? [];
  if (bound.kind !== "insert" || keys.length === 0 || target?.source.kind !== "physical") return undefined;
  const head = `INSERT INTO ${target.source.sql} (`;
  const at = sql.indexOf(head);
  const end = sql.indexOf(") SELECT ", at);
  if (at < 0 || end < 0) return undefined;
  const columns = sql.slice(at + head.length, end).split(", ");
  const ordinals = keys.map((key) => columns.indexOf(`"${engineColumn(key)}"`) + 1);
  return ordinals.includes(0) ? undefined : `${sql} ORDER BY ${ordinals.join(", ")}`;
}
