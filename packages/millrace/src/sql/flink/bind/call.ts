import type { Call } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { AggregateFunction } from "../functions/aggregate-function.ts";
import {
  aggregateFunction,
  functionNames,
  missingFunction,
  scalarFunction,
} from "../functions/function-table.ts";
import { addAggregate, bindAggregate } from "./aggregate-call.ts";
import { elsewhere, invalid, notSupported, proposal } from "./bind-error.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import { type ExpressionContext, plain } from "./expression-context.ts";
import { bindOver } from "./over-call.ts";
import { callFunction } from "./scalar-call.ts";
import { timeOf } from "./scope.ts";
import { auxiliaryWindow, groupWindowNames, windowProperty } from "./window-property.ts";

/** A call by name: a function of Flink or of the program, an aggregate, or a property of a window. */
export function bindCall(node: Call, context: ExpressionContext, bind: ExpressionBinder): BoundExpression {
  const at = node.span.start;
  const name = (node.name.parts.at(-1)?.name ?? "").toLowerCase();
  const own = context.query.statement.function(name);
  const entry = own ?? (node.name.parts.length === 1 ? scalarFunction(name) : undefined);
  const aggregate = own === undefined && node.name.parts.length === 1 ? aggregateFunction(name) : undefined;
  if (aggregate !== undefined && (entry === undefined || isAggregateForm(node))) {
    return bindAggregateCall(aggregate, node, context, bind);
  }
  if (groupWindowNames.includes(name) && entry === undefined) {
    throw invalid(`${name.toUpperCase()} may stand in GROUP BY, or as a table function in FROM`, at);
  }
  if (auxiliaryWindow(name) !== undefined && entry === undefined) {
    return windowProperty(name, node, context, bind);
  }
  refuseAggregateForm(node, name);
  const operands = node.arguments.map((argument) => bind(argument, context));
  if (name === "proctime" || name === "current_watermark") return timeFunction(name, operands, context, at);
  if (entry === undefined) throw unknownFunction(name, context, at);
  return callFunction(entry, operands, at);
}

function isAggregateForm(node: Call): boolean {
  return node.star || node.distinct || node.over !== undefined || node.filter !== undefined;
}

function bindAggregateCall(
  aggregate: AggregateFunction,
  node: Call,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression {
  if (node.over !== undefined) return bindOver(aggregate, node, node.over, context, bind);
  if (aggregate.kind === "window") {
    throw invalid(`${aggregate.name.toUpperCase()} needs OVER (...)`, node.span.start);
  }
  const { marks } = context;
  if (marks === undefined || !context.allows.aggregates) {
    if (context.outer !== undefined) throw elsewhere("an aggregate in a correlated query", node.span.start);
    throw invalid(
      `the aggregate function ${aggregate.name.toUpperCase()} may not stand in ${context.clause}`,
      node.span.start,
      "42803",
    );
  }
  const mark = bindAggregate(
    aggregate,
    node,
    plain(context, `an argument of ${aggregate.name.toUpperCase()}`),
    bind,
  );
  return addAggregate(marks, mark);
}

/** What only aggregates may have. */
function refuseAggregateForm(node: Call, name: string): void {
  const at = node.span.start;
  const form =
    (node.over !== undefined && "OVER") ||
    (node.filter !== undefined && "FILTER") ||
    (node.distinct && "DISTINCT") ||
    (node.star && "*") ||
    (node.withinGroup !== undefined && "WITHIN GROUP") ||
    (node.orderBy.length > 0 && "ORDER BY");
  if (form === false) return;
  const missing = missingFunction(name);
  if (missing !== undefined) throw missingCall(name, missing, at);
  throw invalid(`'${name}' is no aggregate function, so it has no ${form}`, at);
}

function timeFunction(
  name: string,
  operands: readonly BoundExpression[],
  context: ExpressionContext,
  position: number,
): BoundExpression {
  const [operand] = operands;
  if (name === "proctime") {
    if (operand !== undefined) throw invalid("PROCTIME takes no arguments", position, "42883");
    return {
      kind: "call",
      type: { kind: "timestamp_ltz", precision: 3, nullable: false },
      function: name,
      arguments: [],
    };
  }
  const isRowtime = operand !== undefined && timeOf(operand, context.scope.relation.fields) === "rowtime";
  if (!isRowtime || operands.length !== 1) {
    throw invalid("CURRENT_WATERMARK takes one rowtime attribute", position, "42804");
  }
  return { kind: "call", type: { ...operand.type, nullable: true }, function: name, arguments: operands };
}

/** A function of Flink that is not there, with the reason. */
function missingCall(name: string, reason: string, position: number): Error {
  return notSupported(`the function ${name.toUpperCase()}`, reason, position);
}

function unknownFunction(name: string, context: ExpressionContext, position: number): Error {
  const missing = missingFunction(name);
  if (missing !== undefined) return missingCall(name, missing, position);
  const names = [...functionNames(), ...context.query.statement.functionNames()];
  return invalid(`no match found for function '${name}'${proposal(name, names)}`, position, "42883");
}
