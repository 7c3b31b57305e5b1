import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Exists, Expression, InQuery, Quantified, ScalarQuery } from "../ast/expression.ts";
import { resolveOperator } from "../functions/function-table.ts";
import { isText } from "../type-rules.ts";
import type { SqlType } from "../types.ts";
import { type Block, type BoundQuery, notSupported, type QueryColumn } from "./block.ts";
import { type Bound, booleanType, bound, hasSubquery, traitsOf, varcharType } from "./bound.ts";
import { at, coerce, sameType } from "./coerce.ts";
import { bindOperator, comparable } from "./comparison.ts";
import { boundSubquery } from "./correlation.ts";

export function bindExists({ query }: Exists, block: Block): Bound {
  const inner = boundSubquery(query, false, block);
  return bound(booleanType, `EXISTS (${inner.sql})`, { traits: hasSubquery });
}

export function bindScalarQuery({ query, span }: ScalarQuery, block: Block): Bound {
  const inner = boundSubquery(query, false, block);
  const column = onlyColumn(inner, span);
  return bound(column.type, `(${inner.sql})`, { traits: hasSubquery, blankFree: column.blankFree });
}

export function onlyColumn({ columns }: BoundQuery, span: Span): QueryColumn {
  const column = columns[0];
  if (column !== undefined && columns.length === 1) return column;
  throw new SqlError("42601", "subquery must return only one column", { position: span.start });
}

export function bindInQuery({ operand, query, negated, span }: InQuery, block: Block): Bound {
  const onlyTruth = block.filters;
  const operands = operand.kind === "row" ? operand.items : [operand];
  const values = operands.map((item) => block.expression(item));
  const inner = boundSubquery(query, true, block);
  if (inner.columns.length !== values.length) {
    const words = inner.columns.length > values.length ? "too many" : "too few";
    throw new SqlError("42601", `subquery has ${words} columns`, { position: span.start });
  }
  const sides = values.map((value, index) => side("=", value, inner.columns[index], index, block, span));
  if (sides.length > 1 && (negated || !onlyTruth)) return rowInQuery(inner, sides, negated, values, block);
  const left = sides.map((one) => one.left).join(", ");
  const tuple = sides.length === 1 ? left : `(${left})`;
  const test = `${tuple} ${negated ? "NOT IN" : "IN"} (${rightQuery(inner, sides, block)})`;
  return bound(booleanType, `(${test})`, { traits: traitsOf(values) | hasSubquery });
}

/**
 * The engine takes a row with a NULL in it for one that may be in any set; in SQL it is in none that differs elsewhere.
 * So the rows are compared one by one, where more than the truth of IN counts.
 */
function rowInQuery(
  inner: BoundQuery,
  sides: readonly Side[],
  negated: boolean,
  values: readonly Bound[],
  block: Block,
): Bound {
  const alias = block.state.nextAlias();
  const pairs = sides.map(({ left, right }, index) => {
    const column = `${alias}.c${index + 1}`;
    return `${left} = ${right === undefined ? column : right(column)}`;
  });
  const any = (test: string): string =>
    `EXISTS (SELECT 1 FROM (${inner.sql}) AS ${alias} WHERE (${pairs.join(" AND ")}) ${test})`;
  const [found, otherwise] = negated ? ["FALSE", "TRUE"] : ["TRUE", "FALSE"];
  const sql = `CASE WHEN ${any("IS TRUE")} THEN ${found} WHEN ${any("IS NULL")} THEN NULL ELSE ${otherwise} END`;
  return bound(booleanType, sql, { traits: traitsOf(values) | hasSubquery });
}

interface Side {
  readonly left: string;
  /** Of the query's column `c1`; undefined where it is compared as it is. */
  readonly right: ((column: string) => string) | undefined;
}

