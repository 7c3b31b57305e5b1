import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { AggregateCall } from "../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { AggregateSet, type SavedState } from "../aggregates/index.ts";
import type { Batch, Column } from "../batch.ts";
import type { OperatorSnapshot } from "../operator.ts";
import { KeyTable, partOf } from "../state/index.ts";

/** What a pane is made with. */
export interface PaneShape {
  readonly keyTypes: readonly FlinkType[];
  /** Where the keys lie in the input. */
  readonly keys: readonly number[];
  readonly calls: readonly AggregateCall[];
  /** Of the input. */
  readonly types: readonly FlinkType[];
  readonly mode: IntegerMode;
}

/** Where one subtask has saved a pane: part `name`, and others whose names begin with it. */
export interface SavedPane {
  readonly snapshot: OperatorSnapshot;
  readonly name: string;
}

/** The groups of a slice of time, or of a window. A pane is thrown away as a whole. */
export class WindowPane {
  readonly #shape: PaneShape;
  readonly #table: KeyTable;
  readonly #aggregates: AggregateSet;
  readonly #places: readonly number[];

  constructor(shape: PaneShape) {
    this.#shape = shape;
    this.#table = new KeyTable(shape.keyTypes, shape.mode);
    this.#aggregates = new AggregateSet(shape.calls, shape.types, { mode: shape.mode, retracts: false });
    this.#table.attach(this.#aggregates);
    this.#places = shape.keys.map((_, at) => at);
  }

  /** Groups: their slots are the numbers below. */
  get size(): number {
    return this.#table.size;
  }

  /** @param hashes by row @param slots where to put the slots of the rows */
  add(batch: Batch, hashes: Int32Array, rows: Int32Array, count: number, slots: Int32Array): void {
    this.#table.upsertRows(batch.columns, this.#shape.keys, hashes, count, slots, rows);
    this.#aggregates.add(batch, rows, slots, count);
  }

  /** Adds what another pane of the same shape holds. */
  merge(other: WindowPane): void {
    const count = other.size;
    const from = Int32Array.from({ length: count }, (_, at) => at);
    const to = new Int32Array(count);
    const keys = other.#table.keys.map((key) => key.column());
    this.#table.upsertRows(keys, this.#places, other.#table.hashes, count, to);
    this.#aggregates.merge(other.#aggregates, from, to, count);
  }

  keys(slots: Int32Array, count: number): Column[] {
    return this.#table.gatherKeys(slots, count);
  }

  results(slots: Int32Array, count: number): Column[] {
    return this.#aggregates.results(slots, count);
  }

  save(name: string, parts: SavedState["parts"]): void {
    const columns = this.#table.snapshot();
    const inner: SavedState["parts"] = [];
    this.#aggregates.save({ columns, parts: inner, prefix: `${name}.` }, this.#table.slotCount);
    parts.push({ name, rowCount: this.#table.slotCount, columns }, ...inner);
  }

  restore(saved: readonly SavedPane[], keyGroups: { readonly from: number; readonly to: number }): void {
    const parts = saved.map(({ snapshot, name }) => partOf(snapshot, name));
    const mappings = this.#table.restore(parts, keyGroups);
    this.#aggregates.restore(
      saved.map(({ snapshot, name }, at) => ({
        snapshot,
        part: parts[at] as OperatorSnapshot["parts"][number],
        prefix: `${name}.`,
        mapping: mappings[at] as Int32Array,
      })),
    );
  }

  get bytes(): number {
    return this.#table.bytes + this.#aggregates.bytes;
  }
}
