import type { BoundExpression, Value } from "../../../sql/flink/bound-expression.ts";
import type {
  EvaluationContext,
  IntegerMode,
  ScalarFunction,
} from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Batch, Column } from "../batch.ts";

/** What expressions are compiled with. */
export interface CompileContext {
  readonly mode: IntegerMode;
  /** Functions by their names in bound expressions: `scalarFunction`, and those of the program (`udf:`). */
  readonly functions: (name: string) => ScalarFunction | undefined;
}

/** What a calc does: the filter, then the columns that come out. */
export interface Calc {
  readonly condition: BoundExpression | undefined;
  readonly expressions: readonly BoundExpression[];
}

export type CompiledCalc = (batch: Batch, evaluation: EvaluationContext) => Batch;

/** Numbers of the rows for which the condition is TRUE: `rows[0]` to below `rows[count]`. */
export interface Selection {
  readonly rows: Int32Array;
  readonly count: number;
}

export type CompiledPredicate = (batch: Batch, evaluation: EvaluationContext) => Selection;

/** Whether the condition is TRUE of a row on the left and one on the right. */
export type CompiledJoinCondition = (
  left: readonly Column[],
  leftRow: number,
  right: readonly Column[],
  rightRow: number,
  evaluation: EvaluationContext,
) => boolean;

/**
 * Columns that are only passed on are shared where no row is filtered out.
 * @throws NeedsExactIntegers, EvaluationError when a row cannot be computed
 */
export function compileCalc(calc: Calc, input: readonly FlinkType[], context: CompileContext): CompiledCalc {
  throw new Error(`not there: ${calc.expressions.length} ${input.length} ${context.mode}`);
}

export function compilePredicate(
  condition: BoundExpression,
  input: readonly FlinkType[],
  context: CompileContext,
): CompiledPredicate {
  throw new Error(`not there: ${condition.kind} ${input.length} ${context.mode}`);
}

/** One expression over a batch. */
export function compileColumn(
  expression: BoundExpression,
  input: readonly FlinkType[],
  context: CompileContext,
): (batch: Batch, evaluation: EvaluationContext) => Column {
  throw new Error(`not there: ${expression.kind} ${input.length} ${context.mode}`);
}

/** For pairs one at a time; where candidates are gathered into a batch anyway, `compilePredicate` is faster. */
export function compileJoinCondition(
  condition: BoundExpression,
  left: readonly FlinkType[],
  right: readonly FlinkType[],
  context: CompileContext,
): CompiledJoinCondition {
  throw new Error(`not there: ${condition.kind} ${left.length} ${right.length} ${context.mode}`);
}

/** An expression without columns. */
export function compileValue(
  expression: BoundExpression,
  context: CompileContext,
): (evaluation: EvaluationContext) => Value {
  throw new Error(`not there: ${expression.kind} ${context.mode}`);
}
