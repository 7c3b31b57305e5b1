import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { Batch, Column, Lane, RowKind } from "../batch.ts";
import { ColumnBuilder } from "./column-builder.ts";

/** Rows one after another, of any kinds. `take` hands out what there is. */
export class BatchBuilder {
  readonly columns: readonly ColumnBuilder[];
  #kinds: Uint8Array = new Uint8Array(64);
  #hasKinds = false;
  #rowCount = 0;

  constructor(lanes: readonly Lane[]) {
    this.columns = lanes.map((lane) => new ColumnBuilder(lane));
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** A row of another batch whose columns are this one's first ones, or those behind `offset`. */
  appendRow(columns: readonly Column[], row: number, kind: RowKind): void {
    this.appendColumns(columns, row, 0);
    this.endRow(kind);
  }

  /** Fills columns from `offset` on with a row of others; `endRow` follows when the row is whole. */
  appendColumns(columns: readonly Column[], row: number, offset: number): void {
    for (let index = 0; index < columns.length; index += 1) {
      this.#column(offset + index).appendFrom(columns[index] as Column, row);
    }
  }

  /** NULLs from column `offset` on. */
  appendNulls(offset: number, count: number): void {
    for (let index = 0; index < count; index += 1) this.#column(offset + index).appendNull();
  }

  appendValues(values: readonly Value[], kind: RowKind): void {
    for (let index = 0; index < values.length; index += 1) {
      this.#column(index).appendValue(values[index] as Value);
    }
    this.endRow(kind);
  }

  /** All columns of the row were appended to. */
  endRow(kind: RowKind): void {
    const at = this.#rowCount;
    if (at === this.#kinds.length) {
      const kinds = new Uint8Array(at * 2);
      kinds.set(this.#kinds);
      this.#kinds = kinds;
    }
    this.#kinds[at] = kind;
    if (kind !== 0) this.#hasKinds = true;
    this.#rowCount = at + 1;
  }

  /** The rows so far, and the builder is empty again; undefined when there are none. */
  take(): Batch | undefined {
    const rowCount = this.#rowCount;
    if (rowCount === 0) return undefined;
    const kinds = this.#hasKinds ? this.#kinds.slice(0, rowCount) : undefined;
    this.#rowCount = 0;
    this.#hasKinds = false;
    return { rowCount, columns: this.columns.map((column) => column.finish()), kinds };
  }

  #column(index: number): ColumnBuilder {
    const column = this.columns[index];
    if (column === undefined) throw new RangeError(`no column ${index}`);
    return column;
  }
}
