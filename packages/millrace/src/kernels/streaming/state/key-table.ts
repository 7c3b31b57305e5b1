import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { keyGroupOf } from "../columns/index.ts";
import type { SnapshotColumn, SnapshotPart } from "../operator.ts";
import { HashIndex } from "./hash-index.ts";
import { columnOf, mapSlots } from "./restore-slots.ts";
import { SlotAllocator, type SlotState } from "./slot-allocator.ts";
import { StateColumn } from "./state-column.ts";

/**
 * Keys of one or several columns, NULLs among them, each with a slot: a small number under which state lies in
 * columns of its own (`attach`). Slots are dense and keep their numbers until the key is removed; listed from 0
 * to `slotCount` they come in the order in which keys came, as long as none was removed.
 *
 * Hashes are those of `hashRows` over the same key columns.
 */
export class KeyTable {
  readonly keys: readonly StateColumn[];
  readonly #slots: SlotAllocator = new SlotAllocator();
  readonly #hashes: StateColumn;
  readonly #index: HashIndex = new HashIndex();

  constructor(types: readonly FlinkType[], mode: IntegerMode) {
    this.keys = types.map((type) => new StateColumn(type, mode));
    this.#hashes = new StateColumn({ kind: "int", nullable: false }, mode);
    this.#slots.attach(this.#hashes);
    for (const key of this.keys) this.#slots.attach(key);
  }

  /** Keys. */
  get size(): number {
    return this.#slots.size;
  }

  /** All slots are below, and all slots below are keys unless some were removed. */
  get slotCount(): number {
    return this.#slots.slotCount;
  }

  /** State that grows with the table, and is cleared when its key is removed. To be called while it is empty. */
  attach(state: SlotState): void {
    this.#slots.attach(state);
  }

  isLive(slot: number): boolean {
    return this.#slots.isLive(slot);
  }

  hashOf(slot: number): number {
    return (this.#hashes.values as Int32Array)[slot] as number;
  }

  /** By slot: changes with the table. */
  get hashes(): Int32Array {
    return this.#hashes.values as Int32Array;
  }

  /** The slot of the key in `columns[keys[..]]` of a row; -1: there is none. */
  find(columns: readonly Column[], keys: readonly number[], row: number, hash: number): number {
    const entries = this.#index.entries;
    const mask = this.#index.mask;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = (entries[at * 2 + 1] as number) - 1;
      if (slot < 0) return -1;
      if (entries[at * 2] === hash && this.#matches(slot, columns, keys, row)) return slot;
    }
  }

  /** As `find`; a new key gets a slot. `size` tells whether it was new. */
  upsert(columns: readonly Column[], keys: readonly number[], row: number, hash: number): number {
    const slot = this.find(columns, keys, row, hash);
    return slot >= 0 ? slot : this.#insert(columns, keys, row, hash);
  }

  /** `find` for the first `rowCount` rows. */
  findRows(
    columns: readonly Column[],
    keys: readonly number[],
    hashes: Int32Array,
    rowCount: number,
    slots: Int32Array,
  ): void {
    for (let row = 0; row < rowCount; row += 1) {
      slots[row] = this.find(columns, keys, row, hashes[row] as number);
    }
  }

  /**
   * `upsert` for the first `count` rows, or for `rows[0]` to below `rows[count]`; `hashes` are by row, `slots` in
   * the order asked.
   */
  upsertRows(
    columns: readonly Column[],
    keys: readonly number[],
    hashes: Int32Array,
    count: number,
    slots: Int32Array,
    rows?: Int32Array,
  ): void {
    if (keys.length === 1) {
      const column = columns[keys[0] as number] as Column;
      const own = this.keys[0] as StateColumn;
      if (column.nulls === undefined && column.values instanceof Float64Array && own.lane === "f64") {
        this.#upsertNumbers(column, column.values, hashes, count, slots, rows);
        return;
      }
    }
    for (let at = 0; at < count; at += 1) {
      const row = rows === undefined ? at : (rows[at] as number);
      slots[at] = this.upsert(columns, keys, row, hashes[row] as number);
    }
  }

  /** One key column of doubles without NULLs: the most frequent kind of key. */
  #upsertNumbers(
    column: Column,
    values: Float64Array,
    hashes: Int32Array,
    count: number,
    slots: Int32Array,
    rows: Int32Array | undefined,
  ): void {
    const key = this.keys[0] as StateColumn;
    const columns = [column];
    const zero = [0];
    let own = key.values as Float64Array;
    let entries = this.#index.entries;
    let mask = this.#index.mask;
    for (let place = 0; place < count; place += 1) {
      const row = rows === undefined ? place : (rows[place] as number);
      const value = values[row] as number;
      const hash = hashes[row] as number;
      let slot = -1;
      for (let at = hash & mask; ; at = (at + 1) & mask) {
        slot = (entries[at * 2 + 1] as number) - 1;
        if (slot < 0) break;
        if (entries[at * 2] !== hash) continue;
        if (own[slot] === value ? !key.isNull(slot) : key.equals(slot, column, row)) break;
      }
      if (slot < 0) {
        slot = this.#insert(columns, zero, row, hash);
        own = key.values as Float64Array;
        entries = this.#index.entries;
        mask = this.#index.mask;
      }
      slots[place] = slot;
    }
  }

