import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column, Lane } from "../batch.ts";
import { laneOf } from "../batch.ts";
import { allocateValues, gatherColumn, valuesEqual, type WritableValues } from "../columns/index.ts";
import type { SnapshotColumn } from "../operator.ts";
import { convertColumn } from "./integer-modes.ts";
import type { SlotState } from "./slot-allocator.ts";
import { sizeOfValue } from "./value-size.ts";

/** A column of values by slot. */
export class StateColumn implements SlotState {
  readonly type: FlinkType;
  readonly lane: Lane;
  readonly #mode: IntegerMode;
  values: WritableValues;
  /** Undefined: no value was ever NULL. */
  nulls: Uint8Array | undefined;
  #capacity = 0;
  #objectBytes = 0;

  constructor(type: FlinkType, mode: IntegerMode) {
    this.type = type;
    this.lane = laneOf(type, mode);
    this.#mode = mode;
    this.values = allocateValues(this.lane, 0);
    this.nulls = undefined;
  }

  grow(capacity: number): void {
    this.values = grown(this.values, this.lane, capacity);
    if (this.nulls !== undefined) this.nulls = grown(this.nulls, "u8", capacity) as Uint8Array;
    this.#capacity = capacity;
  }

  clear(slot: number): void {
    if (this.lane === "object") {
      this.#objectBytes -= sizeOfValue((this.values as unknown[])[slot]);
      (this.values as unknown[])[slot] = undefined;
    } else if (this.lane === "i64") (this.values as BigInt64Array)[slot] = 0n;
    else (this.values as Float64Array)[slot] = 0;
    if (this.nulls !== undefined) this.nulls[slot] = 0;
  }

  /** Takes what `row` of a column of the same lane holds. */
  set(slot: number, column: Column, row: number): void {
    if (column.nulls !== undefined && column.nulls[row] === 1) {
      this.setNull(slot);
      return;
    }
    if (this.nulls !== undefined) this.nulls[slot] = 0;
    const value = column.values[row];
    if (this.lane === "object") this.#account(slot, value);
    this.values[slot] = value as never;
  }

  /** `set` for the first `count` rows. @param first the slots are this one and those behind it, in order; -1: they are not */
  setRows(slots: Int32Array, first: number, column: Column, count: number): void {
    const { values } = column;
    if (column.nulls !== undefined || this.nulls !== undefined || this.lane === "i64") {
      for (let row = 0; row < count; row += 1) this.set(slots[row] as number, column, row);
    } else if (this.lane === "object") {
      const own = this.values as unknown[];
      for (let row = 0; row < count; row += 1) {
        const [slot, value] = [slots[row] as number, (values as readonly unknown[])[row]];
        this.#account(slot, value);
        own[slot] = value;
      }
    } else if (first >= 0)
      (this.values as Float64Array).set((values as Float64Array).subarray(0, count), first);
    else {
      const own = this.values as Float64Array;
      for (let row = 0; row < count; row += 1)
        own[slots[row] as number] = (values as Float64Array)[row] as number;
    }
  }

  setNull(slot: number): void {
    this.nulls ??= new Uint8Array(this.#capacity);
    this.nulls[slot] = 1;
    if (this.lane === "object") {
      this.#account(slot, undefined);
      (this.values as unknown[])[slot] = undefined;
    }
  }

  isNull(slot: number): boolean {
    return this.nulls !== undefined && this.nulls[slot] === 1;
  }

  /** As keys are compared: NULL equals NULL, NaN equals NaN. */
  equals(slot: number, column: Column, row: number): boolean {
    const isNull = column.nulls !== undefined && column.nulls[row] === 1;
    if (this.nulls !== undefined && this.nulls[slot] === 1) return isNull;
    if (isNull) return false;
    const own = this.values[slot];
    const other = column.values[row];
    return own === other || valuesEqual(own, other);
  }

  gather(slots: Int32Array, count: number): Column {
    return gatherColumn(this.column(), slots, count);
  }

  /** The column itself, by slot: changes with the state. */
  column(): Column {
    return { values: this.values, nulls: this.nulls };
  }

  /** A copy of the first `count` slots. */
  snapshot(name: string, count: number): SnapshotColumn {
    return { name, values: this.values.slice(0, count), nulls: this.nulls?.slice(0, count) };
  }

  /** Puts each saved value to the slot that `mapping` gives for its place; -1: to none. */
  restore(saved: SnapshotColumn, mapping: Int32Array): void {
    const values = convertColumn(saved.values, this.type, this.#mode);
    for (let row = 0; row < mapping.length; row += 1) {
      const slot = mapping[row] as number;
      if (slot < 0) continue;
      if (saved.nulls !== undefined && saved.nulls[row] === 1) this.setNull(slot);
      else {
        const value = values[row];
        if (this.lane === "object") this.#account(slot, value);
        this.values[slot] = value as never;
      }
    }
  }

  get bytes(): number {
    const own = this.lane === "object" ? this.#capacity * 8 : (this.values as Float64Array).byteLength;
    return own + (this.nulls?.byteLength ?? 0) + this.#objectBytes;
  }

  #account(slot: number, value: unknown): void {
    this.#objectBytes += sizeOfValue(value) - sizeOfValue((this.values as unknown[])[slot]);
  }
}

/** A copy with room for more; arrays of objects grow where they are. */
function grown(values: WritableValues, lane: Lane, capacity: number): WritableValues {
  if (Array.isArray(values)) return values;
  if (values.length >= capacity) return values;
  const larger = allocateValues(lane, capacity) as Float64Array;
  larger.set(values as Float64Array);
  return larger;
}
