import type { Column } from "./classification.ts";

/**
 * One schema that reads what either describes: columns by name (case does not matter), types widened:
 * int + bigint is bigint, int + double is double, structs merge field by field, anything + string is string.
 */
export function mergeSchemas(a: readonly Column[], b: readonly Column[]): readonly Column[] {
  const seen = new Set(a.map((column) => column.name.toLowerCase()));
  return [...a, ...b.filter((column) => !seen.has(column.name.toLowerCase()))];
}

/** From 0 (nothing in common) to 1 (the same); folders above 0.7 belong to one table. */
export function schemaSimilarity(a: readonly Column[], b: readonly Column[]): number {
  const names = new Set(a.map((column) => column.name.toLowerCase()));
  const shared = b.filter((column) => names.has(column.name.toLowerCase())).length;
  const all = a.length + b.length - shared;
  return all === 0 ? 1 : shared / all;
}
