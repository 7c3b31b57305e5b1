import type { BoundExpression } from "./bound-expression.ts";
import type { Field, FlinkType } from "./types.ts";

/**
 * What a query means, with names and types found: the binder makes it, the planner of the streaming kernel
 * reads it. Plain immutable data. `fields` are the columns that come out.
 *
 * The binder says the same thing in one way only: group windows (`TUMBLE(ts, ...)` in GROUP BY) become window
 * tables under an aggregate, IN and EXISTS become semi and anti joins, DISTINCT an aggregate without functions,
 * HAVING and QUALIFY filters, views and CTEs are put in place, USING and NATURAL are conditions and projections.
 */
export type Relation =
  | ScanRelation
  | ValuesRelation
  | ProjectRelation
  | FilterRelation
  | WindowTableRelation
  | AggregateRelation
  | JoinRelation
  | OverRelation
  | UnionRelation
  | UnnestRelation
  | SortRelation
  | RankRelation;

/** A table that a connector reads: physical, metadata and computed columns are all there. */
export interface ScanRelation {
  readonly kind: "scan";
  readonly table: TableDefinition;
  readonly fields: readonly Field[];
}

export interface ValuesRelation {
  readonly kind: "values";
  readonly fields: readonly Field[];
  readonly rows: readonly (readonly BoundExpression[])[];
}

export interface ProjectRelation {
  readonly kind: "project";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly expressions: readonly BoundExpression[];
}

export interface FilterRelation {
  readonly kind: "filter";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly condition: BoundExpression;
}

/** Times in milliseconds. */
export type WindowShape =
  | { readonly kind: "tumble"; readonly sizeMs: number; readonly offsetMs: number }
  | { readonly kind: "hop"; readonly sizeMs: number; readonly slideMs: number; readonly offsetMs: number }
  | { readonly kind: "cumulate"; readonly maxMs: number; readonly stepMs: number; readonly offsetMs: number }
  | { readonly kind: "session"; readonly gapMs: number; readonly partition: readonly number[] };

/** The input's columns, then window_start, window_end (TIMESTAMP(3) or _LTZ(3)), window_time (time attribute). */
export interface WindowTableRelation {
  readonly kind: "windowTable";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly shape: WindowShape;
  /** The time attribute's column. */
  readonly timeColumn: number;
}

export interface AggregateCall {
  /** The name of an entry of the table of aggregate functions: `count`, `sum`, ... */
  readonly function: string;
  /** Columns of the input; none is COUNT(*). */
  readonly arguments: readonly number[];
  readonly isDistinct: boolean;
  /** A BOOLEAN column of the input: FILTER (WHERE ...). */
  readonly filter: number | undefined;
  readonly type: Field["type"];
  /** What is constant of the call, such as the separator of LISTAGG. */
  readonly constants: readonly BoundExpression[];
}

/** The group columns, then one column a call. Without groups there is one row, also of an empty input. */
export interface AggregateRelation {
  readonly kind: "aggregate";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly groups: readonly number[];
  readonly calls: readonly AggregateCall[];
}

export type JoinType = "inner" | "left" | "right" | "full" | "semi" | "anti";

/** The left columns, then the right ones; of semi and anti joins the left ones only. */
export interface JoinRelation {
  readonly kind: "join";
  readonly fields: readonly Field[];
  readonly left: Relation;
  readonly right: Relation;
  readonly type: JoinType;
  readonly condition: BoundExpression | undefined;
  /** NOT IN: NULL on either side makes the answer unknown. */
  readonly isNullAware?: boolean | undefined;
}

export interface SortKey {
  readonly column: number;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** The input's columns, then one column a call of a window function. */
export interface OverRelation {
  readonly kind: "over";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly partition: readonly number[];
  readonly order: readonly SortKey[];
  /** `row_number`, `rank`, `dense_rank`, or an aggregate with its frame. */
  readonly calls: readonly OverCall[];
}

export interface OverCall extends AggregateCall {
  /** As written; undefined where there is none. */
  readonly frame: string | undefined;
}

export interface UnionRelation {
  readonly kind: "union";
  readonly fields: readonly Field[];
  readonly inputs: readonly Relation[];
}

/** The input's columns, then those of the elements; a MULTISET gives an element as often as it is there. */
export interface UnnestRelation {
  readonly kind: "unnest";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly collection: BoundExpression;
  /** LEFT JOIN: a row without elements stays, with NULLs. */
  readonly isOuter: boolean;
  readonly withOrdinality: boolean;
}

export interface SortRelation {
  readonly kind: "sort";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly order: readonly SortKey[];
  readonly offset: number;
  /** Undefined: all. */
  readonly fetch: number | undefined;
}

/** The rows of ranks `from` to `to`, then the rank: made by the planner of OVER with ROW_NUMBER below a filter. */
export interface RankRelation {
  readonly kind: "rank";
  readonly fields: readonly Field[];
  readonly input: Relation;
  readonly partition: readonly number[];
  readonly order: readonly SortKey[];
  /** From 1. */
  readonly from: number;
  readonly to: number;
  /** The rank is the last column; a global limit has none. */
  readonly emitsRank: boolean;
}

/** A table as CREATE TABLE or a catalog says it. */
export interface TableDefinition {
  /** `catalog`.`database`.`table` */
  readonly path: readonly [catalog: string, database: string, table: string];
  readonly columns: readonly TableColumn[];
  readonly watermark: WatermarkDefinition | undefined;
  /** Column indexes of PRIMARY KEY ... NOT ENFORCED. */
  readonly primaryKey: readonly number[];
  readonly partitionKeys: readonly number[];
  /** The WITH clause, hints included; keys in lower case as written. */
  readonly options: Readonly<Record<string, string>>;
}

export type TableColumn =
  | { readonly kind: "physical"; readonly field: Field }
  | {
      readonly kind: "metadata";
      readonly field: Field;
      /** The connector's key. */
      readonly key: string;
      /** The type that the connector gives; the column's values are cast from it. Undefined: the column's own. */
      readonly sourceType?: FlinkType | undefined;
      readonly isVirtual: boolean;
    }
  /** Over the table's columns: those before it, and physical and metadata ones behind it. */
  | { readonly kind: "computed"; readonly field: Field; readonly expression: BoundExpression };

export interface WatermarkDefinition {
  /** Of the time column, which is a top-level column of the table. */
  readonly column: number;
  /** Gives the watermark of a row, a TIMESTAMP(3) or TIMESTAMP_LTZ(3), over the table's columns. */
  readonly expression: BoundExpression;
}

/** INSERT INTO: the relation's columns are the table's, in its order, virtual columns left out. */
export interface InsertStatement {
  readonly table: TableDefinition;
  readonly input: Relation;
  readonly isOverwrite: boolean;
  /** PARTITION (p = 'x'): already in the input. */
  readonly text: string;
  /** Where it begins in the program; undefined: it is in none. */
  readonly position?: number | undefined;
}
