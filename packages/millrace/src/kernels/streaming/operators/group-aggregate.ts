import { assert } from "../../../core/assert.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { AggregateSet } from "../aggregates/index.ts";
import { type Batch, type Column, type Lane, laneOf, RowKind } from "../batch.ts";
import { concat, hashRows, slice } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { GroupAggregateOperator } from "../plan/physical-plan.ts";
import { columnOf, KeyTable, partOf, SlotDoubles, SlotFlags } from "../state/index.ts";
import { emitChanges, GroupFate } from "./group-changes.ts";
import { GroupRows } from "./group-rows.ts";
import { StateTtl } from "./state-ttl.ts";

const version = 1;

/**
 * GROUP BY over all that ever came. What becomes of a group in a round is said once, at its end: +I for a new one,
 * -U and +U when its row has changed, -D when its last row was taken back. A row that is taken back from a group
 * that is not there is passed over. Without keys there is one group, which is never deleted.
 */
export class GroupAggregate implements Operator {
  readonly #spec: GroupAggregateOperator;
  readonly #context: OperatorContext;
  readonly #lanes: readonly Lane[];
  readonly #table: KeyTable;
  readonly #aggregates: AggregateSet;
  /** Rows of the group, where rows are taken back. */
  readonly #rowCounts: SlotDoubles = new SlotDoubles();
  /** 1: a row of the group has gone out. */
  readonly #existed: SlotFlags = new SlotFlags();
  /** 1: the group was touched in this round. */
  readonly #isTouched: SlotFlags = new SlotFlags();
  readonly #ttl: StateTtl;
  /** Groups touched in this round, in that order, with their results before. */
  #touched: Int32Array = new Int32Array(64);
  #touchedCount = 0;
  #before: Batch[] = [];
  #hashes: Int32Array = new Int32Array(0);
  readonly #rows: GroupRows = new GroupRows();

