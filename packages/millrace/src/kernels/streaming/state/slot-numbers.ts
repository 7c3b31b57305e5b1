import type { SnapshotColumn } from "../operator.ts";
import type { SlotState } from "./slot-allocator.ts";

type NumberArray = Float64Array | Int32Array | Uint8Array;

/** Numbers by slot, with an initial value. */
abstract class SlotNumbers<A extends NumberArray> implements SlotState {
  values: A;
  readonly #initial: number;

  constructor(initial: number) {
    this.values = this.allocate(0);
    this.#initial = initial;
  }

  protected abstract allocate(capacity: number): A;

  grow(capacity: number): void {
    const values = this.allocate(capacity);
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
    const values = saved.values as A;
    for (let row = 0; row < mapping.length; row += 1) {
      const slot = mapping[row] as number;
      if (slot >= 0) this.values[slot] = values[row] as number;
    }
  }
}

/** Counts, times, sums. */
export class SlotDoubles extends SlotNumbers<Float64Array> {
  constructor(initial: number = 0) {
    super(initial);
  }

  protected override allocate(capacity: number): Float64Array {
    return new Float64Array(capacity);
  }
}

/** Links between slots, heads of lists. */
export class SlotIntegers extends SlotNumbers<Int32Array> {
  constructor(initial: number = 0) {
    super(initial);
  }

  protected override allocate(capacity: number): Int32Array {
    return new Int32Array(capacity);
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

/** 0 or 1. */
export class SlotFlags extends SlotNumbers<Uint8Array> {
  constructor() {
    super(0);
  }

  protected override allocate(capacity: number): Uint8Array {
    return new Uint8Array(capacity);
  }
}
