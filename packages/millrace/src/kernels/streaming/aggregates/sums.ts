import { type IntegerMode, NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { columnOf, SlotDoubles, type SlotState, StateColumn } from "../state/index.ts";
import type { RestoredState, SavedState } from "./aggregate.ts";

/** Sums of what is not NULL, with how many that is, by slot: below SUM and AVG. */
export abstract class Sums implements SlotState {
  readonly counts: SlotDoubles = new SlotDoubles();
  protected readonly sums: StateColumn;

  constructor(type: FlinkType, mode: IntegerMode) {
    this.sums = new StateColumn(type, mode);
  }

  grow(capacity: number): void {
    this.counts.grow(capacity);
    this.sums.grow(capacity);
  }

  clear(slot: number): void {
    this.counts.clear(slot);
    this.sums.clear(slot);
  }

  /** Adds rows `by` 1 or -1 times. */
  abstract step(column: Column, rows: Int32Array, slots: Int32Array, count: number, by: 1 | -1): void;

  abstract merge(source: Sums, from: Int32Array, to: Int32Array, count: number): void;

  protected count(slots: Int32Array, rows: Int32Array, count: number, column: Column, by: 1 | -1): void {
    const counts = this.counts.values;
    const nulls = column.nulls;
    for (let at = 0; at < count; at += 1) {
      if (nulls !== undefined && nulls[rows[at] as number] === 1) continue;
      const slot = slots[at] as number;
      counts[slot] = (counts[slot] as number) + by;
    }
  }

  protected mergeCounts(source: Sums, from: Int32Array, to: Int32Array, count: number): void {
    const counts = this.counts.values;
    const others = source.counts.values;
    for (let at = 0; at < count; at += 1) {
      const slot = to[at] as number;
      counts[slot] = (counts[slot] as number) + (others[from[at] as number] as number);
    }
  }

  save(saved: SavedState, slotCount: number, name: string): void {
    saved.columns.push(this.counts.snapshot(`${name}.count`, slotCount));
    saved.columns.push(this.sums.snapshot(`${name}.sum`, slotCount));
  }

  restore(saved: readonly RestoredState[], name: string): void {
    for (const { part, mapping } of saved) {
      this.counts.restore(columnOf(part, `${name}.count`), mapping);
      this.sums.restore(columnOf(part, `${name}.sum`), mapping);
    }
  }

  get bytes(): number {
    return this.counts.bytes + this.sums.bytes;
  }
}

const bigint: FlinkType = Object.freeze({ kind: "bigint", nullable: false });

/** Whole numbers as doubles, as long as they are exact. */
export class IntegerSums extends Sums {
  constructor() {
    super(bigint, "double");
  }

  override step(column: Column, rows: Int32Array, slots: Int32Array, count: number, by: 1 | -1): void {
    this.count(slots, rows, count, column, by);
    const sums = this.values;
    const values = column.values as Float64Array | Int32Array;
    const nulls = column.nulls;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (nulls !== undefined && nulls[row] === 1) continue;
      const slot = slots[at] as number;
      const sum = (sums[slot] as number) + (values[row] as number) * by;
      if (sum > Number.MAX_SAFE_INTEGER || sum < Number.MIN_SAFE_INTEGER) throw inexact(sum);
      sums[slot] = sum;
    }
  }

  override merge(source: Sums, from: Int32Array, to: Int32Array, count: number): void {
    this.mergeCounts(source, from, to, count);
    const sums = this.values;
    const others = (source as IntegerSums).values;
    for (let at = 0; at < count; at += 1) {
      const slot = to[at] as number;
      const sum = (sums[slot] as number) + (others[from[at] as number] as number);
      if (!Number.isSafeInteger(sum)) throw inexact(sum);
      sums[slot] = sum;
    }
  }

  get values(): Float64Array {
    return this.sums.values as Float64Array;
  }
}

