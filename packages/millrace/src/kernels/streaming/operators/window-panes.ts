import type { Field } from "../../../sql/flink/types.ts";
import type { Batch, Column } from "../batch.ts";
import { hashRows } from "../columns/index.ts";
import type { OperatorContext, OperatorSnapshot, Output } from "../operator.ts";
import type { WindowAggregateOperator } from "../plan/physical-plan.ts";
import { columnOf, partOf } from "../state/index.ts";
import { maxRowsPerWindowBatch, type WindowOutput } from "./window-output.ts";
import { type PaneShape, type SavedPane, WindowPane } from "./window-pane.ts";

const version = 1;

/** Panes by a time that names them, and the rows of a batch dealt to them. */
export class WindowPanes {
  readonly #shape: PaneShape;
  readonly #context: OperatorContext;
  readonly #panes = new Map<number, WindowPane>();
  #hashes: Int32Array = new Int32Array(0);
  #rows: Int32Array = new Int32Array(0);
  #slots: Int32Array = new Int32Array(0);

  /** @param extraKeys columns that tell groups apart behind the keys; they are not hashed */
  constructor(
    spec: WindowAggregateOperator,
    input: readonly Field[],
    extraKeys: readonly number[],
    context: OperatorContext,
  ) {
    const types = input.map((field) => field.type);
    const keys = [...spec.keys, ...extraKeys];
    this.#shape = {
      keyTypes: keys.map((key) => types[key] ?? { kind: "null", nullable: true }),
      keys,
      calls: spec.calls,
      types,
      mode: context.mode,
    };
    this.#context = context;
  }

  get names(): Iterable<number> {
    return this.#panes.keys();
  }

  has(name: number): boolean {
    return this.#panes.has(name);
  }

  find(name: number): WindowPane | undefined {
    return this.#panes.get(name);
  }

  open(name: number): WindowPane {
    let pane = this.#panes.get(name);
    if (pane === undefined) {
      pane = this.blank();
      this.#panes.set(name, pane);
    }
    return pane;
  }

  /** A pane that is not among these. */
  blank(): WindowPane {
    return new WindowPane(this.#shape);
  }

  delete(name: number): void {
    this.#panes.delete(name);
  }

  /** Hashes the keys of a batch, for `addRows`. @param keys those that say where the group lives */
  hash(batch: Batch, keys: readonly number[]): void {
    if (this.#hashes.length < batch.rowCount) {
      this.#hashes = new Int32Array(batch.rowCount);
      this.#rows = new Int32Array(batch.rowCount);
      this.#slots = new Int32Array(batch.rowCount);
    }
    hashRows(batch.columns, keys, batch.rowCount, this.#hashes);
  }

  /** Adds each row to the pane of its place. @param places by row: an index into `names`, or -1 */
  addRows(batch: Batch, places: Int32Array, names: readonly number[]): void {
    const ends = new Int32Array(names.length);
    for (let row = 0; row < batch.rowCount; row += 1) {
      const place = places[row] as number;
      if (place >= 0) ends[place] = (ends[place] as number) + 1;
    }
    let begin = 0;
    for (let place = 0; place < names.length; place += 1) {
      const count = ends[place] as number;
      ends[place] = begin;
      begin += count;
    }
    for (let row = 0; row < batch.rowCount; row += 1) {
      const place = places[row] as number;
      if (place < 0) continue;
      this.#rows[ends[place] as number] = row;
      ends[place] = (ends[place] as number) + 1;
    }
    names.forEach((name, place) => {
      const from = place === 0 ? 0 : (ends[place - 1] as number);
      const to = ends[place] as number;
      const rows = this.#rows.subarray(from, to);
      this.open(name).add(batch, this.#hashes, rows, to - from, this.#slots);
    });
  }

  snapshot(progress: number): OperatorSnapshot {
    const names = Float64Array.from(this.#panes.keys());
    const progressColumn = { name: "progress", values: Float64Array.of(progress), nulls: undefined };
    const parts: OperatorSnapshot["parts"][number][] = [
      { name: "progress", rowCount: 1, columns: [progressColumn] },
      { name: "panes", rowCount: names.length, columns: [{ name: "name", values: names, nulls: undefined }] },
    ];
    [...this.#panes.values()].forEach((pane, at) => {
      pane.save(`pane${at}`, parts);
    });
    return { version, mode: this.#context.mode, parts };
  }

  /** @returns the least progress of the subtasks that had saved */
  restore(snapshots: readonly OperatorSnapshot[]): number {
    const saved = new Map<number, SavedPane[]>();
    let progress = Number.POSITIVE_INFINITY;
    for (const snapshot of snapshots) {
      progress = Math.min(progress, columnOf(partOf(snapshot, "progress"), "progress").values[0] as number);
      const names = columnOf(partOf(snapshot, "panes"), "name").values as Float64Array;
      names.forEach((name, at) => {
        const list = saved.get(name) ?? [];
        list.push({ snapshot, name: `pane${at}` });
        saved.set(name, list);
      });
    }
    for (const [name, list] of saved) {
      const pane = this.blank();
      pane.restore(list, this.#context.keyGroups);
      if (pane.size > 0) this.#panes.set(name, pane);
    }
    return progress === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : progress;
  }

  get bytes(): number {
    let bytes = 0;
    for (const pane of this.#panes.values()) bytes += pane.bytes;
    return bytes;
  }
}

/** All groups of a pane, in the order in which they came. @param startOf of windows whose starts are keys */
export function emitPane(
  pane: WindowPane,
  keyCount: number,
  window: { readonly start: number | "key"; readonly end: number },
  windowOutput: WindowOutput,
  output: Output,
): void {
  for (let from = 0; from < pane.size; from += maxRowsPerWindowBatch) {
    const count = Math.min(maxRowsPerWindowBatch, pane.size - from);
    const slots = Int32Array.from({ length: count }, (_, at) => from + at);
    const keys = pane.keys(slots, count);
    const starts =
      window.start === "key"
        ? ((keys[keyCount] as Column).values as Float64Array)
        : new Float64Array(count).fill(window.start);
    const properties = windowOutput.columns(starts, new Float64Array(count).fill(window.end));
    output.push({
      rowCount: count,
      columns: [...keys.slice(0, keyCount), ...pane.results(slots, count), ...properties],
      kinds: undefined,
    });
  }
}
