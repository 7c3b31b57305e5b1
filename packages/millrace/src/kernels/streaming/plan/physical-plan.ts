import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type {
  AggregateCall,
  JoinType,
  SortKey,
  TableDefinition,
  WindowShape,
} from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";

/**
 * What the runtime executes: operators in an order in which inputs come before their readers. Plain data: it
 * goes to worker threads and into manifests.
 */
export interface PhysicalPlan {
  readonly nodes: readonly PlanNode[];
}

/** `append`: inserts only. `retract`: +I -U +U -D. `upsert`: by `upsertKey`, +I +U -D without -U. */
export type ChangelogMode = "append" | "retract" | "upsert";

export interface PlanEdge {
  /** The `id` of a node before. */
  readonly node: number;
  /** How rows are dealt to the subtasks of the reader: as they are, by the hash of columns, or all to one. */
  readonly exchange: { readonly kind: "forward" } | HashExchange | { readonly kind: "single" };
}

export interface HashExchange {
  readonly kind: "hash";
  readonly columns: readonly number[];
}

export interface PlanNode {
  readonly id: number;
  /** Stable over changes of the program that leave the operator alone: snapshots are matched by it. */
  readonly uid: string;
  /** As EXPLAIN prints it: `GroupAggregate(groupBy=[...], select=[...])`. */
  readonly description: string;
  readonly inputs: readonly PlanEdge[];
  readonly fields: readonly Field[];
  readonly changelog: ChangelogMode;
  /** Columns by which rows of the output are unique; of upsert changelogs what an update means. */
  readonly upsertKey: readonly number[] | undefined;
  readonly operator: PhysicalOperator;
}

/** Columns are indexes into the input's fields; of joins the left ones come first. */
export type PhysicalOperator =
  | SourceOperator
  | ValuesOperator
  | CalcOperator
  | WatermarkOperator
  | UnionOperator
  | WindowAssignOperator
  | WindowAggregateOperator
  | GroupAggregateOperator
  | JoinOperator
  | IntervalJoinOperator
  | WindowJoinOperator
  | DeduplicateOperator
  | RankOperator
  | WindowRankOperator
  | UnnestOperator
  | NormalizeOperator
  | SinkOperator;

/** Reads and decodes what `columns` lists, in this order. */
export interface SourceOperator {
  readonly kind: "source";
  readonly table: TableDefinition;
  readonly columns: readonly SourceColumn[];
}

/** A physical or metadata column of the table, or a field of ROWs below a physical one. */
export interface SourceColumn {
  readonly field: Field;
  /** Index into the table's columns. */
  readonly column: number;
  /** Indexes of fields, from the outside in; a NULL on the way is NULL. */
  readonly path: readonly number[];
}

export interface ValuesOperator {
  readonly kind: "values";
  readonly rows: readonly (readonly BoundExpression[])[];
}

/** Filter, then project; the kind of each row stays. */
export interface CalcOperator {
  readonly kind: "calc";
  readonly condition: BoundExpression | undefined;
  readonly expressions: readonly BoundExpression[];
}

/** Makes watermarks: per split the greatest value of the expression, then the least of the splits. */
export interface WatermarkOperator {
  readonly kind: "watermark";
  readonly timeColumn: number;
  readonly expression: BoundExpression;
  /** `scan.watermark.idle-timeout` or `table.exec.source.idle-timeout`; 0: never idle. */
  readonly idleTimeoutMs: number;
}

export interface UnionOperator {
  readonly kind: "union";
}

/** Windows as columns, where no aggregate, join or rank takes them in at once. */
export interface WindowAssignOperator {
  readonly kind: "windowAssign";
  readonly shape: WindowShape;
  readonly timeColumn: number;
  readonly isEventTime: boolean;
}

/**
 * Aggregates by key and window, emitted once when the window closes. Out come the keys, the calls, then what
 * `properties` lists.
 */
export interface WindowAggregateOperator {
  readonly kind: "windowAggregate";
  readonly window: WindowSource;
  readonly keys: readonly number[];
  readonly calls: readonly AggregateCall[];
  readonly properties: readonly WindowProperty[];
}

