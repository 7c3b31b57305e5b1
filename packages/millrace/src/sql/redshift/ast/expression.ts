import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { Query } from "./query.ts";

/** Every kind of expression that the parser makes. `span` is where it stands in the statement. */
export type Expression =
  | NullLiteral
  | BooleanLiteral
  | NumberLiteral
  | StringLiteral
  | TypedLiteral
  | IntervalLiteral
  | Parameter
  | Reference
  | Star
  | Subscript
  | Field
  | Unary
  | Binary
  | Logical
  | Not
  | Cast
  | Call
  | Case
  | InList
  | InQuery
  | Between
  | Like
  | IsTest
  | Exists
  | ScalarQuery
  | Quantified
  | Row
  | AtTimeZone
  | OuterMark
  | Prior
  | Collate
  | DefaultValue;

export interface NullLiteral {
  readonly kind: "null";
  readonly span: Span;
}

export interface BooleanLiteral {
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

/** Names with dots; the binder tells tables, columns and fields of SUPER apart. Also `user`, `sysdate` and the like without brackets come as calls, not as this. */
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

/** `base[index]` */
export interface Subscript {
  readonly kind: "subscript";
  readonly base: Expression;
  readonly index: Expression;
  readonly span: Span;
}

/** `base.name` where base is no plain name: `c.orders[0].id`, `(f(x)).y` */
export interface Field {
  readonly kind: "field";
  readonly base: Expression;
  readonly name: Identifier;
  readonly span: Span;
}

export interface Unary {
  readonly kind: "unary";
  /** `-`, `+`, `~`, `|/`, `||/`, `@`, `!!`, or `!` behind its operand (factorial). */
  readonly operator: string;
  readonly postfix: boolean;
  readonly operand: Expression;
  readonly span: Span;
}

export interface Binary {
  readonly kind: "binary";
  /** `+ - * / % ^ || = <> < <= > >= & | # << >> ~ ~* !~ !~*`; `!=` comes as `<>`. */
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface Logical {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface Not {
  readonly kind: "not";
  readonly operand: Expression;
  readonly span: Span;
}

/** `x::type`, `cast(x as type)`, `convert(type, x)`, `try_cast(x as type)` */
export interface Cast {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: SqlType;
  readonly form: "colons" | "cast" | "convert" | "try_cast";
  readonly span: Span;
}

/**
 * A call of a function. Special forms come as ordinary calls: `extract(f from x)` as `date_part('f', x)`,
 * `trim(both y from x)` as `btrim(x, y)` (leading: ltrim, trailing: rtrim), `position(a in b)` as `strpos(b, a)`,
 * `substring(x from a for b)` as `substring(x, a, b)`, `overlay`, `current_date`, `current_user`, `sysdate` as calls
 * without arguments. A bare date part (`dateadd(month, 1, d)`) comes as a Reference of one part.
 */
export interface Call {
  readonly kind: "call";
  readonly name: QualifiedName;
  readonly arguments: readonly Expression[];
  /** `count(*)` */
  readonly star: boolean;
  readonly distinct: boolean;
  /** `approximate count(distinct x)` */
  readonly approximate: boolean;
  readonly withinGroup: readonly SortItem[] | undefined;
  readonly nulls: "ignore" | "respect" | undefined;
  readonly over: Window | undefined;
  readonly span: Span;
}

export interface Window {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly frame: Frame | undefined;
  readonly span: Span;
}

export interface Frame {
  readonly unit: "rows" | "range";
  readonly start: FrameBound;
  /** Current row when undefined. */
  readonly end: FrameBound | undefined;
}

export type FrameBound =
  | { readonly kind: "unbounded preceding" | "current row" | "unbounded following" }
  | { readonly kind: "preceding" | "following"; readonly offset: Expression };

export interface SortItem {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nulls: "first" | "last" | undefined;
}

export interface Case {
  readonly kind: "case";
  readonly operand: Expression | undefined;
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
  readonly otherwise: Expression | undefined;
  readonly span: Span;
}

export interface InList {
  readonly kind: "in-list";
  readonly operand: Expression;
  readonly items: readonly Expression[];
  readonly negated: boolean;
  readonly span: Span;
}

export interface InQuery {
  readonly kind: "in-query";
  /** May be a Row. */
  readonly operand: Expression;
  readonly query: Query;
  readonly negated: boolean;
  readonly span: Span;
}

export interface Between {
  readonly kind: "between";
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly negated: boolean;
  readonly span: Span;
}

export interface Like {
  readonly kind: "like";
  readonly operator: "like" | "ilike" | "similar to";
  readonly operand: Expression;
  readonly pattern: Expression;
  readonly escape: Expression | undefined;
  readonly negated: boolean;
  readonly span: Span;
}

/** `x is [not] null | true | false | unknown` */
export interface IsTest {
  readonly kind: "is";
  readonly operand: Expression;
  readonly test: "null" | "true" | "false" | "unknown";
  readonly negated: boolean;
  readonly span: Span;
}

export interface Exists {
  readonly kind: "exists";
  readonly query: Query;
  readonly span: Span;
}

export interface ScalarQuery {
  readonly kind: "scalar-query";
  readonly query: Query;
  readonly span: Span;
}

/** `x = any (select ...)`, `x > all (...)`; `array` stands for a list or an array of the catalog. */
export interface Quantified {
  readonly kind: "quantified";
  readonly operator: string;
  readonly quantifier: "any" | "all";
  readonly operand: Expression;
  readonly query: Query | undefined;
  readonly array: Expression | undefined;
  readonly span: Span;
}

/** `(a, b)` */
export interface Row {
  readonly kind: "row";
  readonly items: readonly Expression[];
  readonly span: Span;
}

export interface AtTimeZone {
  readonly kind: "at-time-zone";
  readonly operand: Expression;
  readonly zone: Expression;
  readonly span: Span;
}

/** `b.k (+)` */
export interface OuterMark {
  readonly kind: "outer-mark";
  readonly operand: Reference;
  readonly span: Span;
}

/** `prior id` in CONNECT BY */
export interface Prior {
  readonly kind: "prior";
  readonly operand: Expression;
  readonly span: Span;
}

export interface Collate {
  readonly kind: "collate";
  readonly operand: Expression;
  /** `case_sensitive`, `case_insensitive` */
  readonly collation: string;
  readonly span: Span;
}

/** DEFAULT in VALUES and SET. */
export interface DefaultValue {
  readonly kind: "default";
  readonly span: Span;
}
