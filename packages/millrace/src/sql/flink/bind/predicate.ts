import type { Between, Expression, InList, IsTest, Like, Logical } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import { elsewhere } from "./bind-error.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import type { ExpressionContext } from "./expression-context.ts";
import { textLiteral } from "./literal.ts";
import { callOperator } from "./scalar-call.ts";

/** AND and OR as one call of all that they join. */
export function bindLogical(
  node: Logical,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression {
  const operands = flattened(node, node.operator).map((operand) => bind(operand, context));
  return callOperator(node.operator, operands, node.span.start);
}

/** What an AND (or OR) joins, at any depth, in order. */
export function flattened(node: Expression, operator: "and" | "or"): readonly Expression[] {
  const result: Expression[] = [];
  const open: Expression[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "logical" && next.operator === operator) {
      open.push(next.right, next.left);
    } else {
      result.push(next);
    }
  }
  return result;
}

/** The tests of a value; undefined for any other expression. */
export function bindPredicate(
  node: Expression,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression | undefined {
  switch (node.kind) {
    case "not":
      return callOperator("not", [bind(node.operand, context)], node.span.start);
    case "in-list":
      return bindInList(node, context, bind);
    case "between":
      return bindBetween(node, context, bind);
    case "like":
      return bindLike(node, context, bind);
    case "is":
      return bindIs(node, context, bind);
    case "is-distinct": {
      const operands = [bind(node.operand, context), bind(node.other, context)];
      const name = node.negated ? "is not distinct from" : "is distinct from";
      return callOperator(name, operands, node.span.start);
    }
    default:
      return undefined;
  }
}

function bindInList(node: InList, context: ExpressionContext, bind: ExpressionBinder): BoundExpression {
  const operands = [node.operand, ...node.items].map((item) => bind(item, context));
  return negatedIf(node.negated, callOperator("in", operands, node.span.start), node.span.start);
}

function bindBetween(node: Between, context: ExpressionContext, bind: ExpressionBinder): BoundExpression {
  const at = node.span.start;
  const [value, low, high] = [node.operand, node.low, node.high].map((item) => bind(item, context));
  if (value === undefined || low === undefined || high === undefined) throw new Error("BETWEEN has three");
  const within = (from: BoundExpression, to: BoundExpression): BoundExpression =>
    callOperator("and", [callOperator(">=", [value, from], at), callOperator("<=", [value, to], at)], at);
  const test = node.symmetric
    ? callOperator("or", [within(low, high), within(high, low)], at)
    : within(low, high);
  return negatedIf(node.negated, test, at);
}

function bindLike(node: Like, context: ExpressionContext, bind: ExpressionBinder): BoundExpression {
  const nodes = [node.operand, node.pattern, ...(node.escape === undefined ? [] : [node.escape])];
  const operands = nodes.map((item) => bind(item, context));
  return negatedIf(node.negated, callOperator(node.operator, operands, node.span.start), node.span.start);
}

const jsonTests = {
  json: "VALUE",
  "json object": "OBJECT",
  "json array": "ARRAY",
  "json scalar": "SCALAR",
} as const;

function bindIs(node: IsTest, context: ExpressionContext, bind: ExpressionBinder): BoundExpression {
  const operand = bind(node.operand, context);
  const at = node.span.start;
  const word = node.negated ? "is not " : "is ";
  switch (node.test) {
    case "null":
    case "true":
    case "false":
      return callOperator(`${word}${node.test}`, [operand], at);
    case "unknown":
      return callOperator(`${word}null`, [operand], at);
    case "a set":
    case "empty":
      throw elsewhere(`IS ${node.test.toUpperCase()}`, at);
    default: {
      const test = callOperator("is json", [operand, textLiteral(jsonTests[node.test])], at);
      return negatedIf(node.negated, test, at);
    }
  }
}

function negatedIf(negated: boolean, test: BoundExpression, position: number): BoundExpression {
  return negated ? callOperator("not", [test], position) : test;
}
