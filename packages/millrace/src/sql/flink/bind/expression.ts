import type { Identifier } from "../ast/name.ts";
import type { Case, Expression, FieldAccess, Unary } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import { leastCommonType } from "../type-rules.ts";
import { typeText } from "../type-text.ts";
import { elsewhere, invalid, proposal } from "./bind-error.ts";
import { bindCall } from "./call.ts";
import { coerce, explicitCast } from "./coerce.ts";
import { bindConstructor } from "./constructor.ts";
import { CorrelatedColumnError } from "./correlated-column.ts";
import { flinkType, intervalKind } from "./data-type.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import { type ExpressionContext, outerColumn } from "./expression-context.ts";
import { unitSize } from "./interval-literal.ts";
import { bindJsonCall } from "./json-call.ts";
import {
  binaryLiteral,
  booleanLiteral,
  intervalLiteral,
  literal,
  nullLiteral,
  numberLiteral,
  textLiteral,
  typedLiteral,
} from "./literal.ts";
import { bindLogical, bindPredicate } from "./predicate.ts";
import { callOperator } from "./scalar-call.ts";
import { lookUp, unknownColumn } from "./scope.ts";

/** Binds an expression of a query. @throws SqlError */
export function bindExpression(node: Expression, context: ExpressionContext): BoundExpression {
  switch (node.kind) {
    case "null":
      return nullLiteral();
    case "boolean":
      return node.value === undefined
        ? nullLiteral({ kind: "boolean", nullable: true })
        : booleanLiteral(node.value);
    case "number":
      return numberLiteral(node, false);
    case "string":
      return textLiteral(node.value);
    case "binary-literal":
      return binaryLiteral(node);
    case "typed-literal":
      return typedLiteral(node);
    case "interval":
      return intervalLiteral(node);
    case "keyword":
      return textLiteral(node.word.toUpperCase());
    case "reference":
      return bindReference(node.parts, context);
    default:
      return bindCompound(node, context);
  }
}

const binder: ExpressionBinder = bindExpression;

function bindCompound(node: Expression, context: ExpressionContext): BoundExpression {
  switch (node.kind) {
    case "field":
      return bindField(node, context);
    case "subscript": {
      const operands = [bindExpression(node.base, context), bindExpression(node.index, context)];
      return callOperator("item", operands, node.span.start);
    }
    case "unary":
      return bindUnary(node, context);
    case "binary": {
      const operands = [bindExpression(node.left, context), bindExpression(node.right, context)];
      return callOperator(node.operator, operands, node.operatorSpan.start);
    }
    case "logical":
      return bindLogical(node, context, binder);
    case "cast": {
      const operand = bindExpression(node.operand, context);
      return explicitCast(operand, flinkType(node.type), node.isTry, node.span.start);
    }
    case "call":
      return bindCall(node, context, binder);
    case "json-call":
      return bindJsonCall(node, context, binder);
    case "case":
      return bindCase(node, context);
    case "row":
    case "collection":
    case "map":
      return bindConstructor(node, context, binder);
    case "interval-expression":
      return bindIntervalExpression(node, context);
    default:
      return bindRest(node, context);
  }
}

function bindRest(node: Expression, context: ExpressionContext): BoundExpression {
  const predicate = bindPredicate(node, context, binder);
  if (predicate !== undefined) return predicate;
  const at = node.span.start;
  switch (node.kind) {
    case "star":
      throw invalid("'*' may stand in a SELECT list and in COUNT(*) only", at);
    case "scalar-query": {
      if (context.marks === undefined || !context.allows.queries) {
        throw elsewhere(`a query as a value in ${context.clause}`, at);
      }
      const inside = { ...context.query, outer: context.scope };
      const relation = context.query.statement.queries.bind(node.query, inside);
      const [field, more] = relation.fields;
      if (field === undefined || more !== undefined) {
        throw invalid("a query that is a value must give one column", at, "42601");
      }
      const type = { ...field.type, nullable: true };
      return context.marks.add({ kind: "scalar query", relation, position: at }, type);
    }
    case "in-query":
    case "exists":
      throw elsewhere(
        `IN or EXISTS with a query anywhere but in the ANDs of WHERE (here in ${context.clause})`,
        at,
      );
    case "quantified":
      throw elsewhere("a comparison with ANY, SOME or ALL", at);
    case "collection-query":
      throw elsewhere(`${node.collection.toUpperCase()} of a query`, at);
    case "match-semantics":
      throw elsewhere("MATCH_RECOGNIZE", at);
    case "default":
      throw invalid("DEFAULT may stand in VALUES of an INSERT only", at);
    case "named-argument":
      throw elsewhere("an argument with a name in a scalar function", at);
    default:
      throw invalid("a table, a model or a descriptor is an argument of table functions only", at);
  }
}

