import type { Field } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { WindowAggregateOperator, WindowSource } from "../plan/physical-plan.ts";
import { assertInserts } from "./insert-only.ts";
import { WindowOutput } from "./window-output.ts";
import { emitPane, WindowPanes } from "./window-panes.ts";
import { WindowZone } from "./window-zone.ts";

export type ColumnWindow = Extract<WindowSource, { readonly kind: "columns" }>;

const noPlace = -1;

/**
 * Windows that an operator before has put into columns. A pane holds the windows of one end; those of different
 * starts, as sessions are, are told apart by the start as a key. Rows of a window that has closed are late.
 */
export class WindowAggregateColumns implements Operator {
  readonly #spec: WindowAggregateOperator;
  readonly #window: ColumnWindow;
  readonly #context: OperatorContext;
  readonly #zone: WindowZone;
  readonly #output: WindowOutput;
  /** By the end of the window. */
  readonly #panes: WindowPanes;
  #progress: number = Number.NEGATIVE_INFINITY;
  #nextCloseMs: number = Number.POSITIVE_INFINITY;
  #late = 0;
  #places: Int32Array = new Int32Array(0);

  constructor(
    spec: WindowAggregateOperator,
    window: ColumnWindow,
    inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    this.#spec = spec;
    this.#window = window;
    this.#context = context;
    this.#zone = new WindowZone(window.isLocalTime ? context.timeZone : undefined);
    this.#output = new WindowOutput(spec, fields, this.#zone);
    this.#panes = new WindowPanes(spec, inputs[0] ?? [], [window.startColumn], context);
  }

  process(_input: number, batch: Batch): void {
    assertInserts(batch, this.#context.name);
    if (this.#places.length < batch.rowCount) this.#places = new Int32Array(batch.rowCount);
    const ends = this.#assign(batch);
    if (ends.length === 0) return;
    this.#panes.hash(batch, this.#spec.keys);
    this.#panes.addRows(batch, this.#places, ends);
    for (const end of ends) this.#nextCloseMs = Math.min(this.#nextCloseMs, this.#closesAt(end));
  }

  #assign(batch: Batch): readonly number[] {
    const column = batch.columns[this.#window.endColumn];
    const values = column?.values as Float64Array;
    const ends: number[] = [];
    const known = new Map<number, number>();
    let [last, place, missing] = [Number.NaN, noPlace, 0];
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (column?.nulls !== undefined && column.nulls[row] === 1) {
        this.#places[row] = noPlace;
        missing += 1;
        continue;
      }
      const end = values[row] as number;
      if (end !== last) {
        const found = known.get(end);
        place = found ?? (this.#closesAt(end) <= this.#progress ? noPlace : ends.push(end) - 1);
        if (found === undefined) known.set(end, place);
        last = end;
      }
      this.#places[row] = place;
      if (place === noPlace) this.#late += 1;
    }
    if (missing > 0) this.#context.count("window is NULL", missing);
    return ends;
  }

  #closesAt(end: number): number {
    // By the clock a window is over when its last millisecond is: rows of it may come until then.
    return this.#zone.closesAt(end) + (this.#window.isEventTime ? 0 : 1);
  }

  advance(watermark: number, output: Output, round: RoundContext): void {
    const progress = this.#window.isEventTime ? watermark : round.nowMs;
    if (this.#window.isEventTime && progress > this.#progress) this.#progress = progress;
    if (progress < this.#nextCloseMs) return;
    const closed = Float64Array.from(this.#panes.names)
      .filter((end) => this.#closesAt(end) <= progress)
      .sort();
    for (const end of closed) {
      const pane = this.#panes.find(end);
      const window = { start: "key", end } as const;
      if (pane !== undefined) emitPane(pane, this.#spec.keys.length, window, this.#output, output);
      this.#panes.delete(end);
    }
    this.#nextCloseMs = this.#findNextClose();
  }

  #findNextClose(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const end of this.#panes.names) next = Math.min(next, this.#closesAt(end));
    return next;
  }

  wakeAtMs(): number | undefined {
    if (this.#window.isEventTime || this.#nextCloseMs === Number.POSITIVE_INFINITY) return undefined;
    return this.#nextCloseMs;
  }

  snapshot(): OperatorSnapshot {
    return this.#panes.snapshot(this.#progress);
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    this.#progress = this.#panes.restore(snapshots);
    this.#nextCloseMs = this.#findNextClose();
  }

  stateBytes(): number {
    return this.#panes.bytes;
  }

  lateRows(): number {
    return this.#late;
  }
}
