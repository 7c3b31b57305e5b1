import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { EvaluationContext } from "../../../sql/flink/functions/scalar-function.ts";
import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import { type Batch, type Column, RowKind } from "../batch.ts";
import { ColumnBuilder, gather, isNull, lanesOf } from "../columns/index.ts";
import { compileColumn } from "../expressions/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { UnnestOperator } from "../plan/physical-plan.ts";
import { emptySnapshot } from "./stateless.ts";

/** Rows that come out at once. */
const rowsPerBatch = 4096;

/** Each row once for each element of its collection. Keeps nothing. */
export class Unnest implements Operator {
  readonly #spec: UnnestOperator;
  readonly #context: OperatorContext;
  readonly #collection: (batch: Batch, evaluation: EvaluationContext) => Column;
  readonly #type: FlinkType;
  readonly #elements: readonly ColumnBuilder[];

  constructor(
    spec: UnnestOperator,
    inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    const input = inputs[0] ?? [];
    this.#spec = spec;
    this.#context = context;
    this.#type = spec.collection.type;
    this.#collection = compileColumn(
      spec.collection,
      input.map(({ type }) => type),
      context,
    );
    const types = fields.slice(input.length).map(({ type }) => type);
    this.#elements = lanesOf(types, context.mode).map((lane) => new ColumnBuilder(lane));
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    const collections = this.#collection(batch, round);
    const source: number[] = [];
    for (let row = 0; row < batch.rowCount; row += 1) {
      const collection = isNull(collections, row) ? undefined : collections.values[row];
      this.#expand(collection, row, source);
      if (source.length >= rowsPerBatch) this.#emit(batch, source, output);
    }
    this.#emit(batch, source, output);
  }

  #expand(collection: unknown, row: number, source: number[]): void {
    const before = source.length;
    if (collection instanceof Map) this.#expandMap(collection as ReadonlyMap<Value, Value>, row, source);
    else if (Array.isArray(collection))
      for (const element of collection as readonly Value[]) {
        this.#append(this.#parts(element), source.length - before);
        source.push(row);
      }
    if (source.length > before || !this.#spec.isOuter) return;
    for (const builder of this.#elements) builder.appendNull();
    source.push(row);
  }

  /** A MULTISET holds counts, a MAP values. */
  #expandMap(map: ReadonlyMap<Value, Value>, row: number, source: number[]): void {
    const before = source.length;
    for (const [key, value] of map) {
      const isMultiset = this.#type.kind === "multiset";
      const times = isMultiset ? Number(value) : 1;
      const parts = isMultiset ? this.#parts(key) : [key, value];
      for (let time = 0; time < times; time += 1) {
        this.#append(parts, source.length - before);
        source.push(row);
      }
    }
  }

  /** The fields of a ROW are columns of their own. */
  #parts(element: Value): readonly Value[] {
    const type = this.#type;
    if (type.kind !== "array" && type.kind !== "multiset") return [element];
    if (type.element.kind !== "row") return [element];
    return element === null ? type.element.fields.map(() => null) : (element as readonly Value[]);
  }

  #append(parts: readonly Value[], index: number): void {
    for (const [at, part] of parts.entries()) this.#elements[at]?.appendValue(part);
    if (this.#spec.withOrdinality) this.#elements[parts.length]?.append(index + 1);
  }

  #emit(batch: Batch, source: number[], output: Output): void {
    const count = source.length;
    if (count === 0) return;
    const rows = gather(batch, Int32Array.from(source), count);
    const elements = this.#elements.map((builder) => builder.finish());
    source.length = 0;
    output.push({ rowCount: count, columns: [...rows.columns, ...elements], kinds: normalized(rows.kinds) });
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

const normalized = (kinds: Uint8Array | undefined): Uint8Array | undefined =>
  kinds?.every((kind) => kind === RowKind.insert) === true ? undefined : kinds;
