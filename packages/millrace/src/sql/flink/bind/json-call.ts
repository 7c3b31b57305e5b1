import type { JsonBehavior, JsonCall } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import { aggregateFunction } from "../functions/function-table.ts";
import { maxLength } from "../types.ts";
import { addAggregate, aggregateOf } from "./aggregate-call.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { coerce } from "./coerce.ts";
import { flinkType } from "./data-type.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import { type ExpressionContext, plain } from "./expression-context.ts";
import { nullLiteral, textLiteral } from "./literal.ts";
import { callOperator } from "./scalar-call.ts";

/** The functions of JSON with their clauses as arguments, in the order that the table of functions says. */
export function bindJsonCall(
  node: JsonCall,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression {
  const at = node.span.start;
  const of = (items: JsonCall["arguments"]): BoundExpression[] => items.map((item) => bind(item, context));
  switch (node.function) {
    case "json_exists":
      return callOperator("json_exists", [...of(node.arguments), word(node.onError, "FALSE")], at);
    case "json_value":
      return callOperator("json_value", [...of(node.arguments), ...valueClauses(node, context, bind)], at);
    case "json_query":
      return callOperator("json_query", [...of(node.arguments), ...queryClauses(node)], at);
    case "json_object": {
      const entries = node.entries.flatMap(({ key, value }) => [bind(key, context), bind(value, context)]);
      return callOperator("json_object", [textLiteral(nullWord(node, "NULL")), ...entries], at);
    }
    case "json_array":
      return callOperator("json_array", [textLiteral(nullWord(node, "ABSENT")), ...of(node.arguments)], at);
    case "json_objectagg":
    case "json_arrayagg":
      return bindJsonAggregate(node, context, bind);
  }
}

function nullWord(node: JsonCall, usual: "NULL" | "ABSENT"): string {
  return node.onNull?.toUpperCase() ?? usual;
}

function word(behavior: JsonBehavior | undefined, usual: string): BoundExpression {
  return textLiteral(behavior?.kind.toUpperCase() ?? usual);
}

function returning(node: JsonCall): BoundExpression {
  return nullLiteral(
    node.returning === undefined
      ? { kind: "varchar", length: maxLength, nullable: true }
      : flinkType(node.returning),
  );
}

function valueClauses(
  node: JsonCall,
  context: ExpressionContext,
  bind: ExpressionBinder,
): readonly BoundExpression[] {
  const result = returning(node);
  const clause = (behavior: JsonBehavior | undefined): readonly BoundExpression[] => [
    word(behavior, "NULL"),
    behavior?.kind === "default" ? coerce(bind(behavior.value, context), result.type) : result,
  ];
  return [result, ...clause(node.onEmpty), ...clause(node.onError)];
}

function queryClauses(node: JsonCall): readonly BoundExpression[] {
  return [
    returning(node),
    textLiteral((node.wrapper ?? "without").toUpperCase()),
    word(node.onEmpty, "NULL"),
    word(node.onError, "NULL"),
  ];
}

function bindJsonAggregate(
  node: JsonCall,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression {
  const at = node.span.start;
  const upper = node.function.toUpperCase();
  const entry = aggregateFunction(node.function);
  if (entry === undefined) throw elsewhere(upper, at);
  const { marks } = context;
  if (marks === undefined || !context.allows.aggregates) {
    throw invalid(`the aggregate function ${upper} may not stand in ${context.clause}`, at, "42803");
  }
  const inside = plain(context, `an argument of ${upper}`);
  const nodes = [...node.entries.flatMap(({ key, value }) => [key, value]), ...node.arguments];
  const usual = node.function === "json_objectagg" ? "NULL" : "ABSENT";
  const operands = [...nodes.map((item) => bind(item, inside)), textLiteral(nullWord(node, usual))];
  const filter = node.filter === undefined ? undefined : bind(node.filter, inside);
  const mark = aggregateOf(entry, operands, { isDistinct: false, filter, position: at });
  return addAggregate(marks, mark);
}