function bindReference(parts: readonly Identifier[], context: ExpressionContext): BoundExpression {
  const at = parts[0]?.span.start ?? 0;
  const found = lookUp(context.scope, parts) ?? lookUpOuter(parts, context);
  if (found === undefined) throw unknownColumn(context.scope, parts);
  const { expression } = found;
  context.query.statement.spans.set(expression, { start: at, end: parts.at(-1)?.span.end ?? at });
  return parts.slice(found.parts).reduce(fieldOfRow, expression);
}

/** A column of the query around: a correlated query. */
function lookUpOuter(parts: readonly Identifier[], context: ExpressionContext): ReturnType<typeof lookUp> {
  const around = context.outer ?? context.query.outer;
  const found = around === undefined ? undefined : lookUp(around, parts);
  if (found === undefined) return undefined;
  if (context.outer === undefined || found.expression.kind !== "column") {
    const name = parts.map((part) => part.name).join(".");
    throw new CorrelatedColumnError(name, context.clause, parts[0]?.span.start);
  }
  return { expression: outerColumn(found.expression), parts: found.parts };
}

function fieldOfRow(operand: BoundExpression, name: Identifier): BoundExpression {
  const { type } = operand;
  if (type.kind !== "row") {
    throw invalid(
      `'${name.name}' is no field: the value before it is ${typeText(type)}, no ROW`,
      name.span.start,
      "42703",
    );
  }
  const index = type.fields.findIndex((field) => field.name === name.name);
  const field = type.fields[index];
  if (field === undefined) {
    const names = type.fields.map((entry) => entry.name);
    throw invalid(
      `field '${name.name}' not found in ${typeText(type)}${proposal(name.name, names)}`,
      name.span.start,
      "42703",
    );
  }
  const nullable = type.nullable || field.type.nullable;
  return { kind: "field", type: { ...field.type, nullable }, operand, index };
}

function bindField(node: FieldAccess, context: ExpressionContext): BoundExpression {
  return fieldOfRow(bindExpression(node.base, context), node.name);
}

function bindUnary(node: Unary, context: ExpressionContext): BoundExpression {
  if (node.operand.kind === "number") return numberLiteral(node.operand, node.operator === "-");
  const operand = bindExpression(node.operand, context);
  if (operand.kind === "literal" && operand.type.kind.startsWith("interval")) {
    return node.operator === "-" ? literal(operand.type, -Number(operand.value)) : operand;
  }
  const negated = callOperator("negate", [operand], node.span.start);
  return node.operator === "-" ? negated : operand;
}

function bindCase(node: Case, context: ExpressionContext): BoundExpression {
  const operand = node.operand === undefined ? undefined : bindExpression(node.operand, context);
  const bound = node.branches.map((branch) => ({
    when: bindWhen(node, operand, branch.when, context),
    result: bindExpression(branch.then, context),
  }));
  const otherwise = node.otherwise === undefined ? nullLiteral() : bindExpression(node.otherwise, context);
  const types = [...bound.map(({ result }) => result.type), otherwise.type];
  const type = leastCommonType(types);
  if (type === undefined) {
    const texts = types.map(typeText).join(", ");
    throw invalid(`the results of CASE have no common type: ${texts}`, node.span.start, "42804");
  }
  if (type.kind === "null") {
    throw invalid("ELSE clause or at least one THEN clause must be non-NULL", node.span.start, "42804");
  }
  return {
    kind: "case",
    type,
    branches: bound.map(({ when, result }) => ({ when, result: coerce(result, type) })),
    otherwise: coerce(otherwise, type),
  };
}

/** `CASE x WHEN 1, 2` is `x = 1 OR x = 2`. */
function bindWhen(
  node: Case,
  operand: BoundExpression | undefined,
  values: readonly Expression[],
  context: ExpressionContext,
): BoundExpression {
  const conditions = values.map((value) => {
    const when = bindExpression(value, context);
    return operand === undefined
      ? condition(when, "CASE", value.span.start)
      : callOperator("=", [operand, when], value.span.start);
  });
  const [first] = conditions;
  return conditions.length === 1 && first !== undefined
    ? first
    : callOperator("or", conditions, node.span.start);
}

/** @throws SqlError for what is no BOOLEAN */
export function condition(expression: BoundExpression, clause: string, position: number): BoundExpression {
  if (expression.type.kind === "boolean") return expression;
  if (expression.type.kind === "null") return nullLiteral({ kind: "boolean", nullable: true });
  throw invalid(
    `${clause} needs a condition of the type BOOLEAN, not ${typeText(expression.type)}`,
    position,
    "42804",
  );
}

function bindIntervalExpression(
  node: Extract<Expression, { kind: "interval-expression" }>,
  context: ExpressionContext,
): BoundExpression {
  const size = unitSize(node.unit.from);
  const operand = bindExpression(node.operand, context);
  if (size === undefined || node.unit.to !== undefined) {
    throw invalid("an interval of a number needs one unit", node.span.start);
  }
  const unit = literal({ kind: intervalKind(node.unit, node), nullable: false }, size);
  if (operand.kind === "literal" && typeof operand.value === "number" && operand.type.kind === "int") {
    return literal(unit.type, operand.value * size);
  }
  return callOperator("*", [operand, unit], node.span.start);
}
