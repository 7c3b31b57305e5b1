import type { Field } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output } from "../operator.ts";
import type { UnionOperator } from "../plan/physical-plan.ts";
import { emptySnapshot } from "./stateless.ts";

/** UNION ALL: rows of all inputs, as they come. */
export class Union implements Operator {
  readonly #context: OperatorContext;

  constructor(
    _spec: UnionOperator,
    _inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    this.#context = context;
  }

  process(_input: number, batch: Batch, output: Output): void {
    output.push(batch);
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
