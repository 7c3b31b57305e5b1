import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { compareValues, gatherColumnOrNull } from "../columns/index.ts";
import { SlotIntegers } from "../state/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { CountedValues } from "./counted-values.ts";

const minDeadForSweep = 1024;

/**
 * MIN and MAX where rows are taken back: each value with its count, and of each group a heap (a skew heap) with the
 * extreme at the top. Values that are no longer there stay in the heap until they come to the top, or until more
 * than half of all are such.
 */
export class RetractableExtreme implements Aggregate {
  readonly #isMax: boolean;
  readonly #counted: CountedValues;
  /** By group. */
  readonly #roots: SlotIntegers = new SlotIntegers(-1);
  /** By entry. */
  readonly #left: SlotIntegers = new SlotIntegers(-1);
  readonly #right: SlotIntegers = new SlotIntegers(-1);
  #dead = 0;

  constructor(isMax: boolean, type: FlinkType, context: AggregateContext) {
    this.#isMax = isMax;
    this.#counted = new CountedValues([type], context.mode, 1);
    this.#counted.attach(this.#left);
    this.#counted.attach(this.#right);
  }

  grow(capacity: number): void {
    this.#counted.grow(capacity);
    this.#roots.grow(capacity);
  }

  clear(slot: number): void {
    const counts = this.#counts;
    for (let entry = this.#counted.first(slot); entry >= 0; entry = this.#counted.next(entry)) {
      if (counts[entry] === 0) this.#dead -= 1;
    }
    this.#counted.clear(slot);
    this.#roots.clear(slot);
  }

  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    for (let at = 0; at < count; at += 1) this.#change(args, rows[at] as number, slots[at] as number, 1);
  }

  retract(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    for (let at = 0; at < count; at += 1) this.#change(args, rows[at] as number, slots[at] as number, -1);
    this.#sweep();
  }

  /** Counts may be below 0 for a while, when a row is taken back before it comes. */
  #change(args: readonly Column[], row: number, slot: number, by: number): void {
    if (args[0]?.nulls?.[row] === 1) return;
    const size = this.#counted.size;
    const entry = this.#counted.upsert(slot, args, row, this.#counted.hashOne(args, row));
    const isNew = this.#counted.size > size;
    const counts = this.#counts;
    const before = counts[entry] as number;
    counts[entry] = before + by;
    if (isNew) this.#roots.values[slot] = this.#meld(this.#roots.values[slot] as number, entry);
    else if (before === 0) this.#dead -= 1;
    if (before + by === 0) this.#dead += 1;
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    const other = (source as RetractableExtreme).#counted;
    const columns = other.columns();
    for (let at = 0; at < count; at += 1) {
      for (let entry = other.first(from[at] as number); entry >= 0; entry = other.next(entry)) {
        const rows = other.counts[0]?.values[entry] as number;
        if (rows !== 0) this.#change(columns, entry, to[at] as number, rows);
      }
    }
  }

  results(slots: Int32Array, count: number): Column {
    const tops = new Int32Array(count);
    for (let at = 0; at < count; at += 1) tops[at] = this.#top(slots[at] as number);
    return gatherColumnOrNull(this.#counted.columns()[0] as Column, tops, count);
  }

  /** The entry of the extreme; -1: there is none. Those that are not there any more leave the heap. */
  #top(slot: number): number {
    const roots = this.#roots.values;
    for (;;) {
      const entry = roots[slot] as number;
      if (entry < 0) return -1;
      const rows = this.#counts[entry] as number;
      if (rows > 0) return entry;
      // Owed rows may come yet, so such an entry stays; it is looked past.
      if (rows < 0) return this.#best(slot);
      roots[slot] = this.#meld(this.#left.values[entry] as number, this.#right.values[entry] as number);
      this.#counted.remove(entry);
      this.#dead -= 1;
    }
  }

  #best(slot: number): number {
    let best = -1;
    for (let entry = this.#counted.first(slot); entry >= 0; entry = this.#counted.next(entry)) {
      if ((this.#counts[entry] as number) > 0 && (best < 0 || this.#isBefore(entry, best))) best = entry;
    }
    return best;
  }

  #meld(one: number, other: number): number {
    const left = this.#left.values;
    const right = this.#right.values;
    let [a, b] = [one, other];
    let root = -1;
    let parent = -1;
    while (a >= 0 && b >= 0) {
      if (this.#isBefore(b, a)) [a, b] = [b, a];
      const next = right[a] as number;
      right[a] = left[a] as number;
      if (parent < 0) root = a;
      else left[parent] = a;
      parent = a;
      a = next;
    }
    const rest = a >= 0 ? a : b;
    if (parent < 0) return rest;
    left[parent] = rest;
    return root;
  }

  #isBefore(one: number, other: number): boolean {
    const values = this.#counted.values[0]?.values as readonly unknown[];
    const order = compareValues(values[one], values[other]);
    return this.#isMax ? order > 0 : order < 0;
  }

  #sweep(): void {
    if (this.#dead < minDeadForSweep || this.#dead * 2 < this.#counted.size) return;
    for (let entry = this.#counted.entryCount - 1; entry >= 0; entry -= 1) {
      if (this.#counted.isLive(entry) && this.#counts[entry] === 0) {
        this.#roots.values[this.#counted.ownerOf(entry)] = -1;
        this.#counted.remove(entry);
      }
    }
    this.#rebuild();
  }

  #rebuild(): void {
    this.#dead = 0;
    this.#roots.values.fill(-1);
    this.#left.values.fill(-1);
    this.#right.values.fill(-1);
    for (let entry = 0; entry < this.#counted.entryCount; entry += 1) {
      if (!this.#counted.isLive(entry)) continue;
      const owner = this.#counted.ownerOf(entry);
      this.#roots.values[owner] = this.#meld(this.#roots.values[owner] as number, entry);
      if (this.#counts[entry] === 0) this.#dead += 1;
    }
  }

  get #counts(): Float64Array {
    return this.#counted.counts[0]?.values as Float64Array;
  }

  save(saved: SavedState, _slotCount: number, name: string): void {
    this.#counted.save(saved, name);
  }

  restore(saved: readonly RestoredState[], name: string): void {
    this.#counted.restore(saved, name);
    this.#rebuild();
  }

  get bytes(): number {
    return this.#counted.bytes + this.#roots.bytes + this.#left.bytes + this.#right.bytes;
  }
}
