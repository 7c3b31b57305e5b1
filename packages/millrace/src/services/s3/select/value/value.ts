import type { Decimal } from "./decimal.ts";
import type { Float } from "./float.ts";
import type { Timestamp } from "./timestamp.ts";

/** JSON as it was read. A number in it that a double cannot hold is a bigint or a `Decimal`. */
export type Json =
  | null
  | boolean
  | string
  | number
  | bigint
  | Decimal
  | readonly Json[]
  | { readonly [name: string]: Json };

/**
 * A value of the dialect. Values carry their types, for a column of JSON may hold anything:
 *
 *   MISSING   undefined
 *   NULL      null
 *   integer   number that is an integer, or bigint beyond the safe ones; eight bytes at most
 *   decimal   `Decimal`, or a number with a fraction, which is what JSON holds
 *   float     `Float`
 */
export type Value = undefined | Json | Float | Timestamp;

export type NumericValue = number | bigint | Decimal | Float;
