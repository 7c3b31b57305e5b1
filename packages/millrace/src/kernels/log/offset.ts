import { assert } from "../../core/assert.ts";

declare const offsetBrand: unique symbol;

/**
 * The place of a record in its log: dense, from 0, never reused. A number, not a bigint: 2^53 records last
 * 285 years at a million a second, and arithmetic on numbers costs nothing on the append path.
 */
export type Offset = number & { readonly [offsetBrand]: "offset" };

export function isOffset(value: number): value is Offset {
  return Number.isSafeInteger(value) && value >= 0;
}

/** The only way from a number to an offset. */
export function toOffset(value: number): Offset {
  assert(isOffset(value), `not an offset: ${value}`);
  return value;
}

export function advance(offset: Offset, count: number): Offset {
  return toOffset(offset + count);
}

export function laterOf(a: Offset, b: Offset): Offset {
  return a > b ? a : b;
}