/** From rows' time, or from window_start and window_end that a window before has put into columns. */
export type WindowSource =
  | {
      readonly kind: "time";
      readonly shape: WindowShape;
      readonly timeColumn: number;
      readonly isEventTime: boolean;
    }
  | {
      readonly kind: "columns";
      readonly startColumn: number;
      readonly endColumn: number;
      readonly isEventTime: boolean;
      /** The bounds are wall clock times of the session's zone: the time attribute is a TIMESTAMP_LTZ. */
      readonly isLocalTime: boolean;
    };

export type WindowProperty = "window_start" | "window_end" | "window_time";

/** Out come the keys, then the calls. */
export interface GroupAggregateOperator {
  readonly kind: "groupAggregate";
  readonly keys: readonly number[];
  readonly calls: readonly AggregateCall[];
  /** Its input may retract rows. */
  readonly retracts: boolean;
  /** Whether -U comes out before +U. */
  readonly emitsUpdateBefore: boolean;
  /** An answer to each row instead of one a key and round. */
  readonly emitsEachRow: boolean;
}

export interface EquiKeys {
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** IS NOT DISTINCT FROM instead of =, key by key. */
  readonly nullSafe: readonly boolean[];
}

/** Both sides kept; `condition` is what the keys do not say, over left and right columns. */
export interface JoinOperator {
  readonly kind: "join";
  readonly type: JoinType;
  readonly keys: EquiKeys;
  readonly condition: BoundExpression | undefined;
  readonly leftUpsertKey: readonly number[] | undefined;
  readonly rightUpsertKey: readonly number[] | undefined;
}

/** `left.time - right.time` lies in [lowerMs, upperMs]; append only. */
export interface IntervalJoinOperator {
  readonly kind: "intervalJoin";
  readonly type: JoinType;
  readonly keys: EquiKeys;
  readonly condition: BoundExpression | undefined;
  readonly leftTimeColumn: number;
  readonly rightTimeColumn: number;
  readonly lowerMs: number;
  readonly upperMs: number;
  readonly isEventTime: boolean;
}

/** Of rows in the same window; emitted when it closes. */
export interface WindowJoinOperator {
  readonly kind: "windowJoin";
  readonly type: JoinType;
  readonly keys: EquiKeys;
  readonly condition: BoundExpression | undefined;
  readonly left: WindowSource;
  readonly right: WindowSource;
}

/** The first or last row of each key by a time attribute, or by arrival when processing time. */
export interface DeduplicateOperator {
  readonly kind: "deduplicate";
  readonly keys: readonly number[];
  readonly timeColumn: number;
  readonly isEventTime: boolean;
  readonly keep: "first" | "last";
  readonly emitsUpdateBefore: boolean;
}

/** The rows of ranks `from` to `to` of each partition. */
export interface RankOperator {
  readonly kind: "rank";
  readonly partition: readonly number[];
  readonly order: readonly SortKey[];
  readonly from: number;
  readonly to: number;
  /** The rank is the last column. */
  readonly emitsRank: boolean;
  readonly retracts: boolean;
  /** By which rows of the input replace each other, when it is an upsert changelog. */
  readonly inputUpsertKey: readonly number[] | undefined;
  readonly emitsUpdateBefore: boolean;
}

export interface WindowRankOperator {
  readonly kind: "windowRank";
  readonly window: WindowSource;
  readonly partition: readonly number[];
  readonly order: readonly SortKey[];
  readonly from: number;
  readonly to: number;
  readonly emitsRank: boolean;
}

export interface UnnestOperator {
  readonly kind: "unnest";
  readonly collection: BoundExpression;
  readonly isOuter: boolean;
  readonly withOrdinality: boolean;
}

/** Makes a retract changelog of an upsert one: keeps the last row of each key. */
export interface NormalizeOperator {
  readonly kind: "normalize";
  readonly keys: readonly number[];
  readonly emitsUpdateBefore: boolean;
}

export interface SinkOperator {
  readonly kind: "sink";
  readonly table: TableDefinition;
  /** Columns of the table that the input's columns fill, in order. */
  readonly columns: readonly number[];
  /** Upsert sinks: the primary key, as columns of the input. */
  readonly keys: readonly number[];
}
