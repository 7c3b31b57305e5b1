import type { WindowShape } from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { AggregateSet } from "../aggregates/index.ts";
import type { Batch } from "../batch.ts";
import { hashRows } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { WindowAggregateOperator, WindowSource } from "../plan/physical-plan.ts";
import { columnOf, partOf, TimerHeap } from "../state/index.ts";
import { GroupRows } from "./group-rows.ts";
import { assertInserts } from "./insert-only.ts";
import { SessionTable } from "./session-table.ts";
import { maxRowsPerWindowBatch, WindowOutput } from "./window-output.ts";
import { WindowZone } from "./window-zone.ts";

export type SessionWindow = Extract<WindowSource, { readonly kind: "time" }> & {
  readonly shape: Extract<WindowShape, { readonly kind: "session" }>;
};

const version = 1;

/**
 * SESSION: rows of a key that are no more than the gap apart are one window, from the first row to the gap behind
 * the last. A row may join two sessions into one. It is late when it touches no open session and its own would
 * have closed. Sessions go out by their ends; those of one end in the order in which they began to be.
 */
export class WindowAggregateSession implements Operator {
  readonly #spec: WindowAggregateOperator;
  readonly #window: SessionWindow;
  readonly #context: OperatorContext;
  readonly #zone: WindowZone;
  readonly #output: WindowOutput;
  readonly #table: SessionTable;
  readonly #aggregates: AggregateSet;
  /** Sessions by when they close, as far as was known when they were put there. */
  readonly #timers: TimerHeap = new TimerHeap();
  readonly #rows: GroupRows = new GroupRows();
  #hashes: Int32Array = new Int32Array(0);
  #progress: number = Number.NEGATIVE_INFINITY;
  #late = 0;

