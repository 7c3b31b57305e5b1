import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { compareValues } from "../columns/index.ts";
import { columnOf, SlotFlags, StateColumn } from "../state/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { withNulls } from "./results.ts";

/** MIN and MAX where rows only come. NaN is above all numbers. */
export class Extreme implements Aggregate {
  readonly #values: StateColumn;
  /** 1: there is a value. */
  readonly #has: SlotFlags = new SlotFlags();
  readonly #isMax: boolean;

  constructor(isMax: boolean, type: FlinkType, context: AggregateContext) {
    this.#isMax = isMax;
    this.#values = new StateColumn(type, context.mode);
  }

  grow(capacity: number): void {
    this.#values.grow(capacity);
    this.#has.grow(capacity);
  }

  clear(slot: number): void {
    this.#values.clear(slot);
    this.#has.clear(slot);
  }

  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    const column = args[0] as Column;
    const { values } = column;
    if (values instanceof Float64Array || values instanceof Int32Array) {
      const own = this.#values.values as Float64Array;
      if (this.#isMax) this.#raise(own, values, column.nulls, rows, slots, count);
      else this.#lower(own, values, column.nulls, rows, slots, count);
      return;
    }
    for (let at = 0; at < count; at += 1) this.#offer(slots[at] as number, column, rows[at] as number);
  }

  #raise(
    own: Float64Array,
    values: Float64Array | Int32Array,
    nulls: Uint8Array | undefined,
    rows: Int32Array,
    slots: Int32Array,
    count: number,
  ): void {
    const has = this.#has.values;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (nulls !== undefined && nulls[row] === 1) continue;
      const slot = slots[at] as number;
      const value = values[row] as number;
      if (has[slot] === 1 && !(value > (own[slot] as number)) && !Number.isNaN(value)) continue;
      own[slot] = value;
      has[slot] = 1;
    }
  }

  #lower(
    own: Float64Array,
    values: Float64Array | Int32Array,
    nulls: Uint8Array | undefined,
    rows: Int32Array,
    slots: Int32Array,
    count: number,
  ): void {
    const has = this.#has.values;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (nulls !== undefined && nulls[row] === 1) continue;
      const slot = slots[at] as number;
      const value = values[row] as number;
      const best = own[slot] as number;
      if (has[slot] === 1 && !(value < best) && !(Number.isNaN(best) && !Number.isNaN(value))) continue;
      own[slot] = value;
      has[slot] = 1;
    }
  }

  #offer(slot: number, column: Column, row: number): void {
    if (column.nulls !== undefined && column.nulls[row] === 1) return;
    if (this.#has.values[slot] === 1) {
      const order = compareValues(column.values[row], this.#values.values[slot]);
      if (this.#isMax ? order <= 0 : order >= 0) return;
    }
    this.#values.set(slot, column, row);
    this.#has.values[slot] = 1;
  }

  retract(): void {
    throw new Error("rows are only taken back from aggregates that were made for it");
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    const other = source as Extreme;
    const column = other.#values.column();
    for (let at = 0; at < count; at += 1) {
      const slot = from[at] as number;
      if (other.#has.values[slot] === 1) this.#offer(to[at] as number, column, slot);
    }
  }

  results(slots: Int32Array, count: number): Column {
    return withNulls(this.#values.gather(slots, count), this.#has.values, slots, count);
  }

  save(saved: SavedState, slotCount: number, name: string): void {
    saved.columns.push(this.#values.snapshot(`${name}.value`, slotCount));
    saved.columns.push(this.#has.snapshot(`${name}.has`, slotCount));
  }

  restore(saved: readonly RestoredState[], name: string): void {
    for (const { part, mapping } of saved) {
      this.#values.restore(columnOf(part, `${name}.value`), mapping);
      this.#has.restore(columnOf(part, `${name}.has`), mapping);
    }
  }

  get bytes(): number {
    return this.#values.bytes + this.#has.bytes;
  }
}
