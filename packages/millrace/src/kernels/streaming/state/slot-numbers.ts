import type { SnapshotColumn } from "../operator.ts";
import type { SlotState } from "./slot-allocator.ts";

/** Doubles by slot, with an initial value: counts, times, sums. */
export class SlotDoubles implements SlotState {
  values: Float64Array = new Float64Array(0);
  readonly #initial: number;

  constructor(initial: number = 0) {
    this.#initial = initial;
  }

  grow(capacity: number): void {
    const values = new Float64Array(capacity);
    values.set(this.values);
    if (this.#initial !== 0) values.fill(this.#initial, this.values.length);
    this.values = values;
  }

  clear(slot: number): void {
    this.values[slot] = this.#initial;
  }

  get bytes(): number {
    return this.values.byteLength;
  }

  snapshot(name: string, count: number): SnapshotColumn {
    return { name, values: this.values.slice(0, count), nulls: undefined };
  }

  restore(saved: SnapshotColumn, mapping: Int32Array): void {
    const values = saved.values as Float64Array;
    for (let row = 0; row < mapping.length; row += 1) {
      const slot = mapping[row] as number;
      if (slot >= 0) this.values[slot] = values[row] as number;
    }
  }
}

/** Whole numbers by slot, with an initial value: links between slots, heads of lists, marks. */
export class SlotIntegers implements SlotState {
  values: Int32Array = new Int32Array(0);
  readonly #initial: number;

  constructor(initial: number = 0) {
    this.#initial = initial;
  }

  grow(capacity: number): void {
    const values = new Int32Array(capacity);
    values.set(this.values);
    if (this.#initial !== 0) values.fill(this.#initial, this.values.length);
    this.values = values;
  }

  clear(slot: number): void {
    this.values[slot] = this.#initial;
  }

  get bytes(): number {
    return this.values.byteLength;
  }

  snapshot(name: string, count: number): SnapshotColumn {
    return { name, values: this.values.slice(0, count), nulls: undefined };
  }

  restore(saved: SnapshotColumn, mapping: Int32Array): void {
    const values = saved.values as Int32Array;
    for (let row = 0; row < mapping.length; row += 1) {
      const slot = mapping[row] as number;
      if (slot >= 0) this.values[slot] = values[row] as number;
    }
  }

  /** As `restore`, where what is saved are slots themselves: `targets` says which they are now. */
  restoreLinks(saved: SnapshotColumn, mapping: Int32Array, targets: Int32Array): void {
    const values = saved.values as Int32Array;
    for (let row = 0; row < mapping.length; row += 1) {
      const slot = mapping[row] as number;
      if (slot < 0) continue;
      const target = values[row] as number;
      this.values[slot] = target < 0 ? target : (targets[target] as number);
    }
  }
}
