import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import type { OperatorSnapshot, SnapshotColumn, SnapshotPart } from "../operator.ts";
import {
  columnOf,
  KeyTable,
  mapSlots,
  partOf,
  SlotAllocator,
  SlotDoubles,
  SlotIntegers,
  type SlotState,
} from "../state/index.ts";

/** Sessions of keys: each from `start` to below `end`, with a number; those of a key are linked and do not touch. */
export class SessionTable {
  readonly keys: KeyTable;
  readonly #sessions: SlotAllocator = new SlotAllocator();
  readonly #starts: SlotDoubles = new SlotDoubles();
  readonly #ends: SlotDoubles = new SlotDoubles();
  /** In which order sessions began to be: what goes out at one time is sorted by it. */
  readonly #serials: SlotDoubles = new SlotDoubles();
  readonly #owners: SlotIntegers = new SlotIntegers();
  readonly #next: SlotIntegers = new SlotIntegers(-1);
  /** By key. */
  readonly #heads: SlotIntegers = new SlotIntegers(-1);
  #serial = 0;

  constructor(types: readonly FlinkType[], mode: IntegerMode) {
    this.keys = new KeyTable(types, mode);
    this.keys.attach(this.#heads);
    for (const state of [this.#starts, this.#ends, this.#serials, this.#owners, this.#next]) {
      this.#sessions.attach(state);
    }
  }

  /** State by session. */
  attach(state: SlotState): void {
    this.#sessions.attach(state);
  }

  get sessionCount(): number {
    return this.#sessions.slotCount;
  }

  isLive(session: number): boolean {
    return this.#sessions.isLive(session);
  }

  startOf(session: number): number {
    return this.#starts.values[session] as number;
  }

  endOf(session: number): number {
    return this.#ends.values[session] as number;
  }

  serialOf(session: number): number {
    return this.#serials.values[session] as number;
  }

  keyOf(session: number): number {
    return this.#owners.values[session] as number;
  }

  /** The first session of a key; -1: it has none. */
  first(key: number): number {
    return key < 0 ? -1 : (this.#heads.values[key] as number);
  }

  next(session: number): number {
    return this.#next.values[session] as number;
  }

  /** A new session; the key is made if it is not there. */
  open(columns: readonly Column[], places: readonly number[], row: number, hash: number): number {
    const key = this.keys.upsert(columns, places, row, hash);
    const session = this.#sessions.allocate();
    this.#owners.values[session] = key;
    this.#next.values[session] = this.#heads.values[key] as number;
    this.#heads.values[key] = session;
    this.#serials.values[session] = this.#serial;
    this.#serial += 1;
    return session;
  }

  setBounds(session: number, start: number, end: number): void {
    this.#starts.values[session] = start;
    this.#ends.values[session] = end;
  }

  /** A key without sessions is forgotten. */
  close(session: number): void {
    const key = this.keyOf(session);
    const next = this.next(session);
    let at = this.first(key);
    if (at === session) this.#heads.values[key] = next;
    else {
      while (this.next(at) !== session) at = this.next(at);
      this.#next.values[at] = next;
    }
    this.#sessions.free(session);
    if (this.first(key) < 0) this.keys.remove(key);
  }

  get bytes(): number {
    const states = [this.#starts, this.#ends, this.#serials, this.#owners, this.#next, this.#heads];
    return states.reduce((bytes, state) => bytes + state.bytes, this.keys.bytes + this.#sessions.bytes);
  }

  /** Parts `keys` and `sessions`, to the latter of which the owner adds columns. */
  snapshot(): { readonly keys: SnapshotPart; readonly sessions: SnapshotColumn[] } {
    const keyCount = this.keys.slotCount;
    const columns = [...this.keys.snapshot(), this.#heads.snapshot("head", keyCount)];
    const count = this.sessionCount;
    const sessions = [
      this.#starts.snapshot("start", count),
      this.#ends.snapshot("end", count),
      this.#serials.snapshot("serial", count),
      this.#owners.snapshot("key", count),
      this.#next.snapshot("next", count),
    ];
    const free = this.#sessions.freeOrder();
    if (free !== undefined) sessions.push({ name: "free", values: free, nulls: undefined });
    return { keys: { name: "keys", rowCount: keyCount, columns }, sessions };
  }

  /** @returns for each snapshot the session here of each one there, or -1 */
  restore(
    snapshots: readonly OperatorSnapshot[],
    keyGroups: { readonly from: number; readonly to: number },
  ): readonly Int32Array[] {
    const keyParts = snapshots.map((snapshot) => partOf(snapshot, "keys"));
    const keys = this.keys.restore(keyParts, keyGroups);
    const parts = snapshots.map((snapshot) => partOf(snapshot, "sessions"));
    const sessions = mapSlots(this.#sessions, parts, (part, index) => {
      const owners = columnOf(part, "key").values as Int32Array;
      return (row) => (keys[index]?.[owners[row] as number] ?? -1) >= 0;
    });
    parts.forEach((part, index) => {
      const mapping = sessions[index] as Int32Array;
      const keyMapping = keys[index] as Int32Array;
      this.#starts.restore(columnOf(part, "start"), mapping);
      this.#ends.restore(columnOf(part, "end"), mapping);
      this.#serials.restore(columnOf(part, "serial"), mapping);
      this.#owners.restoreLinks(columnOf(part, "key"), mapping, keyMapping);
      this.#next.restoreLinks(columnOf(part, "next"), mapping, mapping);
      this.#heads.restoreLinks(columnOf(keyParts[index] as SnapshotPart, "head"), keyMapping, mapping);
    });
    for (let session = 0; session < this.sessionCount; session += 1) {
      if (this.isLive(session)) this.#serial = Math.max(this.#serial, this.serialOf(session) + 1);
    }
    return sessions;
  }
}