  remove(slot: number): void {
    this.#index.remove(this.hashOf(slot), slot);
    this.#slots.free(slot);
    if (this.size === 0) this.#index.clear();
  }

  /** The key columns of slots. */
  gatherKeys(slots: Int32Array, count: number): Column[] {
    return this.keys.map((key) => key.gather(slots, count));
  }

  get bytes(): number {
    let bytes = this.#slots.bytes + this.#hashes.bytes + this.#index.entries.byteLength;
    for (const key of this.keys) bytes += key.bytes;
    return bytes;
  }

  /** Columns of a part with `slotCount` rows, to which the owner adds those of its own state. */
  snapshot(): SnapshotColumn[] {
    const count = this.slotCount;
    const columns = [this.#hashes.snapshot("hash", count)];
    const free = this.#slots.freeOrder();
    if (free !== undefined) columns.push({ name: "free", values: free, nulls: undefined });
    this.keys.forEach((key, at) => {
      columns.push(key.snapshot(`key${at}`, count));
    });
    return columns;
  }

  /**
   * Of an empty table: takes the keys of its key groups out of what several tables have saved.
   * @returns for each part the slot here of each of its rows, -1 for those that are not taken
   */
  restore(
    parts: readonly SnapshotPart[],
    keyGroups: { readonly from: number; readonly to: number },
  ): readonly Int32Array[] {
    const mappings = mapSlots(this.#slots, parts, (part) => {
      const hashes = columnOf(part, "hash").values as Int32Array;
      return (row) => {
        const group = keyGroupOf(hashes[row] as number);
        return group >= keyGroups.from && group < keyGroups.to;
      };
    });
    parts.forEach((part, at) => {
      const mapping = mappings[at] as Int32Array;
      this.#hashes.restore(columnOf(part, "hash"), mapping);
      this.keys.forEach((key, index) => {
        key.restore(columnOf(part, `key${index}`), mapping);
      });
    });
    this.#index.rebuild(this.#hashes.values as Int32Array, this.slotCount, (slot) => this.isLive(slot));
    return mappings;
  }

  #matches(slot: number, columns: readonly Column[], keys: readonly number[], row: number): boolean {
    for (let at = 0; at < keys.length; at += 1) {
      const column = columns[keys[at] as number] as Column;
      if (!(this.keys[at] as StateColumn).equals(slot, column, row)) return false;
    }
    return true;
  }

  #insert(columns: readonly Column[], keys: readonly number[], row: number, hash: number): number {
    const slot = this.#slots.allocate();
    (this.#hashes.values as Int32Array)[slot] = hash;
    for (let at = 0; at < keys.length; at += 1) {
      (this.keys[at] as StateColumn).set(slot, columns[keys[at] as number] as Column, row);
    }
    this.#index.insert(hash, slot);
    return slot;
  }
}
