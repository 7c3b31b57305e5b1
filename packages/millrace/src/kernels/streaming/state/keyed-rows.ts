import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import type { OperatorSnapshot, SnapshotPart } from "../operator.ts";
import { KeyTable } from "./key-table.ts";
import { columnOf, partOf } from "./restore-slots.ts";
import { RowStore } from "./row-store.ts";
import type { SlotState } from "./slot-allocator.ts";
import { SlotIntegers } from "./slot-numbers.ts";

/** State that lies beside rows or keys, and is saved under a name. */
interface Attached {
  readonly name: string;
  readonly state: SlotState & Pick<SlotIntegers, "snapshot" | "restore" | "bytes">;
}

export interface KeyedRowsTypes {
  readonly keys: readonly FlinkType[];
  readonly rows: readonly FlinkType[];
}

/** Rows by key: each key has a doubly linked list of its rows, in the order in which its owner put them. */
export class KeyedRows {
  readonly keys: KeyTable;
  readonly rows: RowStore;
  readonly #first: SlotIntegers = new SlotIntegers(-1);
  readonly #last: SlotIntegers = new SlotIntegers(-1);
  readonly #count: SlotIntegers = new SlotIntegers();
  readonly #next: SlotIntegers = new SlotIntegers(-1);
  readonly #previous: SlotIntegers = new SlotIntegers(-1);
  readonly #owner: SlotIntegers = new SlotIntegers(-1);
  readonly #attached: Attached[] = [];

  constructor(types: KeyedRowsTypes, mode: IntegerMode) {
    this.keys = new KeyTable(types.keys, mode);
    this.rows = new RowStore(types.rows, mode);
    for (const state of [this.#first, this.#last, this.#count]) this.keys.attach(state);
    for (const state of [this.#next, this.#previous, this.#owner]) this.rows.attach(state);
  }

  /** State by row number, saved with the rows. To be called while there are none. */
  attachToRows(name: string, state: Attached["state"]): void {
    this.rows.attach(state);
    this.#attached.push({ name, state });
  }

  /** The first row of a key; -1: there is none. */
  first(key: number): number {
    return this.#first.values[key] as number;
  }

  last(key: number): number {
    return this.#last.values[key] as number;
  }

  /** The row behind; -1: there is none. */
  next(row: number): number {
    return this.#next.values[row] as number;
  }

  previous(row: number): number {
    return this.#previous.values[row] as number;
  }

  /** Rows of a key. */
  countOf(key: number): number {
    return this.#count.values[key] as number;
  }

  keyOf(row: number): number {
    return this.#owner.values[row] as number;
  }

  /** Puts a copy of a row behind `previous`, or before all rows of its key: -1. */
  insertBehind(previous: number, key: number, columns: readonly Column[], row: number): number {
    const number = this.rows.append(columns, row);
    const next = previous < 0 ? this.first(key) : this.next(previous);
    this.#owner.values[number] = key;
    this.#previous.values[number] = previous;
    this.#next.values[number] = next;
    if (previous < 0) this.#first.values[key] = number;
    else this.#next.values[previous] = number;
    if (next < 0) this.#last.values[key] = number;
    else this.#previous.values[next] = number;
    this.#count.values[key] = this.countOf(key) + 1;
    return number;
  }

  append(key: number, columns: readonly Column[], row: number): number {
    return this.insertBehind(this.last(key), key, columns, row);
  }

  /** `append` for the first `count` rows. @param keys the key of each; @param numbers is told the rows' numbers */
  appendRows(keys: Int32Array, columns: readonly Column[], count: number, numbers: Int32Array): void {
    this.rows.appendRows(columns, count, numbers);
    const [first, last, counts] = [this.#first.values, this.#last.values, this.#count.values];
    const [next, previous, owner] = [this.#next.values, this.#previous.values, this.#owner.values];
    for (let row = 0; row < count; row += 1) {
      const [key, number] = [keys[row] as number, numbers[row] as number];
      const before = last[key] as number;
      owner[number] = key;
      previous[number] = before;
      next[number] = -1;
      if (before < 0) first[key] = number;
      else next[before] = number;
      last[key] = number;
      counts[key] = (counts[key] as number) + 1;
    }
  }

  /** Takes a row out; a key without rows goes as well. */
  remove(row: number): void {
    const key = this.keyOf(row);
    const previous = this.previous(row);
    const next = this.next(row);
    if (previous < 0) this.#first.values[key] = next;
    else this.#next.values[previous] = next;
    if (next < 0) this.#last.values[key] = previous;
    else this.#previous.values[next] = previous;
    const count = this.countOf(key) - 1;
    this.#count.values[key] = count;
    this.rows.free(row);
    if (count === 0) this.keys.remove(key);
  }

  get bytes(): number {
    const links = [this.#first, this.#last, this.#count, this.#next, this.#previous, this.#owner];
    const own = links.reduce((sum, { bytes }) => sum + bytes, this.keys.bytes + this.rows.bytes);
    return this.#attached.reduce((sum, { state }) => sum + state.bytes, own);
  }

  /** Two parts: `<name> keys` and `<name> rows`. */
  snapshot(name: string): SnapshotPart[] {
    const keyCount = this.keys.slotCount;
    const rowCount = this.rows.slotCount;
    return [
      {
        name: `${name} keys`,
        rowCount: keyCount,
        columns: [
          ...this.keys.snapshot(),
          this.#first.snapshot("first", keyCount),
          this.#last.snapshot("last", keyCount),
          this.#count.snapshot("count", keyCount),
        ],
      },
      {
        name: `${name} rows`,
        rowCount,
        columns: [
          ...this.rows.snapshot(),
          this.#next.snapshot("next", rowCount),
          this.#previous.snapshot("previous", rowCount),
          this.#owner.snapshot("owner", rowCount),
          ...this.#attached.map((attached) => attached.state.snapshot(attached.name, rowCount)),
        ],
      },
    ];
  }

  /** Takes the keys of the key groups, with their rows. */
  restore(
    name: string,
    snapshots: readonly OperatorSnapshot[],
    keyGroups: { readonly from: number; readonly to: number },
  ): void {
    const saved = snapshots.filter(({ parts }) => parts.some((part) => part.name === `${name} keys`));
    const keyParts = saved.map((snapshot) => partOf(snapshot, `${name} keys`));
    const rowParts = saved.map((snapshot) => partOf(snapshot, `${name} rows`));
    const keys = this.keys.restore(keyParts, keyGroups);
    const rows = this.rows.restore(rowParts, (part, index) => {
      const owners = columnOf(part, "owner").values as Int32Array;
      const taken = keys[index] as Int32Array;
      return (row) => (taken[owners[row] as number] as number) >= 0;
    });
    for (const [index, part] of keyParts.entries()) {
      const [key, row] = [keys[index] as Int32Array, rows[index] as Int32Array];
      this.#first.restoreLinks(columnOf(part, "first"), key, row);
      this.#last.restoreLinks(columnOf(part, "last"), key, row);
      this.#count.restore(columnOf(part, "count"), key);
    }
    for (const [index, part] of rowParts.entries()) {
      const [key, row] = [keys[index] as Int32Array, rows[index] as Int32Array];
      this.#next.restoreLinks(columnOf(part, "next"), row, row);
      this.#previous.restoreLinks(columnOf(part, "previous"), row, row);
      this.#owner.restoreLinks(columnOf(part, "owner"), row, key);
      for (const attached of this.#attached) attached.state.restore(columnOf(part, attached.name), row);
    }
  }
}
