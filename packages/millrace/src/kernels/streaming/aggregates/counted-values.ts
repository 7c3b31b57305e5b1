import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { hashRow, hashRows } from "../columns/index.ts";
import type { SnapshotPart } from "../operator.ts";
import {
  columnOf,
  HashIndex,
  mapSlots,
  partOf,
  SlotAllocator,
  SlotDoubles,
  SlotIntegers,
  type SlotState,
  StateColumn,
} from "../state/index.ts";
import type { RestoredState, SavedState } from "./aggregate.ts";

/**
 * The different values of each group, NULL among them, and how often each is there; for several filters at once,
 * each with counts of its own. A value may be a tuple. Entries have numbers; those of a group are linked.
 */
export class CountedValues implements SlotState {
  readonly values: readonly StateColumn[];
  readonly counts: readonly SlotDoubles[];
  readonly #entries: SlotAllocator = new SlotAllocator();
  readonly #index: HashIndex = new HashIndex();
  readonly #hashes: SlotIntegers = new SlotIntegers();
  readonly #owners: SlotIntegers = new SlotIntegers();
  readonly #next: SlotIntegers = new SlotIntegers(-1);
  readonly #previous: SlotIntegers = new SlotIntegers(-1);
  /** By group: its newest entry. */
  readonly #heads: SlotIntegers = new SlotIntegers(-1);
  readonly #keys: readonly number[];
  #rowHashes: Int32Array = new Int32Array(0);

