import type { Column } from "../batch.ts";
import { isNull } from "../columns/index.ts";

/** Whether a key of the row is NULL that `=` compares: it equals nothing. */
export function hasNullKey(
  columns: readonly Column[],
  keys: readonly number[],
  row: number,
  nullSafe: readonly boolean[],
): boolean {
  for (let at = 0; at < keys.length; at += 1)
    if (nullSafe[at] !== true && isNull(columns[keys[at] as number] as Column, row)) return true;
  return false;
}