  constructor(
    spec: WindowAggregateOperator,
    window: SessionWindow,
    inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    const input = inputs[0] ?? [];
    const types = input.map((field) => field.type);
    this.#spec = spec;
    this.#window = window;
    this.#context = context;
    const isInstant = types[window.timeColumn]?.kind === "timestamp_ltz";
    this.#zone = new WindowZone(isInstant ? context.timeZone : undefined);
    this.#output = new WindowOutput(spec, fields, this.#zone);
    this.#table = new SessionTable(
      spec.keys.map((key) => types[key] ?? { kind: "null", nullable: true }),
      context.mode,
    );
    this.#aggregates = new AggregateSet(spec.calls, types, { mode: context.mode, retracts: false });
    this.#table.attach(this.#aggregates);
  }

  process(_input: number, batch: Batch, _output: Output, round: RoundContext): void {
    assertInserts(batch, this.#context.name);
    if (this.#hashes.length < batch.rowCount) this.#hashes = new Int32Array(batch.rowCount);
    hashRows(batch.columns, this.#spec.keys, batch.rowCount, this.#hashes);
    this.#rows.begin(batch.rowCount);
    const { isEventTime, timeColumn } = this.#window;
    const column = isEventTime ? batch.columns[timeColumn] : undefined;
    let missing = 0;
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (column?.nulls !== undefined && column.nulls[row] === 1) {
        missing += 1;
        continue;
      }
      const instant = column === undefined ? round.nowMs : Math.floor(column.values[row] as number);
      const session = this.#place(batch, row, this.#zone.toLocal(instant));
      if (session < 0) this.#late += 1;
      else this.#rows.add(row, session);
    }
    this.#addRows(batch);
    if (missing > 0) this.#context.count("time is NULL", missing);
  }

  #addRows(batch: Batch): void {
    const rows = this.#rows;
    if (rows.addCount > 0) this.#aggregates.add(batch, rows.addRows, rows.addSlots, rows.addCount);
    rows.addCount = 0;
  }

  /** The session of a row, which it may begin, lengthen, or join out of several; -1: it is late. */
  #place(batch: Batch, row: number, time: number): number {
    const { columns } = batch;
    const hash = this.#hashes[row] as number;
    let start = time;
    let end = time + this.#window.shape.gapMs;
    let found = -1;
    let session = this.#table.first(this.#table.keys.find(columns, this.#spec.keys, row, hash));
    while (session >= 0) {
      const next = this.#table.next(session);
      if (this.#table.startOf(session) <= end && this.#table.endOf(session) >= start) {
        start = Math.min(start, this.#table.startOf(session));
        end = Math.max(end, this.#table.endOf(session));
        found = found < 0 ? session : this.#join(batch, found, session);
      }
      session = next;
    }
    if (found < 0) {
      const isLate = this.#window.isEventTime && this.#zone.closesAt(end) <= this.#progress;
      if (isLate) return -1;
      found = this.#table.open(columns, this.#spec.keys, row, hash);
      this.#timers.add(this.#closesAt(end), found);
    }
    this.#table.setBounds(found, start, end);
    return found;
  }

  /** Two sessions become the elder one. */
  #join(batch: Batch, one: number, other: number): number {
    const isElder = this.#table.serialOf(one) < this.#table.serialOf(other);
    const [kept, gone] = isElder ? [one, other] : [other, one];
    this.#addRows(batch);
    this.#aggregates.merge(this.#aggregates, Int32Array.of(gone), Int32Array.of(kept), 1);
    this.#table.close(gone);
    return kept;
  }

  #closesAt(end: number): number {
    return this.#zone.closesAt(end) + (this.#window.isEventTime ? 0 : 1);
  }

  advance(watermark: number, output: Output, round: RoundContext): void {
    const progress = this.#window.isEventTime ? watermark : round.nowMs;
    if (progress > this.#progress) this.#progress = progress;
    const closed = new Set<number>();
    while (this.#timers.size > 0 && this.#timers.firstMs <= this.#progress) {
      const session = this.#timers.take();
      if (!this.#table.isLive(session)) continue;
      const closesAt = this.#closesAt(this.#table.endOf(session));
      if (closesAt <= this.#progress) closed.add(session);
      else this.#timers.add(closesAt, session);
    }
    if (closed.size > 0) this.#emit([...closed], output);
  }

  #emit(sessions: readonly number[], output: Output): void {
    const table = this.#table;
    const sorted = sessions.toSorted(
      (a, b) => table.endOf(a) - table.endOf(b) || table.serialOf(a) - table.serialOf(b) || a - b,
    );
    for (let from = 0; from < sorted.length; from += maxRowsPerWindowBatch) {
      const slots = Int32Array.from(sorted.slice(from, from + maxRowsPerWindowBatch));
      const keys = slots.map((session) => table.keyOf(session));
      const starts = Float64Array.from(slots, (session) => table.startOf(session));
      const ends = Float64Array.from(slots, (session) => table.endOf(session));
      output.push({
        rowCount: slots.length,
        columns: [
          ...table.keys.gatherKeys(keys, slots.length),
          ...this.#aggregates.results(slots, slots.length),
          ...this.#output.columns(starts, ends),
        ],
        kinds: undefined,
      });
    }
    for (const session of sorted) table.close(session);
  }

  wakeAtMs(): number | undefined {
    if (this.#window.isEventTime || this.#timers.size === 0) return undefined;
    return this.#timers.firstMs;
  }

  snapshot(): OperatorSnapshot {
    const { keys, sessions } = this.#table.snapshot();
    const rowCount = this.#table.sessionCount;
    const parts: OperatorSnapshot["parts"][number][] = [];
    this.#aggregates.save({ columns: sessions, parts, prefix: "" }, rowCount);
    const column = { name: "progress", values: Float64Array.of(this.#progress), nulls: undefined };
    const progress = { name: "progress", rowCount: 1, columns: [column] };
    const own = { name: "sessions", rowCount, columns: sessions };
    return { version, mode: this.#context.mode, parts: [progress, keys, own, ...parts] };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    const mappings = this.#table.restore(snapshots, this.#context.keyGroups);
    this.#aggregates.restore(
      snapshots.map((snapshot, at) => ({
        snapshot,
        part: partOf(snapshot, "sessions"),
        prefix: "",
        mapping: mappings[at] as Int32Array,
      })),
    );
    const progress = snapshots.map(
      (snapshot) => columnOf(partOf(snapshot, "progress"), "progress").values[0] as number,
    );
    this.#progress = progress.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...progress);
    for (let session = 0; session < this.#table.sessionCount; session += 1) {
      if (this.#table.isLive(session)) this.#timers.add(this.#closesAt(this.#table.endOf(session)), session);
    }
  }

  stateBytes(): number {
    return this.#table.bytes + this.#aggregates.bytes + this.#timers.bytes;
  }

  lateRows(): number {
    return this.#late;
  }
}
