import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { Relation } from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { columnsOf, conjunction, conjunctsOf, inline, isVolatile, staySmall } from "./expression-walk.ts";

/** Projections and filters above a relation as one filter and one projection over it. */
export interface CalcChain {
  readonly base: Relation;
  readonly condition: BoundExpression | undefined;
  readonly expressions: readonly BoundExpression[];
  readonly fields: readonly Field[];
}

export function calcChain(relation: Relation): CalcChain {
  const identity = relation.fields.map(
    ({ type }, index): BoundExpression => ({ kind: "column", type, index }),
  );
  let chain: CalcChain = {
    base: relation,
    condition: undefined,
    expressions: identity,
    fields: relation.fields,
  };
  for (;;) {
    const next = below(chain);
    if (next === undefined) return chain;
    chain = next;
  }
}

function below(chain: CalcChain): CalcChain | undefined {
  const { base, condition, expressions } = chain;
  if (base.kind === "filter")
    return {
      ...chain,
      base: base.input,
      condition: conjunction([...conjunctsOf(base.condition), ...conjunctsOf(condition)]),
    };
  if (base.kind !== "project") return undefined;
  const readers = [...expressions, ...(condition === undefined ? [] : [condition])];
  if (!mayInline(base.expressions, readers)) return undefined;
  return {
    ...chain,
    base: base.input,
    condition: condition === undefined ? undefined : inline(condition, base.expressions),
    expressions: expressions.map((expression) => inline(expression, base.expressions)),
  };
}

/** Whether reading through the projection computes the same, and not too much more. */
function mayInline(projection: readonly BoundExpression[], readers: readonly BoundExpression[]): boolean {
  const hasVolatile = projection.some(isVolatile);
  const readsVolatile = (reader: BoundExpression): boolean =>
    reader.kind !== "column" &&
    [...columnsOf(reader)].some((column) => isVolatile(projection[column] as BoundExpression));
  if (hasVolatile && readers.some(readsVolatile)) return false;
  const plain = readers.flatMap((reader) => (reader.kind === "column" ? [reader.index] : []));
  const isTwice = (column: number): boolean =>
    plain.indexOf(column) !== plain.lastIndexOf(column) && isVolatile(projection[column] as BoundExpression);
  if (hasVolatile && plain.some(isTwice)) return false;
  return staySmall(readers, projection);
}

/** Passes the input on as it is. */
export function isIdentity({ condition, expressions, base, fields }: CalcChain): boolean {
  return (
    condition === undefined &&
    expressions.length === base.fields.length &&
    expressions.every(
      (expression, index) =>
        expression.kind === "column" &&
        expression.index === index &&
        fields[index]?.name === base.fields[index]?.name,
    )
  );
}
