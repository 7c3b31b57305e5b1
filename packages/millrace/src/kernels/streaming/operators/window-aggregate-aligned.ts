import type { Field } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { WindowAggregateOperator, WindowSource } from "../plan/physical-plan.ts";
import { assertInserts } from "./insert-only.ts";
import { WindowOutput } from "./window-output.ts";
import type { WindowPane } from "./window-pane.ts";
import { emitPane, WindowPanes } from "./window-panes.ts";
import { type AlignedShape, WindowSlices } from "./window-slices.ts";
import { WindowZone } from "./window-zone.ts";

export type AlignedWindow = Extract<WindowSource, { readonly kind: "time" }> & {
  readonly shape: AlignedShape;
};

/** Rows that go to no pane. */
const noPlace = -1;

/**
 * TUMBLE, HOP and CUMULATE over a time attribute. Rows are aggregated by slice; a window is put together of its
 * slices when it closes, and a slice is dropped behind its last window. A row whose last window has closed is
 * late: dropped and counted. One whose windows have closed in part counts in the others.
 *
 * Of CUMULATE what the closed slices of a beginning hold lies in one pane, to which each next slice is added.
 */
export class WindowAggregateAligned implements Operator {
  readonly #spec: WindowAggregateOperator;
  readonly #window: AlignedWindow;
  readonly #context: OperatorContext;
  readonly #slices: WindowSlices;
  readonly #zone: WindowZone;
  readonly #output: WindowOutput;
  /** By the end of the slice; of CUMULATE also sums, by the start of their windows less half a millisecond. */
  readonly #panes: WindowPanes;
  /** The watermark, or the time: windows up to it have closed. */
  #progress: number = Number.NEGATIVE_INFINITY;
  /** When the next window closes. */
  #nextCloseMs: number = Number.POSITIVE_INFINITY;
  #late = 0;
  #places: Int32Array = new Int32Array(0);

  constructor(
    spec: WindowAggregateOperator,
    window: AlignedWindow,
    inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    const input = inputs[0] ?? [];
    this.#spec = spec;
    this.#window = window;
    this.#context = context;
    this.#slices = new WindowSlices(window.shape);
    const isInstant = input[window.timeColumn]?.type.kind === "timestamp_ltz";
    this.#zone = new WindowZone(isInstant ? context.timeZone : undefined);
    this.#output = new WindowOutput(spec, fields, this.#zone);
    this.#panes = new WindowPanes(spec, input, [], context);
  }

  process(_input: number, batch: Batch, _output: Output, round: RoundContext): void {
    assertInserts(batch, this.#context.name);
    if (this.#places.length < batch.rowCount) this.#places = new Int32Array(batch.rowCount);
    const names = this.#assign(batch, round);
    if (names.length === 0) return;
    this.#panes.hash(batch, this.#spec.keys);
    this.#panes.addRows(batch, this.#places, names);
  }

  /** Finds the pane of each row: `#places` holds indexes into the names that are answered. */
  #assign(batch: Batch, round: RoundContext): readonly number[] {
    const { isEventTime, timeColumn } = this.#window;
    const places = this.#places;
    if (!isEventTime) {
      const nowMs = Math.max(round.nowMs, this.#progress);
      const name = this.#paneOf(this.#slices.sliceEnd(this.#zone.toLocal(nowMs)));
      places.fill(name === undefined ? noPlace : 0, 0, batch.rowCount);
      return name === undefined ? [] : [name];
    }
    const column = batch.columns[timeColumn];
    const times = column?.values as Float64Array;
    const nulls = column?.nulls;
    const names: number[] = [];
    const known = new Map<number, number>();
    let [from, to, place, missing] = [1, 0, noPlace, 0];
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (nulls !== undefined && nulls[row] === 1) {
        places[row] = noPlace;
        missing += 1;
        continue;
      }
      const time = this.#zone.toLocal(times[row] as number);
      if (time < from || time >= to) {
        to = this.#slices.sliceEnd(time);
        from = this.#slices.sliceStart(to);
        place = known.get(to) ?? this.#place(to, names);
        known.set(to, place);
      }
      places[row] = place;
      if (place === noPlace && this.#isInWindow(to)) this.#late += 1;
    }
    if (missing > 0) this.#context.count("time is NULL", missing);
    return names;
  }

  #place(sliceEnd: number, names: number[]): number {
    const name = this.#paneOf(sliceEnd);
    return name === undefined ? noPlace : names.push(name) - 1;
  }

  /** Windows may leave gaps. */
  #isInWindow(sliceEnd: number): boolean {
    return this.#slices.lastWindowEnd(sliceEnd) >= this.#slices.firstWindowEnd(sliceEnd);
  }

