import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import { type Batch, type Column, RowKind } from "../batch.ts";
import { BatchBuilder, hashRows, lanesOf } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { RankOperator } from "../plan/physical-plan.ts";
import { columnOf, KeyTable, partOf, RankTrees, RowStore, SlotIntegers } from "../state/index.ts";
import { outgrown } from "./deduplicate.ts";
import { RowOrder } from "./row-order.ts";
import { StateTtl } from "./state-ttl.ts";

/** Rows that come out at once. */
const rowsPerBatch = 4096;

/**
 * Top-N of each key: the rows of ranks `from` to `to`, with their rank or without, as a changelog. Of equal rows
 * the first to come is before the others. Keeps `to` rows a key, or all when rows may be withdrawn.
 */
export class Rank implements Operator {
  readonly #spec: RankOperator;
  readonly #context: OperatorContext;
  readonly #order: RowOrder;
  readonly #keys: KeyTable;
  readonly #rows: RowStore;
  readonly #owner: SlotIntegers = new SlotIntegers(-1);
  readonly #trees: RankTrees = new RankTrees();
  readonly #ttl: StateTtl;
  readonly #builder: BatchBuilder;
  #hashes: Int32Array = new Int32Array(0);

  constructor(
    spec: RankOperator,
    inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    const types = (inputs[0] ?? []).map(({ type }) => type);
    this.#spec = spec;
    this.#context = context;
    this.#order = new RowOrder(spec.order);
    const keys = spec.partition.map((column): FlinkType => types[column] ?? { kind: "null", nullable: true });
    this.#keys = new KeyTable(keys, context.mode);
    this.#rows = new RowStore(types, context.mode);
    this.#ttl = new StateTtl(context.stateTtlMs);
    for (const state of [this.#trees.root, this.#ttl.written]) this.#keys.attach(state);
    for (const state of [...this.#trees.states, this.#owner]) this.#rows.attach(state);
    const outTypes = fields.map(({ type }) => type);
    this.#builder = new BatchBuilder(lanesOf(outTypes, context.mode));
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    const { rowCount, columns, kinds } = batch;
    if (this.#spec.to < this.#spec.from) return;
    if (this.#hashes.length < rowCount) this.#hashes = new Int32Array(rowCount);
    const hashes = this.#hashes;
    hashRows(columns, this.#spec.partition, rowCount, hashes);
    for (let row = 0; row < rowCount; row += 1) {
      const kind = kinds?.[row] ?? RowKind.insert;
      const hash = hashes[row] as number;
      if (kind === RowKind.insert || kind === RowKind.updateAfter) this.#add(columns, row, hash, round);
      else this.#withdraw(columns, row, hash, round);
      if (this.#builder.rowCount >= rowsPerBatch) this.#push(output);
    }
    this.#push(output);
    if (this.stateBytes() > this.#context.maxStateBytes) throw outgrown(this.#context);
  }

  #push(output: Output): void {
    const rows = this.#builder.take();
    if (rows !== undefined) output.push(rows);
  }

  #stored(): readonly Column[] {
    return this.#rows.views();
  }

  #add(columns: readonly Column[], row: number, hash: number, round: RoundContext): void {
    const { to, retracts, emitsRank } = this.#spec;
    const key = this.#keys.upsert(columns, this.#spec.partition, row, hash);
    if (this.#ttl.hasExpired(key, round)) this.#empty(key);
    this.#ttl.touch(key, round);
    const stored = this.#stored();
    const size = this.#trees.sizeOf(key);
    const isFull = !retracts && size >= to;
    if (isFull && this.#order.compare(columns, row, stored, this.#trees.at(key, to - 1)) >= 0) return;
    const compare = (other: number): number => this.#order.compare(columns, row, stored, other);
    const place = this.#trees.rankOf(key, compare, true);
    if (place < to) {
      if (emitsRank) this.#shiftDown({ columns, row }, key, place, size);
      else this.#letIn({ columns, row }, key, place, size);
    }
    this.#insert(columns, row, key, place);
    if (isFull) this.#rows.free(this.#trees.remove(key, to));
  }

  #insert(columns: readonly Column[], row: number, key: number, place: number): void {
    const number = this.#rows.append(columns, row);
    this.#owner.values[number] = key;
    this.#trees.insert(key, place, number);
  }

  /** Without ranks: the row that enters the visible ones pushes the last of them out. */
  #letIn(arrival: RowAt, key: number, place: number, size: number): void {
    const { from, to } = this.#spec;
    const stored = this.#stored();
    if (size >= to) this.#builder.appendRow(stored, this.#trees.at(key, to - 1), RowKind.delete);
    if (place >= from - 1) this.#builder.appendRow(arrival.columns, arrival.row, RowKind.insert);
    else if (size >= from - 1) this.#builder.appendRow(stored, this.#trees.at(key, from - 2), RowKind.insert);
  }

  /** With ranks: from its place on each row gets the next rank. */
  #shiftDown(arrival: RowAt, key: number, place: number, size: number): void {
    const { from, to } = this.#spec;
    const stored = this.#stored();
    let above = place >= from - 1 ? arrival : { columns: stored, row: this.#trees.at(key, from - 2) };
    for (let rank = Math.max(place, from - 1); rank < Math.min(to, size + 1); rank += 1) {
      if (rank < size) {
        const old = { columns: stored, row: this.#trees.at(key, rank) };
        this.#emitUpdate(old, above, rank);
        above = old;
      } else this.#emitRanked(above, rank, RowKind.insert);
    }
  }

  #withdraw(columns: readonly Column[], row: number, hash: number, round: RoundContext): void {
    const key = this.#keys.find(columns, this.#spec.partition, row, hash);
    if (key < 0 || this.#ttl.hasExpired(key, round)) return;
    const place = this.#placeOf(key, columns, row);
    if (place < 0) return;
    const { from, to, emitsRank } = this.#spec;
    const size = this.#trees.sizeOf(key);
    const stored = this.#stored();
    if (place < to) {
      if (emitsRank) this.#shiftUp(key, place, size);
      else {
        const leaving = this.#trees.at(key, Math.max(place, from - 1));
        if (leaving >= 0) this.#builder.appendRow(stored, leaving, RowKind.delete);
        if (size > to) this.#builder.appendRow(stored, this.#trees.at(key, to), RowKind.insert);
      }
    }
    this.#rows.free(this.#trees.remove(key, place));
    if (size === 1) this.#keys.remove(key);
    else this.#ttl.touch(key, round);
  }

  #shiftUp(key: number, place: number, size: number): void {
    const { from, to } = this.#spec;
    const columns = this.#stored();
    for (let rank = Math.max(place, from - 1); rank < Math.min(to, size); rank += 1) {
      const old = { columns, row: this.#trees.at(key, rank) };
      if (rank + 1 < size) this.#emitUpdate(old, { columns, row: this.#trees.at(key, rank + 1) }, rank);
      else this.#emitRanked(old, rank, RowKind.delete);
    }
  }

  /** Where an equal row is; -1: nowhere. */
  #placeOf(key: number, columns: readonly Column[], row: number): number {
    const stored = this.#stored();
    const compare = (other: number): number => this.#order.compare(columns, row, stored, other);
    const end = this.#trees.rankOf(key, compare, true);
    for (let place = end - 1; place >= 0; place -= 1) {
      const candidate = this.#trees.at(key, place);
      if (this.#rows.equals(candidate, columns, row)) return place;
      if (compare(candidate) !== 0) return -1;
    }
    return -1;
  }

  #emitUpdate(old: RowAt, after: RowAt, rank: number): void {
    if (this.#spec.emitsUpdateBefore) this.#emitRanked(old, rank, RowKind.updateBefore);
    this.#emitRanked(after, rank, RowKind.updateAfter);
  }

  #emitRanked({ columns, row }: RowAt, rank: number, kind: RowKind): void {
    this.#builder.appendColumns(columns, row, 0);
    const number = rank + 1;
    this.#builder.columns[columns.length]?.append(this.#context.mode === "exact" ? BigInt(number) : number);
    this.#builder.endRow(kind);
  }

  #empty(key: number): void {
    for (let size = this.#trees.sizeOf(key); size > 0; size -= 1)
      this.#rows.free(this.#trees.remove(key, size - 1));
  }

  advance(_watermark: number, _output: Output, round: RoundContext): void {
    this.#ttl.sweep(this.#keys.slotCount, round, (key) => {
      if (!this.#keys.isLive(key)) return;
      this.#empty(key);
      this.#keys.remove(key);
    });
  }

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    const keyCount = this.#keys.slotCount;
    const rowCount = this.#rows.slotCount;
    const keys = [
      ...this.#keys.snapshot(),
      this.#trees.root.snapshot("root", keyCount),
      this.#ttl.written.snapshot("written", keyCount),
    ];
    const rows = [
      ...this.#rows.snapshot(),
      ...this.#trees.snapshotRows(rowCount),
      this.#owner.snapshot("owner", rowCount),
    ];
    return {
      version: 1,
      mode: this.#context.mode,
      parts: [
        { name: "keys", rowCount: keyCount, columns: keys },
        { name: "rows", rowCount, columns: rows },
      ],
    };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    const keyParts = snapshots.map((snapshot) => partOf(snapshot, "keys"));
    const rowParts = snapshots.map((snapshot) => partOf(snapshot, "rows"));
    const keys = this.#keys.restore(keyParts, this.#context.keyGroups);
    const rows = this.#rows.restore(rowParts, (part, index) => {
      const owners = columnOf(part, "owner").values as Int32Array;
      const taken = keys[index] as Int32Array;
      return (row) => (taken[owners[row] as number] as number) >= 0;
    });
    for (const [index, keyPart] of keyParts.entries()) {
      const rowPart = rowParts[index] as (typeof rowParts)[number];
      const [key, row] = [keys[index] as Int32Array, rows[index] as Int32Array];
      this.#trees.restore({ keys: keyPart, rows: rowPart }, key, row);
      this.#owner.restoreLinks(columnOf(rowPart, "owner"), row, key);
      this.#ttl.written.restore(columnOf(keyPart, "written"), key);
    }
  }

  stateBytes(): number {
    const own = this.#keys.bytes + this.#rows.bytes + this.#trees.bytes;
    return own + this.#owner.bytes + this.#ttl.written.bytes;
  }
}

interface RowAt {
  readonly columns: readonly Column[];
  readonly row: number;
}
