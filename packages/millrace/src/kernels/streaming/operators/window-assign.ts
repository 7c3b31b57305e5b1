import { assert } from "../../../core/assert.ts";
import type { Field } from "../../../sql/flink/types.ts";
import type { Batch, Column } from "../batch.ts";
import { gather } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { WindowAssignOperator } from "../plan/physical-plan.ts";
import { emptySnapshot } from "./stateless.ts";
import { WindowSlices } from "./window-slices.ts";
import { WindowZone } from "./window-zone.ts";

/**
 * A row for each window that a row is in, with window_start, window_end and window_time behind its columns. Rows
 * behind the watermark pass: what closes windows drops them.
 */
export class WindowAssign implements Operator {
  readonly #spec: WindowAssignOperator;
  readonly #slices: WindowSlices;
  readonly #zone: WindowZone;
  readonly #columns: WindowColumns;
  readonly #context: OperatorContext;

  constructor(
    spec: WindowAssignOperator,
    inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    assert(spec.shape.kind !== "session", "sessions are made where they are aggregated");
    this.#spec = spec;
    this.#slices = new WindowSlices(spec.shape);
    const isInstant = inputs[0]?.[spec.timeColumn]?.type.kind === "timestamp_ltz";
    this.#zone = new WindowZone(isInstant ? context.timeZone : undefined);
    this.#columns = new WindowColumns(fields.slice(-3), this.#zone);
    this.#context = context;
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    const { isEventTime, timeColumn } = this.#spec;
    const time = isEventTime ? batch.columns[timeColumn] : undefined;
    const rows: number[] = [];
    const ends: number[] = [];
    let nulls = 0;
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (time?.nulls !== undefined && time.nulls[row] === 1) {
        nulls += 1;
        continue;
      }
      const instant = time === undefined ? round.nowMs : (time.values[row] as number);
      const sliceEnd = this.#slices.sliceEnd(this.#zone.toLocal(instant));
      const last = this.#slices.lastWindowEnd(sliceEnd);
      for (
        let end = this.#slices.firstWindowEnd(sliceEnd);
        end <= last;
        end = this.#slices.nextWindowEnd(end)
      ) {
        rows.push(row);
        ends.push(end);
      }
    }
    if (nulls > 0) this.#context.count("time is NULL", nulls);
    if (rows.length > 0) output.push(this.#withWindows(batch, rows, ends));
  }

  #withWindows(batch: Batch, rows: readonly number[], ends: readonly number[]): Batch {
    const isSame = this.#slices.isUnshared && rows.length === batch.rowCount;
    const repeated = isSame ? batch : gather(batch, Int32Array.from(rows), rows.length);
    const starts = Float64Array.from(ends, (end) => this.#slices.windowStart(end));
    return {
      rowCount: rows.length,
      columns: [...repeated.columns, ...this.#columns.of(starts, Float64Array.from(ends))],
      kinds: repeated.kinds,
    };
  }

  advance(): void {}

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    return emptySnapshot(this.#context.mode);
  }

  restore(): void {}

  stateBytes(): number {
    return 0;
  }
}

/** window_start, window_end and window_time (the last millisecond) as their types want them. */
export class WindowColumns {
  readonly #isInstant: readonly boolean[];
  readonly #zone: WindowZone;

  constructor(fields: readonly Field[], zone: WindowZone) {
    this.#isInstant = fields.map((field) => field.type.kind === "timestamp_ltz");
    this.#zone = zone;
  }

  of(starts: Float64Array, ends: Float64Array): Column[] {
    const times = ends.map((end) => end - 1);
    return [starts, ends, times].map((values, at) => this.#column(values, this.#isInstant[at] === true));
  }

  #column(local: Float64Array, isInstant: boolean): Column {
    if (!isInstant || this.#zone.isFlat) return { values: local, nulls: undefined };
    return { values: local.map((time) => this.#zone.toInstant(time)), nulls: undefined };
  }
}
