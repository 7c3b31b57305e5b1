import type { RelationRecord } from "../catalog/records.ts";
import { engineColumn } from "../session/engine-names.ts";

/**
 * Engine SQL for the number of the slice that a row of the table lies on, from 0; of a table with DISTSTYLE ALL,
 * which is on each node's first slice, 0. The row's columns stand with their engine names, `rowid` is the engine's.
 * EVEN deals rows round robin as they come; KEY depends on the value alone, so that equal keys of two tables
 * share a slice. MD5 never changes, while the engine's own hash may with its version.
 * @param alias what the row is called, where columns alone would not do
 */
export function sliceExpression(table: RelationRecord, slices: number, alias?: string): string {
  const prefix = alias === undefined ? "" : `${alias}.`;
  const { style, column } = table.distribution;
  if (style === "all" || slices <= 1) return "0";
  const key = table.columns.find(({ attributeNumber }) => attributeNumber === column);
  if (style === "even" || key === undefined) return `(${prefix}rowid % ${slices})::INTEGER`;
  const name = `${prefix}${engineColumn(key.attributeNumber)}`;
  const text = key.type.name === "character varying" ? `rtrim(${name}, ' ')` : `${name}::VARCHAR`;
  return `(coalesce(md5_number_lower(${text}), 0) % ${slices})::INTEGER`;
}

/** Slices that hold a copy of each row of a table with DISTSTYLE ALL. */
export function copySlices(slices: number, nodes: number): readonly number[] {
  const perNode = Math.max(1, Math.floor(slices / nodes));
  return Array.from({ length: nodes }, (_, node) => node * perNode);
}
