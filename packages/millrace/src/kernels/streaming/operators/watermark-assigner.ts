import type { EvaluationContext } from "../../../sql/flink/functions/scalar-function.ts";
import { EvaluationError } from "../../../sql/flink/functions/scalar-function.ts";
import type { Field } from "../../../sql/flink/types.ts";
import type { Batch, Column } from "../batch.ts";
import { isNull } from "../columns/index.ts";
import { compileColumn } from "../expressions/index.ts";
import type {
  OperatorContext,
  OperatorSnapshot,
  Output,
  RoundContext,
  SplitState,
  WatermarkMaker,
} from "../operator.ts";
import type { WatermarkOperator } from "../plan/physical-plan.ts";
import { columnOf, partOf } from "../state/index.ts";

/**
 * Passes rows on and makes watermarks of them: per split the greatest value of the expression, in whole
 * milliseconds; of the subtask the least of its splits that are not idle. Rows behind it still pass; who is late
 * is for the operators with windows to say.
 */
export class WatermarkAssigner implements WatermarkMaker {
  readonly #spec: WatermarkOperator;
  readonly #expression: (batch: Batch, evaluation: EvaluationContext) => Column;
  readonly #context: OperatorContext;
  readonly #timeName: string;
  /** The greatest value so far by split. */
  readonly #bySplit = new Map<string, number>();
  #splits: readonly SplitState[] = [];
  #watermark: number = Number.NEGATIVE_INFINITY;
  #isIdle = false;

  constructor(
    spec: WatermarkOperator,
    inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    const fields = inputs[0] ?? [];
    this.#spec = spec;
    this.#context = context;
    this.#timeName = fields[spec.timeColumn]?.name ?? "";
    this.#expression = compileColumn(
      spec.expression,
      fields.map((field) => field.type),
      context,
    );
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    this.#checkTimes(batch);
    const { values, nulls } = this.#expression(batch, round);
    const times = values as Float64Array;
    let greatest = this.#bySplit.get(round.split) ?? Number.NEGATIVE_INFINITY;
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      const time = times[row] as number;
      if (time > greatest) greatest = time;
    }
    this.#bySplit.set(round.split, Math.floor(greatest));
    output.push(batch);
  }

  setSplits(splits: readonly SplitState[]): void {
    this.#splits = splits;
    const listed = new Set(splits.map((split) => split.id));
    for (const split of this.#bySplit.keys()) if (!listed.has(split)) this.#bySplit.delete(split);
  }

  advance(): void {
    const active = this.#splits.filter((split) => !split.isIdle);
    this.#isIdle = active.length === 0;
    if (this.#isIdle) return;
    let least = Number.POSITIVE_INFINITY;
    for (const { id } of active) {
      least = Math.min(least, this.#bySplit.get(id) ?? Number.NEGATIVE_INFINITY);
    }
    if (least > this.#watermark) this.#watermark = least;
  }

  watermark(): number | undefined {
    return this.#isIdle ? undefined : this.#watermark;
  }

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    const splits = {
      name: "splits",
      rowCount: this.#bySplit.size,
      columns: [
        { name: "split", values: [...this.#bySplit.keys()], nulls: undefined },
        { name: "greatest", values: Float64Array.from(this.#bySplit.values()), nulls: undefined },
      ],
    };
    const watermark = { name: "watermark", values: Float64Array.of(this.#watermark), nulls: undefined };
    const progress = { name: "progress", rowCount: 1, columns: [watermark] };
    return { version: 1, mode: this.#context.mode, parts: [splits, progress] };
  }

  /** Splits may be dealt to other subtasks than before, so each takes them all and forgets what it is not dealt. */
  restore(snapshots: readonly OperatorSnapshot[]): void {
    let least = Number.POSITIVE_INFINITY;
    for (const snapshot of snapshots) {
      const part = partOf(snapshot, "splits");
      const names = columnOf(part, "split").values as readonly string[];
      const values = columnOf(part, "greatest").values as Float64Array;
      names.forEach((name, at) => {
        this.#bySplit.set(name, values[at] as number);
      });
      const watermark = columnOf(partOf(snapshot, "progress"), "watermark").values[0] as number;
      least = Math.min(least, watermark);
    }
    this.#watermark = least === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : least;
  }

  stateBytes(): number {
    return 0;
  }

  #checkTimes(batch: Batch): void {
    const column = batch.columns[this.#spec.timeColumn];
    if (column?.nulls === undefined) return;
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (isNull(column, row)) {
        throw new EvaluationError(
          `${this.#context.name}: the time attribute ${this.#timeName} is NULL; ` +
            "give it a value or filter such rows out of the source",
        );
      }
    }
  }
}