/** A value beside a column of a subquery, each as the operator compares it. */
function side(
  operator: string,
  value: Bound,
  column: QueryColumn | undefined,
  index: number,
  block: Block,
  span: Span,
): Side {
  if (column === undefined) throw new Error("a column that is not there");
  const name = `c${index + 1}`;
  const columnBound = bound(column.type, name, { blankFree: column.blankFree });
  const call = at(span, () => resolveOperator(operator, value, columnBound));
  const [leftType = value.type, rightType = column.type] = call.parameterTypes;
  if (leftType.name === "super" || rightType.name === "super") throw notSupported("IN over super", span);
  const left = coerce(value, leftType, "implicit", block, span);
  if (isText(leftType) && isText(rightType)) {
    const plain = columnBound.blankFree && sameKind(column.type, rightType);
    const right = (text: string): string =>
      comparable(coerce({ ...columnBound, sql: text }, rightType, "implicit", block, span), block);
    return { left: comparable(left, block), right: plain && right("x") === "x" ? undefined : right };
  }
  if (sameType(column.type, rightType)) return { left: left.sql, right: undefined };
  return {
    left: left.sql,
    right: (text) => coerce({ ...columnBound, sql: text }, rightType, "implicit", block, span).sql,
  };
}

function sameKind(left: SqlType, right: SqlType): boolean {
  return left.name === right.name;
}

function rightQuery(inner: BoundQuery, sides: readonly Side[], block: Block): string {
  if (sides.every(({ right }) => right === undefined)) return inner.sql;
  const alias = block.state.nextAlias();
  const items = sides.map(({ right }, index) => {
    const column = `${alias}.c${index + 1}`;
    return right === undefined ? column : right(column);
  });
  return `SELECT ${items.join(", ")} FROM (${inner.sql}) AS ${alias}`;
}

/** `x > all (select ...)`, `x = any (array)` */
export function bindQuantified(expression: Quantified, block: Block): Bound {
  const { operator, quantifier, operand, query, array, span } = expression;
  if (query === undefined) return bindArrayTest(expression, array, block);
  if (operand.kind === "row") throw notSupported(`a row before ${quantifier.toUpperCase()}`, span);
  const value = block.expression(operand);
  const inner = boundSubquery(query, false, block);
  onlyColumn(inner, span);
  const one = side(operator, value, inner.columns[0], 0, block, span);
  const test = `${one.left} ${operator} ${quantifier.toUpperCase()} (${rightQuery(inner, [one], block)})`;
  return bound(booleanType, `(${test})`, { traits: value.traits | hasSubquery });
}

function isWhole({ name }: SqlType): boolean {
  return name === "smallint" || name === "integer" || name === "bigint" || name === "oid";
}

function bindArrayTest(expression: Quantified, array: Expression | undefined, block: Block): Bound {
  const { operator, quantifier, operand, span } = expression;
  if (array === undefined) throw new Error("a quantifier over nothing");
  if (array.kind === "row") {
    const items = array.items.map((item) =>
      bindOperator(operator, block.expression(operand), block.expression(item), block, span),
    );
    const joined = items.map((item) => item.sql).join(quantifier === "any" ? " OR " : " AND ");
    return bound(booleanType, `(${joined})`, { traits: traitsOf(items) });
  }
  const list = block.expression(array);
  if (list.type.name !== "array") {
    throw new SqlError("42809", "op ANY/ALL (array) requires array on right side", {
      position: array.span.start,
    });
  }
  const test = quantifier === "any" ? operator === "=" : operator === "<>";
  if (!test) throw notSupported(`${operator} ${quantifier.toUpperCase()} over an array`, span);
  const element = list.type.element ?? varcharType;
  const plain = block.expression(operand);
  // The engine compares whole numbers of any width.
  const value =
    isWhole(plain.type) && isWhole(element) ? plain : coerce(plain, element, "implicit", block, span);
  const contains = `list_contains(${list.sql}, ${value.sql})`;
  return bound(booleanType, quantifier === "any" ? contains : `(NOT ${contains})`, {
    traits: traitsOf([value, list]),
  });
}
