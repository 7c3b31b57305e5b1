import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import type { SlotState } from "../state/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { CountedValues } from "./counted-values.ts";
import { RowScratch } from "./row-scratch.ts";

/**
 * What is behind DISTINCT: of each group the different values of some arguments, each with how often it is there
 * under each filter. Calls over the same arguments share them; an aggregate sees a value when it comes first, and
 * when the last one of it goes.
 */
export class DistinctValues implements SlotState {
  readonly #counted: CountedValues;
  /** By filter. */
  readonly #aggregates: readonly (readonly Aggregate[])[];
  readonly #scratch: RowScratch = new RowScratch();

  /** @param aggregates under each filter */
  constructor(
    types: readonly FlinkType[],
    aggregates: readonly (readonly Aggregate[])[],
    context: AggregateContext,
  ) {
    this.#counted = new CountedValues(types, context.mode, aggregates.length);
    this.#aggregates = aggregates;
  }

  grow(capacity: number): void {
    this.#counted.grow(capacity);
  }

  clear(slot: number): void {
    this.#counted.clear(slot);
  }

  /** @param rowCount of the argument columns */
  add(
    filter: number,
    args: readonly Column[],
    rows: Int32Array,
    slots: Int32Array,
    count: number,
    rowCount: number,
  ): void {
    const hashes = this.#counted.hash(args, rowCount);
    const scratch = this.#scratch.begin(count);
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      const slot = slots[at] as number;
      const entry = this.#counted.upsert(slot, args, row, hashes[row] as number);
      const counts = this.#counted.counts[filter]?.values as Float64Array;
      const before = counts[entry] as number;
      counts[entry] = before + 1;
      if (before === 0) scratch.push(row, slot);
    }
    for (const aggregate of this.#aggregates[filter] ?? []) {
      aggregate.add(args, scratch.rows, scratch.slots, scratch.count);
    }
  }

  retract(
    filter: number,
    args: readonly Column[],
    rows: Int32Array,
    slots: Int32Array,
    count: number,
    rowCount: number,
  ): void {
    const hashes = this.#counted.hash(args, rowCount);
    const scratch = this.#scratch.begin(count);
    const counts = this.#counted.counts[filter]?.values as Float64Array;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      const slot = slots[at] as number;
      const entry = this.#counted.find(slot, args, row, hashes[row] as number);
      if (entry < 0 || counts[entry] === 0) continue;
      counts[entry] = (counts[entry] as number) - 1;
      if (counts[entry] !== 0) continue;
      scratch.push(row, slot);
      if (this.#counted.counts.every((column) => column.values[entry] === 0)) this.#counted.remove(entry);
    }
    for (const aggregate of this.#aggregates[filter] ?? []) {
      aggregate.retract(args, scratch.rows, scratch.slots, scratch.count);
    }
  }

  /** Values that the target has already are passed over by its aggregates too, so those are not merged themselves. */
  merge(source: DistinctValues, from: Int32Array, to: Int32Array, count: number): void {
    const other = source.#counted;
    const columns = other.columns();
    const scratch = this.#scratch.begin(other.size);
    this.#aggregates.forEach((aggregates, filter) => {
      scratch.begin(other.size);
      for (let at = 0; at < count; at += 1) {
        const slot = to[at] as number;
        for (let entry = other.first(from[at] as number); entry >= 0; entry = other.next(entry)) {
          const rows = other.counts[filter]?.values[entry] as number;
          if (rows === 0) continue;
          const own = this.#counted.upsert(slot, columns, entry, other.hashOne(columns, entry));
          const counts = this.#counted.counts[filter]?.values as Float64Array;
          if (counts[own] === 0) scratch.push(entry, slot);
          counts[own] = (counts[own] as number) + rows;
        }
      }
      for (const aggregate of aggregates) aggregate.add(columns, scratch.rows, scratch.slots, scratch.count);
    });
  }

  save(saved: SavedState, name: string): void {
    this.#counted.save(saved, name);
  }

  restore(saved: readonly RestoredState[], name: string): void {
    this.#counted.restore(saved, name);
  }

  get bytes(): number {
    return this.#counted.bytes;
  }
}
