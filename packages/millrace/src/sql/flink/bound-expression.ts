import type { FlinkType } from "./types.ts";

/**
 * An expression whose names and types are found: plain data, as it goes into plans, other threads and
 * manifests. Implicit casts are explicit here: the arguments of a call have the types its signature wants.
 */
export type BoundExpression =
  | LiteralExpression
  | ColumnExpression
  | CallExpression
  | CastExpression
  | CaseExpression
  | FieldExpression;

/**
 * As values are in JavaScript, wherever one is a value of its own (literals, arguments of functions, elements):
 *
 *     BOOLEAN boolean, TINYINT SMALLINT INT FLOAT DOUBLE number, BIGINT bigint in literals and where the plan
 *     says `exact`, number else; DECIMAL its unscaled value as bigint; CHAR VARCHAR string; BINARY VARBINARY
 *     Uint8Array; DATE days since 1970 as number; TIME milliseconds of the day as number (fractions are
 *     microseconds); TIMESTAMP and TIMESTAMP_LTZ milliseconds since 1970 as number, a whole number of
 *     microseconds (`Math.round(us) / 1000`); INTERVAL months or milliseconds as number; ARRAY an array;
 *     ROW an array of its fields' values; MAP a Map; MULTISET a Map from value to count; NULL null.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<Value, Value>;

export interface LiteralExpression {
  readonly kind: "literal";
  readonly type: FlinkType;
  readonly value: Value;
}

/** A column of the input; of a join's inputs, the left one's come first. */
export interface ColumnExpression {
  readonly kind: "column";
  readonly type: FlinkType;
  readonly index: number;
}

export interface CallExpression {
  readonly kind: "call";
  readonly type: FlinkType;
  /** The name of an entry of the table of scalar functions, such as `+`, `and`, `is null`, `upper`, `udf:name`. */
  readonly function: string;
  readonly arguments: readonly BoundExpression[];
}

export interface CastExpression {
  readonly kind: "cast";
  readonly type: FlinkType;
  readonly operand: BoundExpression;
  /** TRY_CAST: NULL where CAST fails. */
  readonly isTry: boolean;
}

export interface CaseExpression {
  readonly kind: "case";
  readonly type: FlinkType;
  readonly branches: readonly { readonly when: BoundExpression; readonly result: BoundExpression }[];
  readonly otherwise: BoundExpression;
}

/** A field of a ROW. */
export interface FieldExpression {
  readonly kind: "field";
  readonly type: FlinkType;
  readonly operand: BoundExpression;
  readonly index: number;
}
