import type { Span } from "../../position.ts";
import type { IntervalUnit, TimeUnit } from "./data-type.ts";
import type { Identifier, QualifiedName } from "./name.ts";

/** The kinds of expressions that hold no other. */
export type Leaf =
  | NullLiteral
  | BooleanLiteral
  | NumberLiteral
  | StringLiteral
  | BinaryLiteral
  | TypedLiteral
  | IntervalLiteral
  | Reference
  | Star
  | Keyword
  | Descriptor
  | ModelArgument
  | DefaultValue;

export interface NullLiteral {
  readonly kind: "null";
  readonly span: Span;
}

export interface BooleanLiteral {
  readonly kind: "boolean";
  /** UNKNOWN is undefined. */
  readonly value: boolean | undefined;
  readonly span: Span;
}

/** Its text as written: `1`, `1.50`, `1e3`; never signed. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly text: string;
  readonly span: Span;
}

/** Doubled quotes and the escapes of `U&''` are resolved. */
export interface StringLiteral {
  readonly kind: "string";
  readonly value: string;
  /** `_UTF16'...'`: in upper case. */
  readonly charset: string | undefined;
  readonly span: Span;
}

/** `X'1F'`: the digits in lower case. */
export interface BinaryLiteral {
  readonly kind: "binary-literal";
  readonly digits: string;
  readonly span: Span;
}

/** `DATE '2024-01-01'`, `TIME '10:00:00'`, `TIMESTAMP '2024-01-01 10:00:00.123'` */
export interface TypedLiteral {
  readonly kind: "typed-literal";
  readonly type: "date" | "time" | "timestamp" | "timestamp_ltz";
  readonly value: string;
  readonly span: Span;
}

/** `INTERVAL -'1 10' DAY TO HOUR` */
export interface IntervalLiteral {
  readonly kind: "interval";
  /** `-` before the text in quotes. */
  readonly negative: boolean;
  readonly value: string;
  readonly unit: IntervalUnit;
  readonly span: Span;
}

/** Names with dots; only the binder can tell tables, columns and fields of rows apart. */
export interface Reference {
  readonly kind: "reference";
  readonly parts: readonly Identifier[];
  readonly span: Span;
}

/** `*`, `t.*` */
export interface Star {
  readonly kind: "star";
  readonly qualifier: readonly Identifier[];
  readonly span: Span;
}

/** A word as an argument: the unit of `EXTRACT(DAY FROM x)` and `FLOOR(x TO DAY)`, the side of `TRIM(BOTH ...)`. */
export interface Keyword {
  readonly kind: "keyword";
  readonly word: TimeUnit | "both" | "leading" | "trailing";
  readonly span: Span;
}

/** `DESCRIPTOR(a, b)` as an argument. */
export interface Descriptor {
  readonly kind: "descriptor";
  readonly columns: readonly Identifier[];
  readonly span: Span;
}

/** `MODEL m` as an argument. */
export interface ModelArgument {
  readonly kind: "model-argument";
  readonly name: QualifiedName;
  readonly span: Span;
}

/** DEFAULT as an argument and in VALUES of an INSERT. */
export interface DefaultValue {
  readonly kind: "default";
  readonly span: Span;
}
