import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import type { SnapshotColumn, SnapshotPart } from "../operator.ts";
import { columnOf, mapSlots } from "./restore-slots.ts";
import { SlotAllocator, type SlotState } from "./slot-allocator.ts";
import { StateColumn } from "./state-column.ts";

/** Rows by number. Numbers are dense; those of freed rows are given out again. */
export class RowStore {
  readonly columns: readonly StateColumn[];
  readonly #slots: SlotAllocator = new SlotAllocator();
  readonly #views: Column[] = [];

  constructor(types: readonly FlinkType[], mode: IntegerMode) {
    this.columns = types.map((type) => new StateColumn(type, mode));
    for (const column of this.columns) this.#slots.attach(column);
  }

  /** Rows. */
  get size(): number {
    return this.#slots.size;
  }

  /** All numbers are below. */
  get slotCount(): number {
    return this.#slots.slotCount;
  }

  /** State by row number. To be called while there are no rows. */
  attach(state: SlotState): void {
    this.#slots.attach(state);
  }

  isLive(row: number): boolean {
    return this.#slots.isLive(row);
  }

  /** Copies a row of columns of the same lanes. */
  append(columns: readonly Column[], row: number): number {
    const number = this.#slots.allocate();
    for (let at = 0; at < this.columns.length; at += 1) {
      (this.columns[at] as StateColumn).set(number, columns[at] as Column, row);
    }
    return number;
  }

  /** `append` for the first `count` rows. */
  appendRows(columns: readonly Column[], count: number, numbers: Int32Array): void {
    let first = -1;
    for (let row = 0; row < count; row += 1) {
      const number = this.#slots.allocate();
      numbers[row] = number;
      if (row === 0) first = number;
      else if (number !== first + row) first = -1;
    }
    for (let at = 0; at < this.columns.length; at += 1) {
      (this.columns[at] as StateColumn).setRows(numbers, first, columns[at] as Column, count);
    }
  }

  /** Overwrites a row. */
  set(number: number, columns: readonly Column[], row: number): void {
    for (let at = 0; at < this.columns.length; at += 1) {
      (this.columns[at] as StateColumn).set(number, columns[at] as Column, row);
    }
  }

  /** NULL equals NULL. */
  equals(number: number, columns: readonly Column[], row: number): boolean {
    for (let at = 0; at < this.columns.length; at += 1) {
      if (!(this.columns[at] as StateColumn).equals(number, columns[at] as Column, row)) return false;
    }
    return true;
  }

  free(number: number): void {
    this.#slots.free(number);
  }

  /** The columns by row number: the same objects until the store grows or the first NULL comes. */
  views(): readonly Column[] {
    for (let at = 0; at < this.columns.length; at += 1) {
      const own = this.columns[at] as StateColumn;
      const view = this.#views[at];
      if (view?.values !== own.values || view.nulls !== own.nulls) this.#views[at] = own.column();
    }
    return this.#views;
  }

  /** The rows of `numbers[0]` to below `numbers[count]`. */
  gather(numbers: Int32Array, count: number): Column[] {
    return this.columns.map((column) => column.gather(numbers, count));
  }

  get bytes(): number {
    return this.columns.reduce((bytes, column) => bytes + column.bytes, this.#slots.bytes);
  }

  /** Columns of a part with `slotCount` rows, to which the owner adds those of its own state. */
  snapshot(): SnapshotColumn[] {
    const count = this.slotCount;
    const free = this.#slots.freeOrder();
    const columns: SnapshotColumn[] = [];
    if (free !== undefined) columns.push({ name: "free", values: free, nulls: undefined });
    this.columns.forEach((column, at) => {
      columns.push(column.snapshot(`column${at}`, count));
    });
    return columns;
  }

  /**
   * Of an empty store: takes rows out of what several stores have saved.
   * @param taken makes the question whether a row of the part is taken; not asked for freed ones
   * @returns for each part the number here of each of its rows, -1 for those that are not taken
   */
  restore(
    parts: readonly SnapshotPart[],
    taken: (part: SnapshotPart, index: number) => (row: number) => boolean,
  ): readonly Int32Array[] {
    const mappings = mapSlots(this.#slots, parts, taken);
    parts.forEach((part, index) => {
      this.columns.forEach((column, at) => {
        column.restore(columnOf(part, `column${at}`), mappings[index] as Int32Array);
      });
    });
    return mappings;
  }
}