  constructor(types: readonly FlinkType[], mode: IntegerMode, filters: number) {
    this.values = types.map((type) => new StateColumn(type, mode));
    this.counts = Array.from({ length: filters }, () => new SlotDoubles());
    this.#keys = types.map((_, at) => at);
    for (const state of [this.#hashes, this.#owners, this.#next, this.#previous]) this.#entries.attach(state);
    for (const state of [...this.values, ...this.counts]) this.#entries.attach(state);
  }

  /** State by entry. */
  attach(state: SlotState): void {
    this.#entries.attach(state);
  }

  grow(capacity: number): void {
    this.#heads.grow(capacity);
  }

  /** Forgets the values of a group. */
  clear(slot: number): void {
    for (let entry = this.first(slot); entry >= 0; ) {
      const next = this.next(entry);
      this.#index.remove(this.#hashes.values[entry] as number, entry);
      this.#entries.free(entry);
      entry = next;
    }
    this.#heads.clear(slot);
  }

  get size(): number {
    return this.#entries.size;
  }

  get entryCount(): number {
    return this.#entries.slotCount;
  }

  isLive(entry: number): boolean {
    return this.#entries.isLive(entry);
  }

  /** The group's first entry, the newest; -1: it has none. */
  first(slot: number): number {
    return this.#heads.values[slot] as number;
  }

  next(entry: number): number {
    return this.#next.values[entry] as number;
  }

  ownerOf(entry: number): number {
    return this.#owners.values[entry] as number;
  }

  /** Hashes of all rows' values, for the calls below; overwritten by the next call. */
  hash(args: readonly Column[], rowCount: number): Int32Array {
    if (this.#rowHashes.length < rowCount) this.#rowHashes = new Int32Array(rowCount * 2);
    hashRows(args, this.#keys, rowCount, this.#rowHashes);
    return this.#rowHashes;
  }

  hashOne(args: readonly Column[], row: number): number {
    return hashRow(args, this.#keys, row);
  }

  /** The entry of a group's value; -1: it has none. */
  find(slot: number, args: readonly Column[], row: number, valueHash: number): number {
    const hash = hashWithSlot(valueHash, slot);
    const { entries, mask } = this.#index;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = (entries[at * 2 + 1] as number) - 1;
      if (entry < 0) return -1;
      if (entries[at * 2] === hash && this.ownerOf(entry) === slot && this.#matches(entry, args, row))
        return entry;
    }
  }

  /** As `find`; a new entry has counts of 0. */
  upsert(slot: number, args: readonly Column[], row: number, valueHash: number): number {
    const found = this.find(slot, args, row, valueHash);
    if (found >= 0) return found;
    const entry = this.#entries.allocate();
    const hash = hashWithSlot(valueHash, slot);
    this.#hashes.values[entry] = hash;
    for (let at = 0; at < args.length; at += 1) this.values[at]?.set(entry, args[at] as Column, row);
    this.#link(entry, slot);
    this.#index.insert(hash, entry);
    return entry;
  }

  remove(entry: number): void {
    const next = this.next(entry);
    const previous = this.#previous.values[entry] as number;
    if (next >= 0) this.#previous.values[next] = previous;
    if (previous >= 0) this.#next.values[previous] = next;
    else this.#heads.values[this.ownerOf(entry)] = next;
    this.#index.remove(this.#hashes.values[entry] as number, entry);
    this.#entries.free(entry);
  }

  #link(entry: number, slot: number): void {
    const head = this.first(slot);
    this.#owners.values[entry] = slot;
    this.#next.values[entry] = head;
    this.#previous.values[entry] = -1;
    if (head >= 0) this.#previous.values[head] = entry;
    this.#heads.values[slot] = entry;
  }

  #matches(entry: number, args: readonly Column[], row: number): boolean {
    for (let at = 0; at < args.length; at += 1) {
      if (!(this.values[at] as StateColumn).equals(entry, args[at] as Column, row)) return false;
    }
    return true;
  }

  /** The values as columns by entry. */
  columns(): readonly Column[] {
    return this.values.map((column) => column.column());
  }

  /** A part of its own, with a row for each entry. */
  save(saved: SavedState, name: string): void {
    const count = this.entryCount;
    const columns = [
      this.#owners.snapshot("owner", count),
      this.#next.snapshot("next", count),
      this.#previous.snapshot("previous", count),
      ...this.values.map((column, at) => column.snapshot(`value${at}`, count)),
      ...this.counts.map((column, at) => column.snapshot(`count${at}`, count)),
    ];
    const free = this.#entries.freeOrder();
    if (free !== undefined) columns.push({ name: "free", values: free, nulls: undefined });
    saved.parts.push({ name: `${saved.prefix}${name}`, rowCount: count, columns });
  }

  restore(saved: readonly RestoredState[], name: string): void {
    const parts = saved.map(({ snapshot, prefix }) => partOf(snapshot, `${prefix}${name}`));
    const mappings = mapSlots(this.#entries, parts, (part, index) => {
      const owners = columnOf(part, "owner").values as Int32Array;
      const slots = saved[index]?.mapping;
      return (row) => (slots?.[owners[row] as number] ?? -1) >= 0;
    });
    parts.forEach((part, index) => {
      this.#restorePart(part, mappings[index] as Int32Array, saved[index]?.mapping as Int32Array);
    });
    this.#reindex();
  }

  #restorePart(part: SnapshotPart, mapping: Int32Array, slots: Int32Array): void {
    this.values.forEach((column, at) => {
      column.restore(columnOf(part, `value${at}`), mapping);
    });
    this.counts.forEach((column, at) => {
      column.restore(columnOf(part, `count${at}`), mapping);
    });
    this.#owners.restoreLinks(columnOf(part, "owner"), mapping, slots);
    this.#next.restoreLinks(columnOf(part, "next"), mapping, mapping);
    this.#previous.restoreLinks(columnOf(part, "previous"), mapping, mapping);
  }

  #reindex(): void {
    const columns = this.columns();
    for (let entry = 0; entry < this.entryCount; entry += 1) {
      if (!this.isLive(entry)) continue;
      const owner = this.ownerOf(entry);
      this.#hashes.values[entry] = hashWithSlot(this.hashOne(columns, entry), owner);
      if ((this.#previous.values[entry] as number) < 0) this.#heads.values[owner] = entry;
    }
    this.#index.rebuild(this.#hashes.values, this.entryCount, (entry) => this.isLive(entry));
  }

  get bytes(): number {
    const own = [this.#hashes, this.#owners, this.#next, this.#previous, this.#heads, ...this.values];
    const columns = [...own, ...this.counts].reduce((bytes, column) => bytes + column.bytes, 0);
    return columns + this.#entries.bytes + this.#index.entries.byteLength;
  }
}

function hashWithSlot(hash: number, slot: number): number {
  const mixed = Math.imul(hash ^ Math.imul(slot + 1, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
