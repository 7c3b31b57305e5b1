import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import { type Batch, RowKind } from "../batch.ts";
import { hashRow } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { WindowJoinOperator } from "../plan/physical-plan.ts";
import { KeyedRows } from "../state/index.ts";
import { outgrown } from "./deduplicate.ts";
import { hasNullKey } from "./join-keys.ts";
import { JoinedBatches, PairCondition } from "./joined-batches.ts";
import { WindowBounds } from "./window-bounds.ts";
import { savedProgress, savedWindows } from "./window-rank.ts";

/** Candidates that the condition is asked about at once. */
const pairsPerQuestion = 4096;

/** Both sides of a window that is open. */
interface OpenWindow {
  readonly left: KeyedRows;
  readonly right: KeyedRows;
}

/**
 * Joins rows of the same window when it closes. Keeps all rows of open windows; rows whose window has closed are
 * dropped and counted. Left rows come out in the order of their keys' first rows, then right ones without a match.
 */
export class WindowJoin implements Operator {
  readonly #spec: WindowJoinOperator;
  readonly #context: OperatorContext;
  readonly #bounds: readonly [left: WindowBounds, right: WindowBounds];
  readonly #types: readonly (readonly FlinkType[])[];
  readonly #keyTypes: readonly (readonly FlinkType[])[];
  readonly #condition: PairCondition;
  readonly #windows = new Map<number, OpenWindow>();
  #progress: number = Number.NEGATIVE_INFINITY;
  #late = 0;

  constructor(
    spec: WindowJoinOperator,
    inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    this.#spec = spec;
    this.#context = context;
    this.#bounds = [new WindowBounds(spec.left, context), new WindowBounds(spec.right, context)];
    this.#types = inputs.map((fields) => fields.map(({ type }) => type));
    this.#keyTypes = [spec.keys.left, spec.keys.right].map((keys, side) =>
      keys.map((key) => this.#types[side]?.[key] ?? { kind: "null", nullable: true }),
    );
    this.#condition = new PairCondition(spec.condition, inputs, context);
  }

  process(input: number, batch: Batch): void {
    const keys = input === 0 ? this.#spec.keys.left : this.#spec.keys.right;
    const bounds = this.#bounds[input] as WindowBounds;
    for (let row = 0; row < batch.rowCount; row += 1) {
      const end = bounds.endOf(batch, row);
      if (bounds.closesAt(end) <= this.#progress) {
        this.#late += 1;
        continue;
      }
      const window = this.#window(end);
      const side = input === 0 ? window.left : window.right;
      side.append(
        side.keys.upsert(batch.columns, keys, row, hashRow(batch.columns, keys, row)),
        batch.columns,
        row,
      );
    }
    if (this.stateBytes() > this.#context.maxStateBytes) throw outgrown(this.#context);
  }

  #window(end: number): OpenWindow {
    const known = this.#windows.get(end);
    if (known !== undefined) return known;
    const side = (index: number): KeyedRows =>
      new KeyedRows(
        { keys: this.#keyTypes[index] ?? [], rows: this.#types[index] ?? [] },
        this.#context.mode,
      );
    const window = { left: side(0), right: side(1) };
    this.#windows.set(end, window);
    return window;
  }

  advance(watermark: number, output: Output, round: RoundContext): void {
    const [bounds] = this.#bounds;
    this.#progress = bounds.progress(watermark, round);
    const closed = [...this.#windows.keys()].filter((end) => bounds.closesAt(end) <= this.#progress);
    for (const end of closed.sort((a, b) => a - b)) {
      const window = this.#windows.get(end);
      this.#windows.delete(end);
      if (window !== undefined) this.#join(window, output, round);
    }
  }

  #join(window: OpenWindow, output: Output, round: RoundContext): void {
    const { type } = this.#spec;
    const hasRight = type !== "semi" && type !== "anti";
    const sides = { left: window.left.rows, right: window.right.rows };
    const joined = new JoinedBatches(sides, hasRight);
    const matches = {
      left: new Uint8Array(sides.left.slotCount),
      right: new Uint8Array(sides.right.slotCount),
    };
    this.#eachMatch(window, round, (left, right) => {
      if (hasRight) joined.add(left, right, RowKind.insert, output);
      matches.left[left] = 1;
      matches.right[right] = 1;
    });
    if (type !== "inner" && type !== "right") {
      const wanted = type === "semi" ? 1 : 0;
      for (let row = 0; row < sides.left.slotCount; row += 1)
        if (matches.left[row] === wanted) joined.add(row, -1, RowKind.insert, output);
    }
    if (type === "right" || type === "full")
      for (let row = 0; row < sides.right.slotCount; row += 1)
        if (matches.right[row] === 0) joined.add(-1, row, RowKind.insert, output);
    joined.flush(output);
  }

  #eachMatch(window: OpenWindow, round: RoundContext, found: (left: number, right: number) => void): void {
    const sides = { left: window.left.rows, right: window.right.rows };
    const pairs = { left: new Int32Array(pairsPerQuestion), right: new Int32Array(pairsPerQuestion) };
    let count = 0;
    const ask = (): void => {
      const kept = this.#condition.keep(sides, pairs.left, pairs.right, count, round);
      for (let at = 0; at < kept; at += 1) found(pairs.left[at] as number, pairs.right[at] as number);
      count = 0;
    };
    for (const [leftKey, rightKey] of this.#equalKeys(window))
      for (let left = window.left.first(leftKey); left >= 0; left = window.left.next(left))
        for (let right = window.right.first(rightKey); right >= 0; right = window.right.next(right)) {
          pairs.left[count] = left;
          pairs.right[count] = right;
          count += 1;
          if (count === pairsPerQuestion) ask();
        }
    ask();
  }

  *#equalKeys({ left, right }: OpenWindow): Iterable<readonly [left: number, right: number]> {
    const columns = left.keys.keys.map((key) => key.column());
    const places = [...columns.keys()];
    for (let key = 0; key < left.keys.slotCount; key += 1) {
      if (!left.keys.isLive(key) || hasNullKey(columns, places, key, this.#spec.keys.nullSafe)) continue;
      const other = right.keys.find(columns, places, key, left.keys.hashOf(key));
      if (other >= 0) yield [key, other];
    }
  }

  wakeAtMs(): number | undefined {
    return this.#bounds[0].wakeAtMs(this.#windows.keys());
  }

  snapshot(): OperatorSnapshot {
    const parts = [...this.#windows].flatMap(([end, { left, right }]) => [
      ...left.snapshot(`left ${end}`),
      ...right.snapshot(`right ${end}`),
    ]);
    const progress = { name: "progress", values: Float64Array.of(this.#progress), nulls: undefined };
    parts.push({ name: "progress", rowCount: 1, columns: [progress] });
    return { version: 1, mode: this.#context.mode, parts };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    for (const end of savedWindows(snapshots, "left ")) {
      const { left, right } = this.#window(end);
      left.restore(`left ${end}`, snapshots, this.#context.keyGroups);
      right.restore(`right ${end}`, snapshots, this.#context.keyGroups);
    }
    this.#progress = savedProgress(snapshots);
  }

  stateBytes(): number {
    let bytes = 0;
    for (const { left, right } of this.#windows.values()) bytes += left.bytes + right.bytes;
    return bytes;
  }

  lateRows(): number {
    return this.#late;
  }
}
