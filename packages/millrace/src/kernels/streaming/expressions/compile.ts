import type { BoundExpression, Value } from "../../../sql/flink/bound-expression.ts";
import type { EvaluationContext } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Batch, Column, ColumnValues } from "../batch.ts";
import { gatherColumn } from "../columns/index.ts";
import { CodeWriter } from "./code-writer.ts";
import { ExpressionEmitter } from "./expression-emitter.ts";
import { fold } from "./fold.ts";
import { type CompileContext, columnsOf, makeFunction, Variants, Zeros } from "./generated-code.ts";
import { type ProjectCode, projectCode, Scratch } from "./project-code.ts";

export type { CompileContext } from "./generated-code.ts";

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

/** One loop over the rows of batches, with its memory. */
class CompiledLoop {
  readonly #variants: Variants<ProjectCode>;
  readonly #scratch = new Scratch();
  readonly #zeros = new Zeros();

  constructor(
    condition: BoundExpression | undefined,
    expressions: readonly BoundExpression[],
    context: CompileContext,
  ) {
    const used = columnsOf(condition === undefined ? expressions : [condition, ...expressions]);
    this.#variants = new Variants(used, (pattern) => projectCode(condition, expressions, context, pattern));
  }

  run(
    batch: Batch,
    evaluation: EvaluationContext,
    rows: Int32Array,
    out: (ColumnValues | Uint8Array | undefined)[],
  ): number {
    const code = this.#variants.of(batch.columns);
    return code(batch.columns, batch.rowCount, evaluation, rows, out, this.#scratch, this.#zeros.of);
  }
}

const noRows = new Int32Array(0);

/**
 * Columns that are only passed on are shared where no row is filtered out.
 * @throws NeedsExactIntegers, EvaluationError when a row cannot be computed
 */
export function compileCalc(calc: Calc, input: readonly FlinkType[], context: CompileContext): CompiledCalc {
  const condition = calc.condition === undefined ? undefined : fold(calc.condition);
  const expressions = calc.expressions.map(fold);
  checkColumns(condition === undefined ? expressions : [condition, ...expressions], input);
  const computed = expressions.filter((expression) => expression.kind !== "column");
  const loop = new CompiledLoop(condition, computed, context);
  const isPlain = condition === undefined && computed.length === 0;
  return (batch, evaluation) => {
    const out: (ColumnValues | Uint8Array | undefined)[] = [];
    const rows = condition === undefined ? noRows : new Int32Array(batch.rowCount);
    const count = isPlain ? batch.rowCount : loop.run(batch, evaluation, rows, out);
    const passOn = (column: Column): Column =>
      count === batch.rowCount ? column : gatherColumn(column, rows, count);
    let at = 0;
    const columns = expressions.map((expression): Column => {
      if (expression.kind === "column") return passOn(batch.columns[expression.index] as Column);
      const column = { values: out[at] as ColumnValues, nulls: out[at + 1] as Uint8Array | undefined };
      at += 2;
      return column;
    });
    const kinds = batch.kinds && (passOn({ values: batch.kinds, nulls: undefined }).values as Uint8Array);
    return { rowCount: count, columns, kinds };
  };
}

export function compilePredicate(
  condition: BoundExpression,
  input: readonly FlinkType[],
  context: CompileContext,
): CompiledPredicate {
  const folded = fold(condition);
  checkColumns([folded], input);
  const loop = new CompiledLoop(folded, [], context);
  return (batch, evaluation) => {
    const rows = new Int32Array(batch.rowCount);
    return { rows, count: loop.run(batch, evaluation, rows, []) };
  };
}

/** One expression over a batch. */
export function compileColumn(
  expression: BoundExpression,
  input: readonly FlinkType[],
  context: CompileContext,
): (batch: Batch, evaluation: EvaluationContext) => Column {
  const calc = compileCalc({ condition: undefined, expressions: [expression] }, input, context);
  return (batch, evaluation) => calc(batch, evaluation).columns[0] as Column;
}

/** For pairs one at a time; where candidates are gathered into a batch anyway, `compilePredicate` is faster. */
export function compileJoinCondition(
  condition: BoundExpression,
  left: readonly FlinkType[],
  right: readonly FlinkType[],
  context: CompileContext,
): CompiledJoinCondition {
  const folded = fold(condition);
  checkColumns([folded], [...left, ...right]);
  const writer = new CodeWriter();
  const emitter = new ExpressionEmitter(writer, context.mode, context.functions, {
    column: (index) => {
      const [side, row, at] = index < left.length ? ["L", "l", index] : ["R", "r", index - left.length];
      const column = `${side}[${at}]`;
      return {
        value: `${column}.values[${row}]`,
        nil: `(${column}.nulls !== undefined && ${column}.nulls[${row}] === 1)`,
      };
    },
  });
  const truth = emitter.truth(folded);
  const body = [...writer.lines, `return ${truth};`].join("\n");
  return makeFunction<CompiledJoinCondition>(writer, ["L", "l", "R", "r", "E"], body);
}

/** An expression without columns. */
export function compileValue(
  expression: BoundExpression,
  context: CompileContext,
): (evaluation: EvaluationContext) => Value {
  const folded = fold(expression);
  checkColumns([folded], []);
  const writer = new CodeWriter();
  const emitter = new ExpressionEmitter(writer, context.mode, context.functions, {
    column: (index) => {
      throw new TypeError(`column ${index} in a constant`);
    },
  });
  const { text, nil } = emitter.emit(folded);
  const body = [...writer.lines, `return ${nil === undefined ? text : `(${nil}) ? null : ${text}`};`].join(
    "\n",
  );
  return makeFunction<(evaluation: EvaluationContext) => Value>(writer, ["E"], body);
}

/** Code reaches columns by number: what is no column of the input is a mistake of the planner's. */
function checkColumns(expressions: readonly BoundExpression[], input: readonly FlinkType[]): void {
  for (const index of columnsOf(expressions)) {
    if (!Number.isInteger(index) || index < 0 || index >= input.length) {
      throw new TypeError(`an expression reads column ${index} of ${input.length}`);
    }
  }
}