  /** The name of the pane for rows of a slice; undefined: there is no window for them any more. */
  #paneOf(sliceEnd: number): number | undefined {
    const last = this.#slices.lastWindowEnd(sliceEnd);
    const end = this.#firstOpen(this.#slices.firstWindowEnd(sliceEnd), last, this.#progress);
    if (end > last) return undefined;
    this.#nextCloseMs = Math.min(this.#nextCloseMs, this.#closesAt(end));
    const isSliceClosed = this.#slices.isCumulative && end > sliceEnd;
    return isSliceClosed ? this.#sumName(sliceEnd) : sliceEnd;
  }

  #closesAt(end: number): number {
    // By the clock a window is over when its last millisecond is.
    return this.#zone.closesAt(end) + (this.#window.isEventTime ? 0 : 1);
  }

  #hasClosed(end: number): boolean {
    return this.#closesAt(end) <= this.#progress;
  }

  /** The end of the first window that is open at a point of progress, beyond `last` if none is. */
  #firstOpen(first: number, last: number, progress: number): number {
    if (first > last || this.#closesAt(first) > progress) return first;
    // Windows close in their order, so the border is found by halving: a slice may be part of very many.
    const stepMs = this.#slices.nextWindowEnd(first) - first;
    let [closed, open] = [0, Math.round((last - first) / stepMs) + 1];
    while (open - closed > 1) {
      const middle = Math.floor((closed + open) / 2);
      if (this.#closesAt(first + middle * stepMs) > progress) open = middle;
      else closed = middle;
    }
    return first + open * stepMs;
  }

  advance(watermark: number, output: Output, round: RoundContext): void {
    const before = this.#progress;
    const progress = this.#window.isEventTime ? watermark : round.nowMs;
    if (progress > before) this.#progress = progress;
    if (this.#progress < this.#nextCloseMs) return;
    for (const end of this.#closing(before)) this.#close(end, output);
    this.#dropPanes();
    this.#nextCloseMs = this.#findNextClose();
  }

  /** The ends of the windows that close between two points of progress and hold something. */
  #closing(before: number): Float64Array {
    const ends = new Set<number>();
    for (const name of this.#panes.names) {
      const [first, last] = this.#windowsOf(name);
      let end = this.#firstOpen(first, last, before);
      for (; end <= last && this.#hasClosed(end); end = this.#slices.nextWindowEnd(end)) ends.add(end);
    }
    return Float64Array.from(ends).sort();
  }

  /** The ends of the first and the last window that a pane is part of. */
  #windowsOf(name: number): readonly [first: number, last: number] {
    if (!this.#isSum(name)) {
      return [this.#slices.firstWindowEnd(name), this.#slices.lastWindowEnd(name)];
    }
    const firstSlice = this.#slices.sliceEnd(name + 0.5);
    return [firstSlice, this.#slices.lastWindowEnd(firstSlice)];
  }

  #close(end: number, output: Output): void {
    const pane = this.#slices.isCumulative ? this.#addToSum(end) : this.#windowPane(end);
    if (pane === undefined || pane.size === 0) return;
    const window = { start: this.#slices.windowStart(end), end };
    emitPane(pane, this.#spec.keys.length, window, this.#output, output);
  }

  #windowPane(end: number): WindowPane | undefined {
    const panes: WindowPane[] = [];
    for (let slice = this.#slices.firstSliceEnd(end); slice <= end; slice += this.#slices.sliceMs) {
      const pane = this.#panes.find(slice);
      if (pane !== undefined) panes.push(pane);
    }
    if (panes.length <= 1) return panes[0];
    const whole = this.#panes.blank();
    for (const pane of panes) whole.merge(pane);
    return whole;
  }

  #addToSum(end: number): WindowPane {
    const sum = this.#panes.open(this.#sumName(end));
    const slice = this.#panes.find(end);
    if (slice !== undefined) {
      sum.merge(slice);
      this.#panes.delete(end);
    }
    return sum;
  }

  /** Names of sums lie between those of slices, which are whole milliseconds. */
  #sumName(sliceEnd: number): number {
    return this.#slices.windowStart(sliceEnd) - 0.5;
  }

  #isSum(name: number): boolean {
    return !Number.isInteger(name);
  }

  #dropPanes(): void {
    for (const name of [...this.#panes.names]) {
      const [, last] = this.#windowsOf(name);
      if (this.#hasClosed(last)) this.#panes.delete(name);
    }
  }

  #findNextClose(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const name of this.#panes.names) {
      const [first, last] = this.#windowsOf(name);
      const end = this.#firstOpen(first, last, this.#progress);
      if (end <= last) next = Math.min(next, this.#closesAt(end));
    }
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
