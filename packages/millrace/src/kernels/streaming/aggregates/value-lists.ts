import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { valuesEqual } from "../columns/index.ts";
import type { SnapshotColumn } from "../operator.ts";
import { convertValue, type SlotState, sizeOfValue } from "../state/index.ts";

/**
 * A list of values for each slot. What a snapshot has taken is never changed: a list is copied before its first
 * change behind it.
 */
export class ValueLists implements SlotState {
  #lists: (Value[] | undefined)[] = [];
  /** In which epoch the list was made or copied. */
  #epochs: Int32Array = new Int32Array(0);
  #epoch = 1;
  #bytes = 0;
  readonly #element: FlinkType;
  readonly #mode: IntegerMode;

  constructor(element: FlinkType, mode: IntegerMode) {
    this.#element = element;
    this.#mode = mode;
  }

  grow(capacity: number): void {
    const epochs = new Int32Array(capacity);
    epochs.set(this.#epochs);
    this.#epochs = epochs;
  }

  clear(slot: number): void {
    for (const value of this.#lists[slot] ?? []) this.#bytes -= 8 + sizeOfValue(value);
    this.#lists[slot] = undefined;
    this.#epochs[slot] = 0;
  }

  get(slot: number): readonly Value[] {
    return this.#lists[slot] ?? [];
  }

  push(slot: number, value: Value): void {
    this.#own(slot).push(value);
    this.#bytes += 8 + sizeOfValue(value);
  }

  /** Takes out the first equal value. */
  removeFirst(slot: number, value: Value): boolean {
    const at = this.get(slot).findIndex((other) =>
      other === null || value === null ? other === value : valuesEqual(other, value),
    );
    if (at >= 0) this.#remove(slot, at);
    return at >= 0;
  }

  #remove(slot: number, at: number): void {
    const [removed] = this.#own(slot).splice(at, 1);
    this.#bytes -= 8 + sizeOfValue(removed);
  }

  #own(slot: number): Value[] {
    const list = this.#lists[slot];
    if (list !== undefined && this.#epochs[slot] === this.#epoch) return list;
    const own = list?.slice() ?? [];
    this.#lists[slot] = own;
    this.#epochs[slot] = this.#epoch;
    return own;
  }

  snapshot(name: string, count: number): SnapshotColumn {
    this.#epoch += 1;
    const values = this.#lists.slice(0, count);
    values.length = count;
    return { name, values, nulls: undefined };
  }

  restore(saved: SnapshotColumn, mapping: Int32Array): void {
    const type: FlinkType = { kind: "array", element: this.#element, nullable: true };
    for (let row = 0; row < mapping.length; row += 1) {
      const slot = mapping[row] as number;
      const list = saved.values[row] as readonly Value[] | undefined | null;
      if (slot < 0 || list === undefined || list === null) continue;
      for (const value of convertValue(list, type, this.#mode) as readonly Value[]) this.push(slot, value);
    }
  }

  get bytes(): number {
    return this.#bytes + this.#epochs.byteLength + this.#lists.length * 8;
  }
}
