import { type HiveType, primitive } from "../../../formats/schema/hive-type.ts";
import { parseHiveType } from "../../../formats/schema/hive-type-parser.ts";
import { widenType } from "../../../formats/schema/widen-type.ts";
import type { Column } from "./classification.ts";
import { columnOf } from "./columns.ts";

/**
 * One schema that reads what either describes: columns by name (case does not matter), those of `a` first,
 * types widened: int + bigint is bigint, int + double is double, structs merge field by field, and what does
 * not fit together is a string. A column that had no values takes the other's type. Answers `a` itself if `b`
 * adds nothing.
 */
export function mergeSchemas(a: readonly Column[], b: readonly Column[]): readonly Column[] {
  if (a === b) return a;
  const merged = new Map(a.map((column) => [column.name.toLowerCase(), column]));
  let changed = false;
  for (const column of b) {
    const key = column.name.toLowerCase();
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, column);
      changed = true;
    } else if (known.type !== column.type || known.inferred !== undefined) {
      const wider = columnOf({ name: known.name, type: widenType(typeOf(known), typeOf(column)) });
      if (wider.type === known.type && sameOpenness(wider, known)) continue;
      merged.set(key, wider);
      changed = true;
    }
  }
  return changed ? [...merged.values()] : a;
}

/**
 * How much two schemas have in common, from 0 to 1: columns of the same name and a compatible type, of all
 * columns of both. Glue calls schemas similar above 0.7 (re:Post, "How does the AWS Glue crawler detect the
 * schema?"); how it counts is not documented.
 */
export function schemaSimilarity(a: readonly Column[], b: readonly Column[]): number {
  const known = new Map(a.map((column) => [column.name.toLowerCase(), column]));
  let shared = 0;
  let both = 0;
  for (const column of b) {
    const other = known.get(column.name.toLowerCase());
    if (other === undefined) continue;
    both += 1;
    if (other.type === column.type || isCompatible(typeOf(other), typeOf(column))) shared += 1;
  }
  const all = a.length + b.length - both;
  return all === 0 ? 1 : shared / all;
}

function typeOf(column: Column): HiveType {
  return column.inferred ?? parseHiveType(column.type) ?? primitive("string");
}

function sameOpenness(a: Column, b: Column): boolean {
  return (a.inferred === undefined) === (b.inferred === undefined);
}

/** Whether one type holds the values of both without making strings of them. */
function isCompatible(a: HiveType, b: HiveType): boolean {
  const wider = widenType(a, b);
  if (wider.kind !== "primitive" || wider.name !== "string") return true;
  const isString = (type: HiveType): boolean => type.kind === "primitive" && type.name === "string";
  return isString(a) && isString(b);
}
