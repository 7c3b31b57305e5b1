import type { Window } from "../ast/tree.ts";
import type { BoundExpression, ColumnExpression } from "../bound-expression.ts";
import type { AggregateCall, Relation, SortKey } from "../relation.ts";
import type { FlinkType } from "../types.ts";
import type { Scope } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";

/** Columns from here on are not of the input but stand for a mark, until what it means has become a column. */
const markBase = 2 ** 30;
/** Columns from here on, below the marks, are of the query around. */
const outerBase = 2 ** 29;

/** What an expression holds that its row alone does not give. */
export type Mark =
  | AggregateMark
  | OverMark
  | { readonly kind: "scalar query"; readonly relation: Relation; readonly position: number }
  | {
      readonly kind: "window property";
      readonly property: WindowProperty;
      readonly key: string;
      readonly position: number;
    };

export type WindowProperty = "window_start" | "window_end" | "window_time";

export interface AggregateMark {
  readonly kind: "aggregate";
  readonly function: string;
  readonly arguments: readonly BoundExpression[];
  readonly constants: AggregateCall["constants"];
  readonly isDistinct: boolean;
  readonly filter: BoundExpression | undefined;
  readonly type: FlinkType;
  readonly position: number;
}

export interface OverMark {
  readonly kind: "over";
  /** Its FILTER and DISTINCT included. */
  readonly call: Omit<AggregateMark, "kind">;
  readonly partition: readonly BoundExpression[];
  readonly order: readonly OverOrder[];
  readonly frame: string | undefined;
}

export interface OverOrder extends Omit<SortKey, "column"> {
  readonly expression: BoundExpression;
}

/** The marks of a SELECT, which expressions refer to as columns. */
export class Marks {
  readonly list: Mark[] = [];
  /** Aggregates are of all rows together, so that all but counts are NULL when there are none. */
  readonly isGlobal: boolean;

  constructor(isGlobal: boolean) {
    this.isGlobal = isGlobal;
  }

  add(mark: Mark, type: FlinkType): ColumnExpression {
    this.list.push(mark);
    return { kind: "column", type, index: markBase + this.list.length - 1 };
  }
}

/** The number of the mark that a column stands for; undefined for a column of the input. */
export function markOf(column: ColumnExpression): number | undefined {
  return column.index >= markBase ? column.index - markBase : undefined;
}

export function outerColumn(column: ColumnExpression): ColumnExpression {
  return { ...column, index: column.index + outerBase };
}

/** The place of a column in the query around; undefined for all others. */
export function outerIndex(column: ColumnExpression): number | undefined {
  return column.index >= outerBase && column.index < markBase ? column.index - outerBase : undefined;
}

/** What an expression may use, and what its names mean. */
export interface ExpressionContext {
  readonly query: QueryContext;
  readonly scope: Scope;
  /** `WHERE`, for errors. */
  readonly clause: string;
  /** Takes what is more than a value of the row; undefined: nothing of that may be there. */
  readonly marks: Marks | undefined;
  /** What marks may be there. */
  readonly allows: { readonly aggregates: boolean; readonly over: boolean; readonly queries: boolean };
  /** The query around, of whose columns the expression may use. */
  readonly outer: Scope | undefined;
  /** WINDOW w AS (...) */
  readonly windows: ReadonlyMap<string, Window>;
}

const nothing = { aggregates: false, over: false, queries: false } as const;

const noWindows: ReadonlyMap<string, Window> = new Map();

/** An expression of a row's columns alone. */
export function rowContext(query: QueryContext, scope: Scope, clause: string): ExpressionContext {
  return { query, scope, clause, marks: undefined, allows: nothing, outer: undefined, windows: noWindows };
}

/** The same without marks: arguments of aggregates and the like. */
export function plain(context: ExpressionContext, clause: string): ExpressionContext {
  return { ...context, clause, marks: undefined, allows: nothing };
}
