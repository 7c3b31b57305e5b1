import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { Column } from "../batch.ts";
import { columnOf, SlotDoubles } from "../state/index.ts";
import type { Aggregate, RestoredState, SavedState } from "./aggregate.ts";

/** COUNT: of rows, or of those where no argument is NULL. */
export class Count implements Aggregate {
  readonly #counts: SlotDoubles = new SlotDoubles();
  readonly #mode: IntegerMode;

  constructor(mode: IntegerMode) {
    this.#mode = mode;
  }

  grow(capacity: number): void {
    this.#counts.grow(capacity);
  }

  clear(slot: number): void {
    this.#counts.clear(slot);
  }

  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    this.#step(args, rows, slots, count, 1);
  }

  retract(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    this.#step(args, rows, slots, count, -1);
  }

  #step(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number, by: number): void {
    const counts = this.#counts.values;
    const nullable = args.filter((column) => column.nulls !== undefined);
    if (nullable.length === 0) {
      for (let at = 0; at < count; at += 1) {
        const slot = slots[at] as number;
        counts[slot] = (counts[slot] as number) + by;
      }
      return;
    }
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (nullable.some((column) => column.nulls?.[row] === 1)) continue;
      const slot = slots[at] as number;
      counts[slot] = (counts[slot] as number) + by;
    }
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    const counts = this.#counts.values;
    const others = (source as Count).#counts.values;
    for (let at = 0; at < count; at += 1) {
      const slot = to[at] as number;
      counts[slot] = (counts[slot] as number) + (others[from[at] as number] as number);
    }
  }

  results(slots: Int32Array, count: number): Column {
    const counts = this.#counts.values;
    const out = new Float64Array(count);
    for (let at = 0; at < count; at += 1) out[at] = counts[slots[at] as number] as number;
    return { values: this.#mode === "exact" ? BigInt64Array.from(out, BigInt) : out, nulls: undefined };
  }

  save(saved: SavedState, slotCount: number, name: string): void {
    saved.columns.push(this.#counts.snapshot(name, slotCount));
  }

  restore(saved: readonly RestoredState[], name: string): void {
    for (const { part, mapping } of saved) this.#counts.restore(columnOf(part, name), mapping);
  }

  get bytes(): number {
    return this.#counts.bytes;
  }
}