function inexact(sum: number): NeedsExactIntegers {
  return new NeedsExactIntegers(`a sum reaches ${sum}, which is no exact double`);
}

/** Whole numbers of 64 bits, which wrap around. */
export class LongSums extends Sums {
  constructor() {
    super(bigint, "exact");
  }

  override step(column: Column, rows: Int32Array, slots: Int32Array, count: number, by: 1 | -1): void {
    this.count(slots, rows, count, column, by);
    const sums = this.values;
    const values = column.values;
    const nulls = column.nulls;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (nulls !== undefined && nulls[row] === 1) continue;
      const slot = slots[at] as number;
      const value = BigInt(values[row] as number | bigint);
      // A BigInt64Array keeps the lowest 64 bits.
      sums[slot] = by === 1 ? (sums[slot] as bigint) + value : (sums[slot] as bigint) - value;
    }
  }

  override merge(source: Sums, from: Int32Array, to: Int32Array, count: number): void {
    this.mergeCounts(source, from, to, count);
    const sums = this.values;
    const others = (source as LongSums).values;
    for (let at = 0; at < count; at += 1) {
      const slot = to[at] as number;
      sums[slot] = (sums[slot] as bigint) + (others[from[at] as number] as bigint);
    }
  }

  get values(): BigInt64Array {
    return this.sums.values as BigInt64Array;
  }
}

/** DOUBLE, and FLOAT, whose sums are rounded to 32 bits at each step when `isSingle`. */
export class DoubleSums extends Sums {
  readonly #isSingle: boolean;

  constructor(isSingle: boolean) {
    super({ kind: "double", nullable: false }, "double");
    this.#isSingle = isSingle;
  }

  override step(column: Column, rows: Int32Array, slots: Int32Array, count: number, by: 1 | -1): void {
    this.count(slots, rows, count, column, by);
    const sums = this.values;
    const values = column.values as Float64Array;
    const nulls = column.nulls;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (nulls !== undefined && nulls[row] === 1) continue;
      const slot = slots[at] as number;
      const sum = (sums[slot] as number) + (values[row] as number) * by;
      sums[slot] = this.#isSingle ? Math.fround(sum) : sum;
    }
  }

  override merge(source: Sums, from: Int32Array, to: Int32Array, count: number): void {
    this.mergeCounts(source, from, to, count);
    const sums = this.values;
    const others = (source as DoubleSums).values;
    for (let at = 0; at < count; at += 1) {
      const slot = to[at] as number;
      const sum = (sums[slot] as number) + (others[from[at] as number] as number);
      sums[slot] = this.#isSingle ? Math.fround(sum) : sum;
    }
  }

  get values(): Float64Array {
    return this.sums.values as Float64Array;
  }
}

/** Unscaled values of DECIMALs. */
export class DecimalSums extends Sums {
  constructor(scale: number) {
    super({ kind: "decimal", precision: 38, scale, nullable: false }, "double");
  }

  override step(column: Column, rows: Int32Array, slots: Int32Array, count: number, by: 1 | -1): void {
    this.count(slots, rows, count, column, by);
    const values = column.values as readonly bigint[];
    const nulls = column.nulls;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (nulls !== undefined && nulls[row] === 1) continue;
      const slot = slots[at] as number;
      const value = values[row] as bigint;
      this.#put(slot, by === 1 ? this.at(slot) + value : this.at(slot) - value);
    }
  }

  override merge(source: Sums, from: Int32Array, to: Int32Array, count: number): void {
    this.mergeCounts(source, from, to, count);
    for (let at = 0; at < count; at += 1) {
      const slot = to[at] as number;
      this.#put(slot, this.at(slot) + (source as DecimalSums).at(from[at] as number));
    }
  }

  at(slot: number): bigint {
    return ((this.sums.values as readonly unknown[])[slot] as bigint | undefined) ?? 0n;
  }

  #put(slot: number, sum: bigint): void {
    (this.sums.values as unknown[])[slot] = sum;
  }
}
