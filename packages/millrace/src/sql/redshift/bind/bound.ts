import type { SqlType } from "../types.ts";
import type { ScopeColumn } from "./scope.ts";

/** Bits of `Bound.traits`. */
export const hasAggregate = 1;
export const hasWindow = 2;
export const isVolatile = 4;
export const hasSubquery = 8;
export const hasParameter = 16;

/**
 * An expression whose names and types are found, with its engine SQL. The SQL can stand as an operand anywhere and
 * is the same for expressions that mean the same: grouping is checked by it.
 */
export interface Bound {
  readonly type: SqlType;
  readonly sql: string;
  /** Value of a literal, as text; null for NULL; undefined for all else. */
  readonly constant: string | null | undefined;
  /** The parameter that it is, whose type its surroundings may still decide. */
  readonly parameter: number | undefined;
  readonly traits: number;
  /** The column that it is. */
  readonly column: ScopeColumn | undefined;
  /** Where it leads from `base` into SUPER, so that further steps make one path of it. */
  readonly superPath: SuperPath | undefined;
  /** Its values never end in a blank, so the engine may compare them as they are. */
  readonly blankFree: boolean;
}

export interface SuperPath {
  readonly base: string;
  /** `."orders"[0]` */
  readonly path: string;
}

export interface BoundOptions {
  readonly superPath?: SuperPath | undefined;
  readonly constant?: string | null | undefined;
  readonly parameter?: number | undefined;
  readonly traits?: number;
  readonly column?: ScopeColumn | undefined;
  readonly blankFree?: boolean;
}

export function bound(type: SqlType, sql: string, options: BoundOptions = {}): Bound {
  return {
    type,
    sql,
    constant: options.constant,
    parameter: options.parameter,
    traits: options.traits ?? 0,
    column: options.column,
    superPath: options.superPath,
    blankFree: options.blankFree ?? (type.name === "character" || type.name === "name"),
  };
}

export function traitsOf(items: readonly Bound[]): number {
  let traits = 0;
  for (const item of items) traits |= item.traits;
  return traits;
}

export const booleanType: SqlType = Object.freeze({ name: "boolean" });
export const integerType: SqlType = Object.freeze({ name: "integer" });
export const bigintType: SqlType = Object.freeze({ name: "bigint" });
export const superType: SqlType = Object.freeze({ name: "super" });
export const unknownType: SqlType = Object.freeze({ name: "unknown" });
export const varcharType: SqlType = Object.freeze({ name: "character varying" });
