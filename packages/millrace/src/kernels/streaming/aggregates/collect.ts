import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { readValue } from "../columns/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { CountedValues } from "./counted-values.ts";
import { objectColumn } from "./results.ts";

/** COLLECT: a MULTISET of what is not NULL. */
export class Collect implements Aggregate {
  readonly #counted: CountedValues;

  constructor(element: FlinkType, context: AggregateContext) {
    this.#counted = new CountedValues([element], context.mode, 1);
  }

  grow(capacity: number): void {
    this.#counted.grow(capacity);
  }

  clear(slot: number): void {
    this.#counted.clear(slot);
  }

  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    for (let at = 0; at < count; at += 1) this.#change(args, rows[at] as number, slots[at] as number, 1);
  }

  retract(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    for (let at = 0; at < count; at += 1) this.#change(args, rows[at] as number, slots[at] as number, -1);
  }

  #change(args: readonly Column[], row: number, slot: number, by: number): void {
    if (args[0]?.nulls?.[row] === 1) return;
    const entry = this.#counted.upsert(slot, args, row, this.#counted.hashOne(args, row));
    const counts = this.#counted.counts[0]?.values as Float64Array;
    counts[entry] = (counts[entry] as number) + by;
    if (counts[entry] === 0) this.#counted.remove(entry);
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    const other = (source as Collect).#counted;
    const columns = other.columns();
    for (let at = 0; at < count; at += 1) {
      for (let entry = other.first(from[at] as number); entry >= 0; entry = other.next(entry)) {
        this.#change(columns, entry, to[at] as number, other.counts[0]?.values[entry] as number);
      }
    }
  }

  results(slots: Int32Array, count: number): Column {
    const column = this.#counted.columns()[0] as Column;
    return objectColumn(count, (at) => this.#multiset(slots[at] as number, column));
  }

  #multiset(slot: number, column: Column): ReadonlyMap<Value, Value> {
    const entries: [Value, number][] = [];
    for (let entry = this.#counted.first(slot); entry >= 0; entry = this.#counted.next(entry)) {
      const count = this.#counted.counts[0]?.values[entry] as number;
      if (count > 0) entries.push([readValue(column, entry), count]);
    }
    return new Map(entries.reverse());
  }

  save(saved: SavedState, _slotCount: number, name: string): void {
    this.#counted.save(saved, name);
  }

  restore(saved: readonly RestoredState[], name: string): void {
    this.#counted.restore(saved, name);
  }

  get bytes(): number {
    return this.#counted.bytes;
  }
}
