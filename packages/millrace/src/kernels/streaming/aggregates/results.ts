import type { Column } from "../batch.ts";

/** The column, NULL where `has` of the slot is not 1. */
export function withNulls(column: Column, has: Uint8Array, slots: Int32Array, count: number): Column {
  let nulls = column.nulls;
  for (let at = 0; at < count; at += 1) {
    if (has[slots[at] as number] === 1) continue;
    nulls ??= new Uint8Array(count);
    nulls[at] = 1;
  }
  return { values: column.values, nulls };
}

/** A column of objects, NULL where the value is null. */
export function objectColumn(count: number, value: (at: number) => unknown): Column {
  const values = new Array<unknown>(count);
  let nulls: Uint8Array | undefined;
  for (let at = 0; at < count; at += 1) {
    const result = value(at);
    values[at] = result;
    if (result === null) {
      nulls ??= new Uint8Array(count);
      nulls[at] = 1;
    }
  }
  return { values, nulls };
}
