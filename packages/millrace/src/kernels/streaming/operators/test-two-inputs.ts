import type { BoundExpression, Value } from "../../../sql/flink/bound-expression.ts";
import type { JoinType } from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import { gather } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import { type ChangeRow, field, OperatorTest, type OperatorTestOptions, types } from "./test-operators.ts";

/** Rows of both sides of a join: key, value, time. */
export const sideFields: readonly Field[] = [
  field("k", types.string),
  field("v", types.bigint),
  field("t", types.time),
];

/** `left.v < right.v` */
export const leftIsLess: BoundExpression = {
  kind: "call",
  type: types.boolean,
  function: "<",
  arguments: [
    { kind: "column", type: types.bigint, index: 1 },
    { kind: "column", type: types.bigint, index: sideFields.length + 1 },
  ],
};

/** Columns that come out of a join of both sides. */
export const joinedFields = (type: JoinType): readonly Field[] =>
  type === "semi" || type === "anti" ? sideFields : [...sideFields, ...sideFields];

/** Both inputs as one, whose first column says of which side a row is: 0 left, 1 right. */
class TwoInputs implements Operator {
  readonly #joined: Operator;

  constructor(joined: Operator) {
    this.#joined = joined;
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    const sides = batch.columns[0]?.values as Int32Array;
    const rest = { ...batch, columns: batch.columns.slice(1) };
    for (let from = 0, to = 0; from < batch.rowCount; from = to) {
      while (to < batch.rowCount && sides[to] === sides[from]) to += 1;
      const rows = Int32Array.from({ length: to - from }, (_, index) => from + index);
      this.#joined.process(sides[from] as number, gather(rest, rows, to - from), output, round);
    }
  }

  advance(watermark: number, output: Output, round: RoundContext): void {
    this.#joined.advance(watermark, output, round);
  }

  wakeAtMs(): number | undefined {
    return this.#joined.wakeAtMs();
  }

  snapshot(): OperatorSnapshot {
    return this.#joined.snapshot();
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    this.#joined.restore(snapshots);
  }

  stateBytes(): number {
    return this.#joined.stateBytes();
  }

  lateRows(): number {
    return this.#joined.lateRows?.() ?? 0;
  }
}

/** Of an operator with two inputs of `sideFields`, dealt by `k`. */
export function twoInputs(
  make: (context: OperatorContext) => Operator,
  options: OperatorTestOptions = {},
): OperatorTest {
  const fields = [field("side", types.int), ...sideFields];
  return new OperatorTest((context) => new TwoInputs(make(context)), fields, [1], options);
}

export const left = (...values: readonly Value[]): ChangeRow => ["+I", 0, ...values];
export const right = (...values: readonly Value[]): ChangeRow => ["+I", 1, ...values];

/** The same row with another kind. */
export const as = (kind: ChangeRow[0], [, ...values]: ChangeRow): ChangeRow => [kind, ...values];

/** What a join of all rows gives, as rows of values. */
export function naiveJoin(
  type: JoinType,
  lefts: readonly (readonly Value[])[],
  rights: readonly (readonly Value[])[],
  matches: (left: readonly Value[], right: readonly Value[]) => boolean,
): readonly (readonly Value[])[] {
  const none = sideFields.map(() => null);
  const found = lefts.map((one) => rights.filter((other) => matches(one, other)));
  if (type === "semi") return lefts.filter((_, at) => (found[at] ?? []).length > 0);
  if (type === "anti") return lefts.filter((_, at) => (found[at] ?? []).length === 0);
  const pairs: (readonly Value[])[] = lefts.flatMap((one, at) =>
    (found[at] ?? []).map((other) => [...one, ...other]),
  );
  if (type === "left" || type === "full")
    lefts.forEach((one, at) => {
      if ((found[at] ?? []).length === 0) pairs.push([...one, ...none]);
    });
  if (type === "right" || type === "full")
    for (const other of rights)
      if (!lefts.some((one) => matches(one, other))) pairs.push([...none, ...other]);
  return pairs;
}
