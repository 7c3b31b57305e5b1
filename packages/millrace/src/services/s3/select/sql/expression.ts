import type { Place } from "../select-error.ts";
import type { Value } from "../value/value.ts";

/** One step into a value. A name in quotes is matched exactly, another one in any case. */
export type PathStep =
  | { readonly kind: "name"; readonly name: string; readonly exact: boolean }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "each element" }
  | { readonly kind: "each member" };

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";
export type Arithmetic = "+" | "-" | "*" | "/" | "%";
export type CastType = "bool" | "int" | "string" | "float" | "decimal" | "timestamp";
export type DatePart =
  | "year"
  | "month"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "timezone_hour"
  | "timezone_minute";
export type AggregateName = "avg" | "count" | "max" | "min" | "sum";
export type FunctionName =
  | "char_length"
  | "coalesce"
  | "date_add"
  | "date_diff"
  | "extract"
  | "lower"
  | "nullif"
  | "substring"
  | "to_string"
  | "to_timestamp"
  | "trim"
  | "upper"
  | "utcnow";

export interface Aggregate {
  readonly kind: "aggregate";
  readonly name: AggregateName;
  /** Undefined for `COUNT(*)`. */
  readonly operand: Expression | undefined;
  /** Its place among the aggregates of the statement. */
  readonly index: number;
}

export interface Path {
  readonly kind: "path";
  readonly steps: readonly PathStep[];
  readonly place: Place;
}

export interface FunctionCall {
  readonly kind: "call";
  readonly name: FunctionName;
  readonly operands: readonly Expression[];
  /** The date part of DATE_ADD, DATE_DIFF and EXTRACT. */
  readonly part?: DatePart;
  /** Where TRIM trims. */
  readonly side?: "leading" | "trailing" | "both";
}

export type Expression =
  | { readonly kind: "literal"; readonly value: Value }
  | Path
  | Aggregate
  | FunctionCall
  | { readonly kind: "negate"; readonly operand: Expression }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "concat"; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "arithmetic";
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "between";
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | { readonly kind: "in"; readonly operand: Expression; readonly items: readonly Expression[] }
  | {
      readonly kind: "like";
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape: Expression | undefined;
    }
  | { readonly kind: "is"; readonly operand: Expression; readonly what: "null" | "missing" }
  | {
      readonly kind: "case";
      readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
      readonly otherwise: Expression | undefined;
    }
  | { readonly kind: "cast"; readonly operand: Expression; readonly type: CastType };

export interface Projection {
  readonly expression: Expression;
  /** The name of the column in the answer. */
  readonly name: string;
}

export interface SelectStatement {
  /** Undefined for `*`. */
  readonly projections: readonly Projection[] | undefined;
  /** The path behind `S3Object[*]`; JSON only. */
  readonly from: readonly PathStep[];
  /** What expressions call a record. */
  readonly alias: string | undefined;
  readonly where: Expression | undefined;
  readonly limit: number | undefined;
  readonly aggregates: readonly Aggregate[];
}
