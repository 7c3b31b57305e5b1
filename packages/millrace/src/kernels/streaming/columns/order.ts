import type { Column } from "../batch.ts";

/**
 * Order of values of one type that are not NULL, as ORDER BY and comparisons have it: strings by their UTF-8
 * bytes (that is by code points), bytes unsigned, false before true, NaN above all numbers, nested values
 * element by element with NULLs first.
 */
export function compareValues(left: unknown, right: unknown): number {
  if (typeof left === "string") return compareStrings(left, right as string);
  if (typeof left === "number" || typeof left === "bigint") return compareNumbers(left, right as number);
  if (typeof left === "boolean") return Number(left) - Number(right);
  if (left instanceof Uint8Array) return compareLists(left, right as Uint8Array);
  if (Array.isArray(left)) return compareLists(left, right as readonly unknown[]);
  throw new TypeError("values of this type have no order");
}

/** `-1` NULL first on ascending order is the caller's choice. */
export function compareCells(
  left: Column,
  leftRow: number,
  right: Column,
  rightRow: number,
  nullsFirst: boolean,
): number {
  const leftNull = left.nulls !== undefined && left.nulls[leftRow] === 1;
  const rightNull = right.nulls !== undefined && right.nulls[rightRow] === 1;
  if (leftNull || rightNull) {
    if (leftNull && rightNull) return 0;
    return leftNull === nullsFirst ? -1 : 1;
  }
  return compareValues(left.values[leftRow], right.values[rightRow]);
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1;
  if (left > right) return 1;
  if (left === right) return 0;
  const leftNaN = typeof left === "number" && Number.isNaN(left);
  const rightNaN = typeof right === "number" && Number.isNaN(right);
  return Number(leftNaN) - Number(rightNaN);
}

/** UTF-16 order differs from that of code points only where surrogates meet units above them. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) {
      if (a >= 0xd800 && b >= 0xd800) return lift(a) - lift(b);
      return a - b;
    }
  }
  return left.length - right.length;
}

/** Surrogates above the rest of the basic plane. */
function lift(unit: number): number {
  return unit <= 0xdfff ? unit + 0x10000 : unit;
}

function compareLists(left: ArrayLike<unknown>, right: ArrayLike<unknown>): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left[at];
    const b = right[at];
    if (a === null || b === null) {
      if (a !== b) return a === null ? -1 : 1;
      continue;
    }
    const order = compareValues(a, b);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
