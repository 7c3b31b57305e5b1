import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { Identifier } from "./name.ts";

/** The kinds of expressions that hold no other. */
export type Leaf =
  | NullLiteral
  | BooleanLiteral
  | NumberLiteral
  | StringLiteral
  | TypedLiteral
  | IntervalLiteral
  | Parameter
  | Reference
  | Star
  | DefaultValue;

interface NullLiteral {
  readonly kind: "null";
  readonly span: Span;
}

interface BooleanLiteral {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

/** Its text as written: `1`, `1.50`, `1e3`; never signed. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly text: string;
  readonly span: Span;
}

/** Escapes and doubled quotes are resolved. Its type is `unknown` until the binder knows more. */
export interface StringLiteral {
  readonly kind: "string";
  readonly value: string;
  readonly span: Span;
}

/** `date '2024-01-01'`, `timestamp with time zone '...'` */
export interface TypedLiteral {
  readonly kind: "typed-literal";
  readonly type: SqlType;
  readonly value: string;
  readonly span: Span;
}

/** `interval '1 day'`, `interval '1-2' year to month`, `interval '3' hour` */
export interface IntervalLiteral {
  readonly kind: "interval";
  readonly value: string;
  /** `["year", "month"]` for `year to month`, `["hour"]` for `hour`, empty without a qualifier. */
  readonly fields: readonly string[];
  readonly precision: number | undefined;
  readonly span: Span;
}

/** `$1` */
export interface Parameter {
  readonly kind: "parameter";
  /** From 1. */
  readonly index: number;
  readonly span: Span;
}

/**
 * Names with dots; the binder tells tables, columns and fields of SUPER apart. `user`, `sysdate` and the like without
 * brackets come as calls, not as this.
 */
export interface Reference {
  readonly kind: "reference";
  readonly parts: readonly Identifier[];
  readonly span: Span;
}

/** `*`, `t.*`, `* exclude (a, b)` */
export interface Star {
  readonly kind: "star";
  readonly qualifier: readonly Identifier[];
  readonly exclude: readonly Identifier[];
  readonly span: Span;
}

/** DEFAULT in VALUES and SET. */
interface DefaultValue {
  readonly kind: "default";
  readonly span: Span;
}
