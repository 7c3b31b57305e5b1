import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { Column } from "../batch.ts";
import type { OperatorSnapshot, SnapshotColumn, SnapshotPart } from "../operator.ts";
import type { SlotState } from "../state/index.ts";

/**
 * One aggregate function over many groups: a group's state lies under its slot. Cleared, a slot holds the
 * aggregate of no rows.
 */
export interface Aggregate extends SlotState {
  /**
   * Adds rows: `rows[i]` of the argument columns to the group of `slots[i]`, for i below `count`, in this order.
   * @throws NeedsExactIntegers
   */
  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void;
  /** Takes rows back that were added. */
  retract(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void;
  /** Adds what groups `from[i]` of an aggregate of the same call hold to groups `to[i]`. */
  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void;
  results(slots: Int32Array, count: number): Column;
  save(saved: SavedState, slotCount: number, name: string): void;
  restore(saved: readonly RestoredState[], name: string): void;
  readonly bytes: number;
}

/** Where state is saved to: columns with a row for each slot, and parts of their own. */
export interface SavedState {
  readonly columns: SnapshotColumn[];
  readonly parts: SnapshotPart[];
  /** In front of the names of `parts`. */
  readonly prefix: string;
}

/** What a subtask had saved. */
export interface RestoredState {
  readonly snapshot: OperatorSnapshot;
  /** With the columns by slot. */
  readonly part: SnapshotPart;
  readonly prefix: string;
  /** For each of its rows the slot here, or -1. */
  readonly mapping: Int32Array;
}

export interface AggregateContext {
  readonly mode: IntegerMode;
  /** Rows are taken back. */
  readonly retracts: boolean;
}
