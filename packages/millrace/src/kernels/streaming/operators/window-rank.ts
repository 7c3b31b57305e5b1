import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import { type Batch, type Column, RowKind } from "../batch.ts";
import { BatchBuilder, ColumnBuilder, hashRow, lanesOf } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { WindowRankOperator } from "../plan/physical-plan.ts";
import { KeyedRows } from "../state/index.ts";
import { outgrown } from "./deduplicate.ts";
import { RowOrder } from "./row-order.ts";
import { WindowBounds } from "./window-bounds.ts";

/**
 * Top-N of each window and key, put out when the window closes. Keeps at most N rows a key and window, in their
 * order; of equal ones the first to come. Rows whose window has closed are dropped and counted.
 */
export class WindowRank implements Operator {
  readonly #spec: WindowRankOperator;
  readonly #context: OperatorContext;
  readonly #bounds: WindowBounds;
  readonly #order: RowOrder;
  readonly #types: readonly FlinkType[];
  readonly #keyTypes: readonly FlinkType[];
  /** By the window's end. */
  readonly #windows = new Map<number, KeyedRows>();
  #progress: number = Number.NEGATIVE_INFINITY;
  #late = 0;

  constructor(
    spec: WindowRankOperator,
    inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    this.#spec = spec;
    this.#context = context;
    this.#bounds = new WindowBounds(spec.window, context);
    this.#order = new RowOrder(spec.order);
    this.#types = (inputs[0] ?? []).map(({ type }) => type);
    this.#keyTypes = spec.partition.map((column) => this.#types[column] ?? { kind: "null", nullable: true });
  }

  process(_input: number, batch: Batch): void {
    for (let row = 0; row < batch.rowCount; row += 1) {
      const end = this.#bounds.endOf(batch, row);
      if (this.#bounds.closesAt(end) <= this.#progress) this.#late += 1;
      else this.#insert(this.#window(end), batch.columns, row);
    }
    if (this.stateBytes() > this.#context.maxStateBytes) throw outgrown(this.#context);
  }

  #window(end: number): KeyedRows {
    const known = this.#windows.get(end);
    if (known !== undefined) return known;
    const rows = new KeyedRows({ keys: this.#keyTypes, rows: this.#types }, this.#context.mode);
    this.#windows.set(end, rows);
    return rows;
  }

  /** Behind all that are not above it, unless it would be the one too many. */
  #insert(window: KeyedRows, columns: readonly Column[], row: number): void {
    const { partition, to } = this.#spec;
    if (to < 1) return;
    const key = window.keys.upsert(columns, partition, row, hashRow(columns, partition, row));
    const stored = window.rows.views();
    let previous = window.last(key);
    while (previous >= 0 && this.#order.compare(columns, row, stored, previous) < 0)
      previous = window.previous(previous);
    const isFull = window.countOf(key) >= to;
    if (isFull && previous === window.last(key)) return;
    window.insertBehind(previous, key, columns, row);
    if (isFull) window.remove(window.last(key));
  }

  advance(watermark: number, output: Output, round: RoundContext): void {
    this.#progress = this.#bounds.progress(watermark, round);
    const closed = [...this.#windows.keys()].filter((end) => this.#bounds.closesAt(end) <= this.#progress);
    for (const end of closed.sort((a, b) => a - b)) {
      const window = this.#windows.get(end);
      this.#windows.delete(end);
      if (window !== undefined) this.#emit(window, output);
    }
  }

  #emit(window: KeyedRows, output: Output): void {
    const { from, emitsRank } = this.#spec;
    const builder = new BatchBuilder(lanesOf(this.#types, this.#context.mode));
    const ranks = new ColumnBuilder(this.#context.mode === "exact" ? "i64" : "f64");
    const stored = window.rows.views();
    for (let key = 0; key < window.keys.slotCount; key += 1) {
      if (!window.keys.isLive(key)) continue;
      let rank = 0;
      for (let row = window.first(key); row >= 0; row = window.next(row)) {
        rank += 1;
        if (rank < from) continue;
        builder.appendRow(stored, row, RowKind.insert);
        if (emitsRank) ranks.append(this.#context.mode === "exact" ? BigInt(rank) : rank);
      }
    }
    const rows = builder.take();
    if (rows === undefined) return;
    output.push(emitsRank ? { ...rows, columns: [...rows.columns, ranks.finish()] } : rows);
  }

  wakeAtMs(): number | undefined {
    return this.#bounds.wakeAtMs(this.#windows.keys());
  }

  snapshot(): OperatorSnapshot {
    const parts = [...this.#windows].flatMap(([end, window]) => window.snapshot(`window ${end}`));
    const progress = { name: "progress", values: Float64Array.of(this.#progress), nulls: undefined };
    parts.push({ name: "progress", rowCount: 1, columns: [progress] });
    return { version: 1, mode: this.#context.mode, parts };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    for (const end of savedWindows(snapshots, "window "))
      this.#window(end).restore(`window ${end}`, snapshots, this.#context.keyGroups);
    this.#progress = savedProgress(snapshots);
  }

  stateBytes(): number {
    let bytes = 0;
    for (const window of this.#windows.values()) bytes += window.bytes;
    return bytes;
  }

  lateRows(): number {
    return this.#late;
  }
}

/** Ends of windows of which snapshots have a part `<prefix><end> keys`, in their order. */
export function savedWindows(snapshots: readonly OperatorSnapshot[], prefix: string): readonly number[] {
  const ends = new Set<number>();
  for (const { parts } of snapshots)
    for (const { name } of parts)
      if (name.startsWith(prefix) && name.endsWith(" keys"))
        ends.add(Number(name.slice(prefix.length, -" keys".length)));
  return [...ends];
}

/** What had come of time: the least of all subtasks' answers. */
export function savedProgress(snapshots: readonly OperatorSnapshot[]): number {
  const times = snapshots.map(
    ({ parts }) => parts.find(({ name }) => name === "progress")?.columns[0]?.values[0],
  );
  return times.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...times.map((time) => time as number));
}