  constructor(
    spec: GroupAggregateOperator,
    inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    const types = (inputs[0] ?? []).map((field) => field.type);
    const { mode } = context;
    this.#spec = spec;
    this.#context = context;
    this.#lanes = spec.calls.map((call) => laneOf(call.type, mode));
    this.#table = new KeyTable(
      spec.keys.map((key) => types[key] ?? { kind: "null", nullable: true }),
      mode,
    );
    this.#aggregates = new AggregateSet(spec.calls, types, { mode, retracts: spec.retracts });
    this.#ttl = new StateTtl(context.stateTtlMs);
    for (const state of [this.#aggregates, this.#existed, this.#isTouched]) this.#table.attach(state);
    if (spec.retracts) this.#table.attach(this.#rowCounts);
    if (this.#ttl.isOn) this.#table.attach(this.#ttl.written);
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    if (!this.#spec.emitsEachRow) {
      this.#take(batch, round);
      return;
    }
    for (let row = 0; row < batch.rowCount; row += 1) {
      this.#take(slice(batch, row, row + 1), round);
      this.#emit(output);
    }
  }

  advance(_watermark: number, output: Output, round: RoundContext): void {
    this.#emit(output);
    this.#ttl.sweep(this.#table.slotCount, round, (slot) => {
      if (this.#table.isLive(slot)) this.#table.remove(slot);
    });
  }

  #take(batch: Batch, round: RoundContext): void {
    const { keys } = this.#spec;
    if (this.#hashes.length < batch.rowCount) this.#hashes = new Int32Array(batch.rowCount);
    hashRows(batch.columns, keys, batch.rowCount, this.#hashes);
    const rows = this.#rows;
    rows.begin(batch.rowCount);
    const isPlain = batch.kinds === undefined && !this.#spec.retracts && !this.#ttl.isOn;
    if (isPlain) {
      this.#table.upsertRows(batch.columns, keys, this.#hashes, batch.rowCount, rows.addSlots);
      rows.addAll(batch.rowCount);
    } else this.#findGroups(batch, round);
    this.#touch();
    if (rows.addCount > 0) this.#aggregates.add(batch, rows.addRows, rows.addSlots, rows.addCount);
    if (rows.retractCount > 0) {
      this.#aggregates.retract(batch, rows.retractRows, rows.retractSlots, rows.retractCount);
    }
  }

  /** Row by row: a row is taken back only from a group that has rows. */
  #findGroups(batch: Batch, round: RoundContext): void {
    const { keys, retracts } = this.#spec;
    const { columns, kinds } = batch;
    const counts = (): Float64Array => this.#rowCounts.values;
    for (let row = 0; row < batch.rowCount; row += 1) {
      const kind = kinds?.[row] ?? RowKind.insert;
      const hash = this.#hashes[row] as number;
      if (kind === RowKind.insert || kind === RowKind.updateAfter) {
        const slot = this.#table.upsert(columns, keys, row, hash);
        this.#expire(slot, round);
        if (retracts) counts()[slot] = (counts()[slot] as number) + 1;
        this.#rows.add(row, slot);
      } else {
        assert(retracts, "the plan says which aggregations have rows taken back");
        const slot = this.#table.find(columns, keys, row, hash);
        if (slot < 0) continue;
        this.#expire(slot, round);
        const count = counts()[slot] as number;
        if (count === 0) continue;
        counts()[slot] = count - 1;
        this.#rows.retract(row, slot);
      }
    }
  }

  /** A group that has outlived its time begins anew. */
  #expire(slot: number, round: RoundContext): void {
    if (!this.#ttl.isOn) return;
    if (
      this.#existed.values[slot] === 1 &&
      this.#isTouched.values[slot] === 0 &&
      this.#ttl.hasExpired(slot, round)
    ) {
      this.#aggregates.clear(slot);
      this.#existed.values[slot] = 0;
      if (this.#spec.retracts) this.#rowCounts.values[slot] = 0;
    }
    this.#ttl.touch(slot, round);
  }

  /** Notes the groups that are touched for the first time in the round, with what they are before. */
  #touch(): void {
    const from = this.#touchedCount;
    this.#touchSlots(this.#rows.addSlots, this.#rows.addCount);
    this.#touchSlots(this.#rows.retractSlots, this.#rows.retractCount);
    const count = this.#touchedCount - from;
    if (count === 0) return;
    const slots = this.#touched.subarray(from, this.#touchedCount);
    this.#before.push({ rowCount: count, columns: this.#aggregates.results(slots, count), kinds: undefined });
  }

  #touchSlots(slots: Int32Array, count: number): void {
    const isTouched = this.#isTouched.values;
    for (let at = 0; at < count; at += 1) {
      const slot = slots[at] as number;
      if (isTouched[slot] === 1) continue;
      isTouched[slot] = 1;
      if (this.#touchedCount === this.#touched.length) {
        const touched = new Int32Array(this.#touchedCount * 2);
        touched.set(this.#touched);
        this.#touched = touched;
      }
      this.#touched[this.#touchedCount] = slot;
      this.#touchedCount += 1;
    }
  }

  #emit(output: Output): void {
    const count = this.#touchedCount;
    if (count === 0) return;
    const slots = this.#touched.subarray(0, count);
    const fates = Uint8Array.from(slots, (slot) => this.#fateOf(slot));
    const keys = this.#table.gatherKeys(slots, count);
    const before = concat(this.#before, this.#lanes).columns as readonly Column[];
    const after = this.#aggregates.results(slots, count);
    const style = { emitsUpdateBefore: this.#spec.emitsUpdateBefore, emitsUnchanged: this.#ttl.isOn };
    this.#settle(slots, fates);
    this.#touchedCount = 0;
    this.#before = [];
    emitChanges(fates, keys, before, after, this.#lanes, style, output);
  }

  #fateOf(slot: number): GroupFate {
    const existed = this.#existed.values[slot] === 1;
    const hasRows = !this.#spec.retracts || (this.#rowCounts.values[slot] as number) > 0;
    const exists = hasRows || (existed && this.#spec.keys.length === 0);
    if (!existed) return exists ? GroupFate.created : GroupFate.none;
    return exists ? GroupFate.kept : GroupFate.deleted;
  }

  #settle(slots: Int32Array, fates: Uint8Array): void {
    fates.forEach((fate, at) => {
      const slot = slots[at] as number;
      if (fate === GroupFate.created || fate === GroupFate.kept) {
        this.#existed.values[slot] = 1;
        this.#isTouched.values[slot] = 0;
      } else this.#table.remove(slot);
    });
  }

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    const rowCount = this.#table.slotCount;
    const columns = this.#table.snapshot();
    const parts: OperatorSnapshot["parts"][number][] = [];
    if (this.#spec.retracts) columns.push(this.#rowCounts.snapshot("rows", rowCount));
    if (this.#ttl.isOn) columns.push(this.#ttl.written.snapshot("written", rowCount));
    this.#aggregates.save({ columns, parts, prefix: "" }, rowCount);
    return { version, mode: this.#context.mode, parts: [{ name: "groups", rowCount, columns }, ...parts] };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    const parts = snapshots.map((snapshot) => partOf(snapshot, "groups"));
    const mappings = this.#table.restore(parts, this.#context.keyGroups);
    const saved = snapshots.map((snapshot, at) => ({
      snapshot,
      part: parts[at] as OperatorSnapshot["parts"][number],
      prefix: "",
      mapping: mappings[at] as Int32Array,
    }));
    this.#aggregates.restore(saved);
    for (const { part, mapping } of saved) {
      if (this.#spec.retracts) this.#rowCounts.restore(columnOf(part, "rows"), mapping);
      for (const slot of mapping) if (slot >= 0) this.#existed.values[slot] = 1;
      const written = part.columns.find((column) => column.name === "written");
      if (this.#ttl.isOn && written !== undefined) this.#ttl.written.restore(written, mapping);
    }
  }

  stateBytes(): number {
    return this.#table.bytes + this.#aggregates.bytes + this.#rowCounts.bytes + this.#existed.bytes * 2;
  }
}
