import type { Call } from "../ast/tree.ts";
import type { ColumnExpression } from "../bound-expression.ts";
import type { AggregateFunction } from "../functions/aggregate-function.ts";
import { withNullable } from "../type-rules.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { coerce } from "./coerce.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import type { AggregateMark, ExpressionContext, Marks } from "./expression-context.ts";
import { literalsOf, noSignature } from "./scalar-call.ts";

/** A call of an aggregate function, whether of a group or of a window of OVER. */
export function bindAggregate(
  entry: AggregateFunction,
  node: Call,
  context: ExpressionContext,
  bind: ExpressionBinder,
): Omit<AggregateMark, "kind"> {
  refuseForms(entry.name, node);
  const operands = node.arguments.map((argument) => bind(argument, context));
  const filter = node.filter === undefined ? undefined : bind(node.filter, { ...context, clause: "FILTER" });
  if (filter !== undefined && filter.type.kind !== "boolean") {
    throw invalid("FILTER needs a condition of the type BOOLEAN", node.filter?.span.start, "42804");
  }
  return aggregateOf(entry, operands, { isDistinct: node.distinct, filter, position: node.span.start });
}

/** The call of an aggregate function with bound arguments; COUNT(1) is COUNT(*). */
export function aggregateOf(
  entry: AggregateFunction,
  operands: readonly AggregateMark["arguments"][number][],
  how: Pick<AggregateMark, "isDistinct" | "filter" | "position">,
): Omit<AggregateMark, "kind"> {
  const types = operands.map((operand) => operand.type);
  const signature = entry.resolve(types, literalsOf(operands));
  if (signature === undefined) throw noSignature(entry.name, types, how.position);
  const cast = operands.map((operand, index) => {
    const wanted = signature.arguments[index];
    return wanted === undefined ? operand : coerce(operand, wanted);
  });
  const varying = cast.slice(0, cast.length - signature.constants);
  const constants = cast.slice(cast.length - signature.constants);
  if (constants.some((constant) => constant.kind !== "literal")) {
    throw elsewhere(`${entry.name.toUpperCase()} with a last argument that is no literal`, how.position);
  }
  const [only] = varying;
  const countsRows =
    entry.name === "count" && !how.isDistinct && only?.kind === "literal" && only.value !== null;
  return {
    function: entry.name,
    arguments: countsRows ? [] : varying,
    constants,
    type: signature.result,
    ...how,
  };
}

/** The column that stands for the aggregate: NULL where it may have had no rows. */
export function addAggregate(marks: Marks, call: Omit<AggregateMark, "kind">): ColumnExpression {
  const mayBeEmpty = (marks.isGlobal || call.filter !== undefined) && !isCount(call.function);
  const type = mayBeEmpty ? withNullable(call.type, true) : call.type;
  return marks.add({ ...call, kind: "aggregate", type }, type);
}

function isCount(name: string): boolean {
  return name === "count" || name === "approx_count_distinct";
}

function refuseForms(name: string, node: Call): void {
  const at = node.span.start;
  const upper = name.toUpperCase();
  if (node.orderBy.length > 0) throw elsewhere(`ORDER BY inside of ${upper}`, at);
  if (node.withinGroup !== undefined) throw elsewhere(`WITHIN GROUP of ${upper}`, at);
  if (node.nulls === "ignore") throw elsewhere(`IGNORE NULLS of ${upper}`, at);
  if (node.star && name !== "count") throw invalid(`${upper}(*) does not exist; only COUNT(*) does`, at);
}
