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
      const keys = of(node.entries.map(({ key }) => key));
      const values = of(node.entries.map(({ value }) => value));
      const entries = keys.flatMap((key, index) => [key, values[index] ?? key]);
      return callOperator("json_object", [markedWord(nullWord(node, "NULL"), values), ...entries], at);
    }
    case "json_array": {
      const values = of(node.arguments);
      return callOperator("json_array", [markedWord(nullWord(node, "ABSENT"), values), ...values], at);
    }
    case "json_objectagg":
    case "json_arrayagg":
      return bindJsonAggregate(node, context, bind);
  }
}

/** Calls whose answers are JSON, which goes into other JSON as it is. */
const jsonMakers: readonly string[] = ["json_object", "json_array", "json"];

/** The word with a letter for each value, which the functions of JSON want: `j` for JSON, `v` for others. */
function markedWord(word: string, values: readonly BoundExpression[]): BoundExpression {
  const marks = values.map((value) =>
    value.kind === "call" && jsonMakers.includes(value.function) ? "j" : "v",
  );
  return textLiteral(marks.includes("j") ? `${word} ${marks.join("")}` : word);
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
  const values = nodes.map((item) => bind(item, inside));
  const operands = [...values, markedWord(nullWord(node, usual), values.slice(-1))];
  const filter = node.filter === undefined ? undefined : bind(node.filter, inside);
  const mark = aggregateOf(entry, operands, { isDistinct: false, filter, position: at });
  return addAggregate(marks, mark);
}
