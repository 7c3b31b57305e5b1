import type { Between, InList, IsTest, Like } from "../ast/expression.ts";
import { commonType, printLike } from "../functions/function-table.ts";
import { textIn } from "../print/compare-text.ts";
import { minPackedItems } from "../print/packed-rows.ts";
import { isText } from "../type-rules.ts";
import type { SqlType } from "../types.ts";
import { type Block, notSupported } from "./block.ts";
import { type Bound, booleanType, bound, isVolatile, traitsOf, varcharType } from "./bound.ts";
import { at, coerce, coerceCondition } from "./coerce.ts";
import { bindOperator, comparedText } from "./comparison.ts";

/** `x in (1, 2)`: the same as `x = 1 or x = 2`, and printed as the engine's IN where all are of one type. */
export function bindInList(expression: InList, block: Block): Bound {
  const { operand, items, negated, span } = expression;
  if (operand.kind === "row") return bindRowInList(expression, block);
  const value = block.expression(operand);
  const list = items.map((item) => block.expression(item));
  const type = commonType([value.type, ...list.map((item) => item.type)]);
  if (type !== undefined && isText(type)) return bindTextIn(value, list, type, expression, block);
  const plain = type !== undefined && type.name !== "super" && type.name !== "unknown";
  if (plain && list.every((item) => item.constant !== undefined)) {
    // Each is compared by the rules of `=`, whose errors and types of literals hold here too.
    const checked = list.map((item) => literalLike(value, item, block, span));
    if (checked.every((item) => item !== undefined)) {
      const sql = `(${value.sql} ${negated ? "NOT IN" : "IN"} (${checked.map((item) => item.sql).join(", ")}))`;
      return bound(booleanType, sql, { traits: traitsOf([value, ...list]) });
    }
  }
  if ((value.traits & isVolatile) !== 0 && list.length > 1)
    throw notSupported("IN over a volatile expression", span);
  const tests = list.map((item) => bindOperator(negated ? "<>" : "=", value, item, block, span));
  return bound(booleanType, `(${tests.map((test) => test.sql).join(negated ? " AND " : " OR ")})`, {
    traits: traitsOf(tests),
  });
}

/** A literal as `=` would take it beside the value; undefined where the value itself would have to be cast. */
function literalLike(value: Bound, item: Bound, block: Block, span: InList["span"]): Bound | undefined {
  if (value.type.name === "unknown" || value.parameter !== undefined) return undefined;
  const test = bindOperator("=", value, item, block, span);
  const start = `(${value.sql} = `;
  if (!test.sql.startsWith(start)) return undefined;
  return { ...item, sql: test.sql.slice(start.length, -1) };
}

function bindTextIn(
  value: Bound,
  list: readonly Bound[],
  type: SqlType,
  { negated, span }: InList,
  block: Block,
): Bound {
  const as = (item: Bound): Bound =>
    item.type.name === "unknown" || !isText(item.type)
      ? coerce(item, bare(type), "implicit", block, span)
      : item;
  const operand = as(value);
  const texts = list.map((item) => (item.constant === null ? "null" : comparedText(as(item))));
  const anyCase = block.place.space.settings.caseInsensitive;
  const packed = block.clause === "WHERE" && texts.length >= minPackedItems;
  const sql = textIn(comparedText(operand), texts, { negated, anyCase, packed });
  return bound(booleanType, sql, { traits: traitsOf([operand, ...list]) });
}

function bare(type: SqlType): SqlType {
  return type.name === "character" ? varcharType : { name: type.name };
}

function bindRowInList({ operand, items, negated, span }: InList, block: Block): Bound {
  const tests = items.map((item) =>
    block.expression({ kind: "binary", operator: "=", operatorSpan: span, left: operand, right: item, span }),
  );
  const joined = `(${tests.map((test) => test.sql).join(" OR ")})`;
  return bound(booleanType, negated ? `(NOT ${joined})` : joined, { traits: traitsOf(tests) });
}

/** `x between a and b`: for numbers and dates as the engine's own, which it prunes by. */
export function bindBetween({ operand, low, high, negated, span }: Between, block: Block): Bound {
  const value = block.expression(operand);
  const from = bindOperator(">=", value, block.expression(low), block, span);
  const to = bindOperator("<=", value, block.expression(high), block, span);
  const traits = traitsOf([value, from, to]);
  const start = [`(${value.sql} >= `, `(${value.sql} <= `] as const;
  if (from.sql.startsWith(start[0]) && to.sql.startsWith(start[1]) && !isText(value.type)) {
    const bounds = `${from.sql.slice(start[0].length, -1)} AND ${to.sql.slice(start[1].length, -1)}`;
    return bound(booleanType, `(${value.sql} ${negated ? "NOT BETWEEN" : "BETWEEN"} ${bounds})`, { traits });
  }
  if ((value.traits & isVolatile) !== 0) throw notSupported("BETWEEN over a volatile expression", span);
  const both = `(${from.sql} AND ${to.sql})`;
  return bound(booleanType, negated ? `(NOT ${both})` : both, { traits });
}

export function bindLike(like: Like, block: Block): Bound {
  const { operator, operand, pattern, negated, span } = like;
  const value = asText(block.expression(operand), block, span);
  const expression = asText(block.expression(pattern), block, pattern.span);
  const mark = like.escape === undefined ? undefined : asText(block.expression(like.escape), block, span);
  const anyCase = block.place.space.settings.caseInsensitive;
  const form = operator === "like" && anyCase ? "ilike" : operator;
  const sql = at(span, () => printLike(form, value, expression, mark, negated));
  return bound(booleanType, sql, { traits: traitsOf([value, expression]) });
}

function asText(value: Bound, block: Block, span: Like["span"]): Bound {
  return isText(value.type) ? value : coerce(value, varcharType, "implicit", block, span);
}

export function bindIs({ operand, test, negated, span }: IsTest, block: Block): Bound {
  const value = block.expression(operand);
  const not = negated ? "NOT " : "";
  if (test === "null") {
    const settled =
      value.parameter === undefined ? value : coerce(value, varcharType, "implicit", block, span);
    // A null inside of SUPER is NULL, too.
    const sql =
      value.type.name === "super"
        ? `(${not}coalesce(json_type(${value.sql}) = 'NULL', TRUE))`
        : `(${settled.sql} IS ${not}NULL)`;
    return bound(booleanType, sql, { traits: value.traits });
  }
  const condition = coerceCondition(value, `IS ${not}${test.toUpperCase()}`, block, span);
  const word = test === "unknown" ? "NULL" : test.toUpperCase();
  return bound(booleanType, `(${condition.sql} IS ${not}${word})`, { traits: value.traits });
}
