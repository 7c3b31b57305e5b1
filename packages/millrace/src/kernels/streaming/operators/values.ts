import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { EvaluationContext } from "../../../sql/flink/functions/scalar-function.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { laneOf, RowKind } from "../batch.ts";
import { BatchBuilder } from "../columns/index.ts";
import { compileValue } from "../expressions/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { ValuesOperator } from "../plan/physical-plan.ts";

/** VALUES: its rows come out once, in the first round there is, in the one subtask that has key groups. */
export class Values implements Operator {
  readonly #rows: readonly (readonly ((evaluation: EvaluationContext) => Value)[])[];
  readonly #fields: readonly Field[];
  readonly #context: OperatorContext;
  #isDone: boolean;

  constructor(
    spec: ValuesOperator,
    _inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    this.#rows = spec.rows.map((row) => row.map((expression) => compileValue(expression, context)));
    this.#fields = fields;
    this.#context = context;
    this.#isDone = context.keyGroups.to === 0;
  }

  process(): void {
    throw new Error(`${this.#context.name} has no inputs`);
  }

  advance(_watermark: number, output: Output, round: RoundContext): void {
    if (this.#isDone) return;
    this.#isDone = true;
    const builder = new BatchBuilder(this.#fields.map((field) => laneOf(field.type, this.#context.mode)));
    for (const row of this.#rows) {
      builder.appendValues(
        row.map((value) => value(round)),
        RowKind.insert,
      );
    }
    const batch = builder.take();
    if (batch !== undefined) output.push(batch);
  }

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    const isDone = Uint8Array.of(this.#isDone ? 1 : 0);
    const columns = [{ name: "isDone", values: isDone, nulls: undefined }];
    return { version: 1, mode: this.#context.mode, parts: [{ name: "values", rowCount: 1, columns }] };
  }

  /** Subtasks without key groups say "done" from the start: all must have said so. */
  restore(snapshots: readonly OperatorSnapshot[]): void {
    if (snapshots.every(({ parts }) => parts[0]?.columns[0]?.values[0] === 1)) this.#isDone = true;
  }

  stateBytes(): number {
    return 0;
  }
}
