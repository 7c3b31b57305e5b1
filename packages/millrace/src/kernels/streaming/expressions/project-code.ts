import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { EvaluationContext } from "../../../sql/flink/functions/scalar-function.ts";
import { type Column, type ColumnValues, type Lane, laneOf } from "../batch.ts";
import { allocateValues, type WritableValues } from "../columns/index.ts";
import { flatten } from "./emit-logic.ts";
import { BatchCode, type CompileContext, makeFunction, type NullPattern } from "./generated-code.ts";
import type { Term } from "./term.ts";

/**
 * Generated: fills `rows` with the numbers of the rows that pass, `out` with values and NULLs of each computed
 * column, and answers how many rows there are.
 */
export type ProjectCode = (
  C: readonly Column[],
  n: number,
  E: EvaluationContext,
  rows: Int32Array,
  out: (ColumnValues | Uint8Array | undefined)[],
  X: Scratch,
  Z: (rowCount: number) => Uint8Array,
) => number;

const parameters: readonly string[] = ["C", "n", "E", "rows", "out", "X", "Z"];

/** Memory for results while it is not known how many rows pass. */
export class Scratch {
  readonly #values: WritableValues[] = [];

  values(slot: number, lane: Lane, rowCount: number): WritableValues {
    if (lane === "object") return [];
    let values = this.#values[slot];
    if (values === undefined || values.length < rowCount) {
      values = allocateValues(lane, rowCount);
      this.#values[slot] = values;
    }
    return values;
  }
}

/** One loop: the condition, then the expressions that are computed. */
export function projectCode(
  condition: BoundExpression | undefined,
  expressions: readonly BoundExpression[],
  context: CompileContext,
  pattern: NullPattern,
): ProjectCode {
  const batch = new BatchCode(context, pattern);
  const { writer, emitter } = batch;
  const before: string[] = [];
  const after: string[] = [];
  if (condition !== undefined) {
    for (const conjunct of flatten("and", condition)) {
      writer.line(`if (!(${emitter.truth(conjunct)})) continue;`);
    }
    writer.line("rows[m] = i;");
  }
  const at = condition === undefined ? "i" : "m";
  expressions.forEach((expression, index) => {
    const output = new OutputText(index, laneOf(expression.type, context.mode), condition !== undefined);
    const term = emitter.emit(expression);
    before.push(...output.open(term));
    writer.line(output.store(term, at));
    after.push(...output.close(term));
  });
  if (condition !== undefined) writer.line("m += 1;");
  const body = [
    ...writer.prologue,
    condition === undefined ? "const m = n;" : "let m = 0;",
    ...before,
    "for (let i = 0; i < n; i += 1) {",
    ...writer.lines,
    "}",
    ...after,
    "return m;",
  ].join("\n");
  return makeFunction<ProjectCode>(writer, parameters, body);
}

const constructors: Readonly<Record<Lane, string>> = {
  u8: "new Uint8Array(n)",
  i32: "new Int32Array(n)",
  f64: "new Float64Array(n)",
  i64: "new BigInt64Array(n)",
  object: "new Array(n)",
};

/** The texts that write one column. */
class OutputText {
  readonly #index: number;
  readonly #lane: Lane;
  readonly #isFiltered: boolean;

  constructor(index: number, lane: Lane, isFiltered: boolean) {
    this.#index = index;
    this.#lane = lane;
    this.#isFiltered = isFiltered;
  }

  open(term: Term): readonly string[] {
    const index = this.#index;
    const values = this.#isFiltered ? `X.values(${index * 2}, "${this.#lane}", n)` : constructors[this.#lane];
    const lines = [`const o${index} = ${values};`];
    if (term.nil !== undefined) {
      const nulls = this.#isFiltered ? `X.values(${index * 2 + 1}, "u8", n)` : "new Uint8Array(n)";
      lines.push(`const p${index} = ${nulls}; let a${index} = 0;`);
    }
    return lines;
  }

  store({ text, nil }: Term, at: string): string {
    const index = this.#index;
    const element = this.#lane === "u8" ? `${text} ? 1 : 0` : text;
    if (nil === undefined) return `o${index}[${at}] = ${element};`;
    const held = this.#lane === "object" ? `(${nil}) ? null : ${element}` : element;
    return `o${index}[${at}] = ${held}; a${index} |= p${index}[${at}] = (${nil}) ? 1 : 0;`;
  }

  close({ nil }: Term): readonly string[] {
    const index = this.#index;
    const cut = (name: string): string => (this.#isFiltered ? `${name}.slice(0, m)` : name);
    const values = this.#lane === "object" ? `o${index}` : cut(`o${index}`);
    const nulls = nil === undefined ? "undefined" : `a${index} === 0 ? undefined : ${cut(`p${index}`)}`;
    return [`out[${index * 2}] = ${values}; out[${index * 2 + 1}] = ${nulls};`];
  }
}
