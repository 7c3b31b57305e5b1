import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { Column, Lane } from "../batch.ts";
import { allocateValues, type WritableValues } from "./column-values.ts";

const initialCapacity = 64;

/** A column that grows by one value at a time. */
export class ColumnBuilder {
  readonly lane: Lane;
  #values: WritableValues;
  #nulls: Uint8Array | undefined;
  #capacity: number;
  #length = 0;

  constructor(lane: Lane, capacity: number = initialCapacity) {
    this.lane = lane;
    this.#capacity = Math.max(1, capacity);
    this.#values = allocateValues(lane, this.#capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** A value as its lane holds it (`u8`: 0 and 1), not NULL. */
  append(value: unknown): void {
    const at = this.#next();
    this.#values[at] = value as never;
  }

  appendNull(): void {
    const at = this.#next();
    if (this.lane === "object") this.#values[at] = null as never;
    this.#nulls ??= new Uint8Array(this.#capacity);
    this.#nulls[at] = 1;
  }

  /** What a row of another column of the same lane holds. */
  appendFrom(column: Column, row: number): void {
    if (column.nulls !== undefined && column.nulls[row] === 1) this.appendNull();
    else {
      const at = this.#next();
      this.#values[at] = column.values[row] as never;
    }
  }

  /** A value in the form of `Value`: `true` and `false` go into `u8` lanes. */
  appendValue(value: Value): void {
    if (value === null) this.appendNull();
    else if (this.lane === "u8") this.append(value === true ? 1 : 0);
    else if (this.lane === "i64") this.append(BigInt(value as bigint | number));
    else if (this.lane === "f64") this.append(Number(value));
    else this.append(value);
  }

  /** The column, trimmed to its length; the builder is empty again. */
  finish(): Column {
    const length = this.#length;
    let values = this.#values;
    if (Array.isArray(values)) values.length = length;
    else if (length < this.#capacity) values = (values as Float64Array).slice(0, length);
    const nulls = this.#nulls === undefined ? undefined : this.#nulls.subarray(0, length);
    this.#capacity = Math.max(initialCapacity, length);
    this.#values = allocateValues(this.lane, this.#capacity);
    this.#nulls = undefined;
    this.#length = 0;
    return { values, nulls };
  }

  #next(): number {
    const at = this.#length;
    if (at === this.#capacity) this.#grow();
    this.#length = at + 1;
    return at;
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    if (!Array.isArray(this.#values)) {
      const values = allocateValues(this.lane, capacity) as Float64Array;
      values.set(this.#values as Float64Array);
      this.#values = values;
    }
    if (this.#nulls !== undefined) {
      const nulls = new Uint8Array(capacity);
      nulls.set(this.#nulls);
      this.#nulls = nulls;
    }
    this.#capacity = capacity;
  }
}
