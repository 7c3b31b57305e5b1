import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import {
  type IntegerMode,
  NeedsExactIntegers,
  type ScalarFunction,
} from "../../../sql/flink/functions/scalar-function.ts";
import type { Column } from "../batch.ts";
import { CodeWriter } from "./code-writer.ts";
import { type ColumnTexts, ExpressionEmitter } from "./expression-emitter.ts";

/** What expressions are compiled with. */
export interface CompileContext {
  readonly mode: IntegerMode;
  /** Functions by their names in bound expressions: `scalarFunction`, and those of the program (`udf:`). */
  readonly functions: (name: string) => ScalarFunction | undefined;
}

/** Which columns hold NULLs: a variant of the code is made for what a batch has. */
export type NullPattern = (column: number) => "none" | "some" | "unknown";

/** Code over the columns `C` of a batch of `n` rows, `i` being the row. */
export class BatchCode implements ColumnTexts {
  readonly writer: CodeWriter = new CodeWriter();
  readonly emitter: ExpressionEmitter;
  readonly #pattern: NullPattern;
  readonly #loaded = new Set<number>();

  constructor(context: CompileContext, pattern: NullPattern) {
    this.#pattern = pattern;
    this.emitter = new ExpressionEmitter(this.writer, context.mode, context.functions, this);
  }

  column(index: number): { readonly value: string; readonly nil: string | undefined } {
    const nulls = this.#pattern(index);
    if (!this.#loaded.has(index)) {
      this.#loaded.add(index);
      const { prologue } = this.writer;
      prologue.push(`const col${index} = C[${index}].values;`);
      if (nulls === "some") prologue.push(`const nul${index} = C[${index}].nulls;`);
      if (nulls === "unknown") prologue.push(`const nul${index} = C[${index}].nulls ?? Z(n);`);
    }
    return { value: `col${index}[i]`, nil: nulls === "none" ? undefined : `nul${index}[i] === 1` };
  }
}

/** Makes the function. The text is the compiler's alone: values of the program come in as constants. */
export function makeFunction<T>(writer: CodeWriter, parameters: readonly string[], body: string): T {
  const names = [...writer.constants.values()];
  const maker = new Function(...names, `"use strict";\nreturn (${parameters.join(", ")}) => {\n${body}\n};`);
  return maker(...writer.constants.keys()) as T;
}

/** The columns that expressions read. */
export function columnsOf(expressions: readonly BoundExpression[]): readonly number[] {
  const found = new Set<number>();
  const visited = new Set<BoundExpression>();
  const visit = (expression: BoundExpression): void => {
    if (visited.has(expression)) return;
    visited.add(expression);
    switch (expression.kind) {
      case "column":
        found.add(expression.index);
        break;
      case "call":
        for (const argument of expression.arguments) visit(argument);
        break;
      case "cast":
      case "field":
        visit(expression.operand);
        break;
      case "case":
        for (const { when, result } of expression.branches) {
          visit(when);
          visit(result);
        }
        visit(expression.otherwise);
        break;
      default:
    }
  };
  for (const expression of expressions) visit(expression);
  return [...found].sort((a, b) => a - b);
}

const maxVariants = 8;
const maxTold = 30;

/**
 * Variants of a compiled function by which of its columns have NULLs: data without NULLs runs through code without
 * tests for them, whatever the types say.
 */
export class Variants<T> {
  readonly #columns: readonly number[];
  readonly #make: (pattern: NullPattern) => T;
  readonly #byMask = new Map<number, T>();
  #any: T | undefined;

  /** @throws TypeError for what cannot be compiled, before there is data */
  constructor(columns: readonly number[], make: (pattern: NullPattern) => T) {
    this.#columns = columns;
    this.#make = make;
    try {
      this.#any = make(() => "unknown");
    } catch (error) {
      // Said again by the first batch: a job goes over to exact integers while it runs.
      if (!(error instanceof NeedsExactIntegers)) throw error;
    }
  }

  of(columns: readonly Column[]): T {
    let mask = 0;
    for (let at = 0; at < this.#columns.length; at += 1) {
      const column = columns[this.#columns[at] as number];
      if (column?.nulls !== undefined) mask |= 1 << Math.min(at, maxTold);
    }
    return this.#byMask.get(mask) ?? this.#variant(mask);
  }

  #variant(mask: number): T {
    if (this.#columns.length > maxTold || this.#byMask.size >= maxVariants) {
      this.#any ??= this.#make(() => "unknown");
      return this.#any;
    }
    const made = this.#make((column) =>
      (mask & (1 << this.#columns.indexOf(column))) === 0 ? "none" : "some",
    );
    this.#byMask.set(mask, made);
    return made;
  }
}

/** Zeros in place of what says which rows are NULL. */
export class Zeros {
  #zeros = new Uint8Array(0);

  readonly of = (rowCount: number): Uint8Array => {
    if (this.#zeros.length < rowCount) this.#zeros = new Uint8Array(rowCount * 2);
    return this.#zeros;
  };
}
