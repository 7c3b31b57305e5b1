import type { Field } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import { type CompiledCalc, compileCalc } from "../expressions/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { CalcOperator } from "../plan/physical-plan.ts";
import { emptySnapshot } from "./stateless.ts";

/** Filter, then project. Keeps nothing. */
export class Calc implements Operator {
  readonly #calc: CompiledCalc;
  readonly #context: OperatorContext;

  constructor(
    spec: CalcOperator,
    inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    const types = (inputs[0] ?? []).map((field) => field.type);
    this.#calc = compileCalc(spec, types, context);
    this.#context = context;
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    const result = this.#calc(batch, round);
    if (result.rowCount > 0) output.push(result);
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
