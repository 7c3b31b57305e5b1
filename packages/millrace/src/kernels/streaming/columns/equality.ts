import type { Column } from "../batch.ts";

/** NULL equals NULL: as keys are compared. Numbers and bigints of equal value are equal. */
export function keysEqual(
  left: readonly Column[],
  leftKeys: readonly number[],
  leftRow: number,
  right: readonly Column[],
  rightKeys: readonly number[],
  rightRow: number,
): boolean {
  for (let at = 0; at < leftKeys.length; at += 1) {
    const a = left[leftKeys[at] as number] as Column;
    const b = right[rightKeys[at] as number] as Column;
    if (!cellsEqual(a, leftRow, b, rightRow)) return false;
  }
  return true;
}

export function cellsEqual(left: Column, leftRow: number, right: Column, rightRow: number): boolean {
  const leftNull = left.nulls !== undefined && left.nulls[leftRow] === 1;
  const rightNull = right.nulls !== undefined && right.nulls[rightRow] === 1;
  if (leftNull || rightNull) return leftNull && rightNull;
  return valuesEqual(left.values[leftRow], right.values[rightRow]);
}

/** Equality of values that are not NULL themselves; NULLs in them are equal to each other, and so are NaNs. */
export function valuesEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === "number" && typeof right === "number") {
    return Number.isNaN(left) && Number.isNaN(right);
  }
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    // A number and a bigint: a value from before and one from after the job went over to exact integers.
    const isMixed = typeof left === "bigint" || typeof right === "bigint";
    // biome-ignore lint/suspicious/noDoubleEquals: compares a number with a bigint by value.
    return isMixed && typeof left !== "string" && typeof right !== "string" && left == right;
  }
  if (left instanceof Uint8Array && right instanceof Uint8Array) return bytesEqual(left, right);
  if (Array.isArray(left) && Array.isArray(right)) return listsEqual(left, right);
  if (left instanceof Map && right instanceof Map) return mapsEqual(left, right);
  return false;
}

function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}

function listsEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (!valuesEqual(left[at], right[at])) return false;
  return true;
}

function mapsEqual(left: ReadonlyMap<unknown, unknown>, right: ReadonlyMap<unknown, unknown>): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    if (right.has(key)) {
      if (!valuesEqual(value, right.get(key))) return false;
    } else if (![...right].some(([k, v]) => valuesEqual(key, k) && valuesEqual(value, v))) return false;
  }
  return true;
}
