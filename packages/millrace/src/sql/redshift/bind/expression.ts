import { SqlError } from "../../sql-error.ts";
import type { Binary, Cast, Expression, Logical, Unary } from "../ast/expression.ts";
import { resolveUnaryOperator } from "../functions/function-table.ts";
import { type Block, notSupported } from "./block.ts";
import { type Bound, booleanType, bound, traitsOf } from "./bound.ts";
import { bindCall, bindNamed } from "./call.ts";
import { bindCase } from "./case.ts";
import { at, coerce, coerceCondition } from "./coerce.ts";
import { bindOperator } from "./comparison.ts";
import {
  bindInterval,
  bindNumber,
  bindParameter,
  bindString,
  bindTypedLiteral,
  numberOf,
} from "./literal.ts";
import { bindBetween, bindInList, bindIs, bindLike } from "./predicate.ts";
import { bindReference } from "./reference.ts";
import { maxPrintedLength } from "./statement-state.ts";
import { bindExists, bindInQuery, bindQuantified, bindScalarQuery } from "./subquery.ts";
import { bindField, bindSubscript } from "./super-path.ts";
import { bindTryCast } from "./try-cast.ts";

/** Binds an expression; where rows are grouped, what is grouped by is seen as a whole. */
export function bindExpression(expression: Expression, block: Block): Bound {
  const special = block.special?.(expression);
  if (special !== undefined) return special;
  const mark = block.uses.length;
  const { filtering } = block;
  block.filters = filtering;
  block.filtering = filtering && (expression.kind === "logical" || expression.kind === "in-query");
  const result = block.state.nested(() => bindAny(expression, block));
  block.filtering = filtering;
  if (result.sql.length > maxPrintedLength) {
    throw new SqlError("54001", "statement too complex", { position: expression.span.start });
  }
  const key = block.groupKeys?.get(result.sql);
  if (key === undefined || result.constant !== undefined) return result;
  block.uses.length = mark;
  return { ...result, sql: key.shown, column: undefined, superPath: undefined };
}

function bindAny(expression: Expression, block: Block): Bound {
  switch (expression.kind) {
    case "null":
      return bound({ name: "unknown" }, "NULL", { constant: null, blankFree: true });
    case "boolean":
      return bound(booleanType, expression.value ? "TRUE" : "FALSE", { constant: String(expression.value) });
    case "number":
      return bindNumber(expression);
    case "string":
      return bindString(expression);
    case "typed-literal":
      return bindTypedLiteral(expression, block);
    case "interval":
      return bindInterval(expression);
    case "parameter":
      return bindParameter(expression, block);
    case "reference":
      return bindReference(expression, block);
    case "subscript":
      return bindSubscript(expression.base, expression.index, block, expression.span);
    case "field":
      return bindField(expression.base, expression.name, block, expression.span);
    case "unary":
      return bindUnary(expression, block);
    case "binary":
      return bindBinary(expression, block);
    case "logical":
      return bindLogical(expression, block);
    case "not":
      return bindNot(expression.operand, block);
    case "cast":
      return bindCast(expression, block);
    case "call":
      return bindCall(expression, block);
    case "case":
      return bindCase(expression, block);
    default:
      return bindPredicate(expression, block);
  }
}

function bindPredicate(expression: Expression, block: Block): Bound {
  switch (expression.kind) {
    case "in-list":
      return bindInList(expression, block);
    case "between":
      return bindBetween(expression, block);
    case "like":
      return bindLike(expression, block);
    case "is":
      return bindIs(expression, block);
    case "in-query":
      return bindInQuery(expression, block);
    case "exists":
      return bindExists(expression, block);
    case "scalar-query":
      return bindScalarQuery(expression, block);
    case "quantified":
      return bindQuantified(expression, block);
    case "at-time-zone": {
      const { zone, operand, span } = expression;
      return bindNamed("timezone", [block.expression(zone), block.expression(operand)], block, span);
    }
    default:
      throw misplaced(expression);
  }
}

