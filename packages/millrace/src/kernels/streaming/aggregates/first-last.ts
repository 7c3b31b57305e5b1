import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { columnOf, SlotFlags, StateColumn } from "../state/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { withNulls } from "./results.ts";

/** FIRST_VALUE and LAST_VALUE by arrival where rows only come; NULLs are passed over, as in Flink. */
export class FirstOrLast implements Aggregate {
  readonly #values: StateColumn;
  readonly #has: SlotFlags = new SlotFlags();
  readonly #isLast: boolean;

  constructor(isLast: boolean, type: FlinkType, context: AggregateContext) {
    this.#isLast = isLast;
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
    const has = this.#has.values;
    for (let at = 0; at < count; at += 1) {
      const slot = slots[at] as number;
      const row = rows[at] as number;
      if (column.nulls !== undefined && column.nulls[row] === 1) continue;
      if (has[slot] === 1 && !this.#isLast) continue;
      this.#values.set(slot, column, row);
      has[slot] = 1;
    }
  }

  retract(): void {
    throw new Error("rows are only taken back from aggregates that were made for it");
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    const other = source as FirstOrLast;
    const column = other.#values.column();
    for (let at = 0; at < count; at += 1) {
      const slot = to[at] as number;
      const row = from[at] as number;
      if (other.#has.values[row] !== 1) continue;
      if (this.#has.values[slot] === 1 && !this.#isLast) continue;
      this.#values.set(slot, column, row);
      this.#has.values[slot] = 1;
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