function misplaced(expression: Expression): SqlError {
  const { span } = expression;
  switch (expression.kind) {
    case "star":
      return new SqlError("42601", 'syntax error at or near "*"', { position: span.start });
    case "default":
      return new SqlError("42601", "DEFAULT is not allowed in this context", { position: span.start });
    case "outer-mark":
      return new SqlError(
        "42601",
        "The Oracle-style outer join operator (+) is only allowed in WHERE conditions",
        {
          position: span.start,
        },
      );
    case "prior":
      return new SqlError("42601", "PRIOR is only allowed with CONNECT BY", { position: span.start });
    case "row":
      return notSupported("a row as a value", span);
    case "collate":
      return notSupported("COLLATE", span);
    default:
      return notSupported(expression.kind, span);
  }
}

function bindUnary(expression: Unary, block: Block): Bound {
  const { operator, operand, span } = expression;
  if (operand.kind === "number" && operator === "-") return numberOf(`-${operand.text}`, span.start);
  const value = block.expression(operand);
  if (expression.postfix || operator === "!!") return bindNamed("factorial", [value], block, span);
  const call = at(span, () => resolveUnaryOperator(operator, value));
  const argument = coerce(value, call.parameterTypes[0] ?? value.type, "implicit", block, span);
  const sql = at(span, () => call.print([argument.sql], block.state.form));
  return bound(call.type, sql, { traits: value.traits });
}

function bindBinary(expression: Binary, block: Block): Bound {
  const { operator, left, right, span, operatorSpan } = expression;
  if (left.kind === "row" && right.kind === "row")
    return bindRows(expression, left.items, right.items, block);
  // A chain such as `a || b || c` leans to the left and may be long: it is walked, not descended.
  const chain: Binary[] = [];
  let first: Expression = left;
  while (first.kind === "binary" && first.left.kind !== "row" && block.special === undefined) {
    chain.push(first);
    first = first.left;
  }
  if (chain.length > maxChain) throw new SqlError("54001", "statement too complex", { position: span.start });
  if (chain.length < 100)
    return bindOperator(operator, block.expression(left), block.expression(right), block, operatorSpan);
  let value = block.expression(first);
  for (let link = chain.pop(); link !== undefined; link = chain.pop()) {
    value = bindOperator(link.operator, value, block.expression(link.right), block, link.operatorSpan);
    if (block.groupKeys?.has(value.sql))
      throw new SqlError("54001", "statement too complex", { position: span.start });
  }
  return bindOperator(operator, value, block.expression(right), block, operatorSpan);
}

/** Operands in one chain of operators: the engine plans deep expressions in cubic time, and refuses them at 1,000. */
const maxChain = 500;

/** `(a, b) = (1, 2)`; order between rows is left out: PostgreSQL 8.0 compared column by column. */
function bindRows(
  { operator, span, operatorSpan }: Binary,
  left: readonly Expression[],
  right: readonly Expression[],
  block: Block,
): Bound {
  if (left.length !== right.length) {
    throw new SqlError("42601", "unequal number of entries in row expressions", { position: span.start });
  }
  if (operator !== "=" && operator !== "<>")
    throw notSupported(`operator ${operator} between rows`, operatorSpan);
  const pairs = left.map((item, index) => {
    const other = right[index] ?? item;
    return bindOperator(operator, block.expression(item), block.expression(other), block, operatorSpan);
  });
  const joined = pairs.map((pair) => pair.sql).join(operator === "=" ? " AND " : " OR ");
  return bound(booleanType, `(${joined})`, { traits: traitsOf(pairs) });
}

function bindLogical(expression: Logical, block: Block): Bound {
  const { operator } = expression;
  const operands: Expression[] = [];
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "logical" && next.operator === operator) pending.push(next.right, next.left);
    else operands.push(next);
  }
  const word = operator.toUpperCase();
  const items = operands.map((operand) =>
    coerceCondition(block.expression(operand), word, block, operand.span),
  );
  return bound(booleanType, `(${items.map((item) => item.sql).join(` ${word} `)})`, {
    traits: traitsOf(items),
  });
}

function bindNot(operand: Expression, block: Block): Bound {
  const value = coerceCondition(block.expression(operand), "NOT", block, operand.span);
  return bound(booleanType, `(NOT ${value.sql})`, { traits: value.traits });
}

function bindCast(expression: Cast, block: Block): Bound {
  const { operand, type, form, span } = expression;
  const value = block.expression(operand);
  return form === "try_cast"
    ? bindTryCast(value, type, block, span)
    : coerce(value, type, "explicit", block, span);
}
