import type { Select, SortItem, Window } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { Relation, SortKey } from "../relation.ts";
import { invalid } from "./bind-error.ts";
import { filter, type Item, project, uniqueNames } from "./build.ts";
import { bindExpression, condition } from "./expression.ts";
import { type ExpressionContext, Marks, rowContext } from "./expression-context.ts";
import { bindFrom } from "./from.ts";
import { distinct, groupStage, type Stage } from "./group.ts";
import { bindGrouping } from "./grouping.ts";
import { checkQueryHints } from "./hints.ts";
import { nullsFirst } from "./over-call.ts";
import { overStage } from "./over-stage.ts";
import { scalarStage } from "./scalar-query.ts";
import { emptyScope, type Scope } from "./scope.ts";
import { bindItems } from "./select-items.ts";
import { outputColumn } from "./sort-key.ts";
import type { QueryContext } from "./statement-context.ts";
import { bindWhere } from "./where.ts";

/** A SELECT, and the columns to order it by; columns behind `visible` are for that alone. */
export interface BoundSelect {
  readonly relation: Relation;
  readonly order: readonly SortKey[];
  readonly visible: number;
}

/** The expressions of a SELECT over its FROM, with marks in them. */
interface SelectParts {
  readonly items: readonly Item[];
  readonly having: BoundExpression | undefined;
  readonly qualify: BoundExpression | undefined;
  readonly order: readonly OrderPart[];
}

interface OrderPart {
  readonly item: SortItem;
  /** A column of the list, or an expression of its own. */
  readonly column: number | undefined;
  readonly expression: BoundExpression | undefined;
}

export function bindSelect(select: Select, order: readonly SortItem[], query: QueryContext): BoundSelect {
  checkQueryHints(select.hints);
  if (select.stream)
    throw invalid("SELECT STREAM is not Flink SQL: leave STREAM out", select.span.start, "42601");
  const from = select.from.length === 0 ? emptyScope : bindFrom(select.from, query);
  const scope = select.where === undefined ? from : bindWhere(select.where, from, query);
  const marks = new Marks((select.groupBy ?? []).length === 0);
  const context = selectContext(select, scope, marks, query);
  const parts = bindParts(select, order, context);
  const first = firstStage(select, scope, marks, context);
  const having = filtered(scalarStage(first, marks), parts.having, query);
  const ranked = filtered(overStage(having, marks, query.statement), parts.qualify, query);
  return output(select, parts, ranked, query);
}

function selectContext(select: Select, scope: Scope, marks: Marks, query: QueryContext): ExpressionContext {
  const windows = new Map<string, Window>();
  for (const { name, window } of select.windows) {
    if (windows.has(name.name)) throw invalid(`the window '${name.name}' is there twice`, name.span.start);
    windows.set(name.name, window);
  }
  return {
    ...rowContext(query, scope, "SELECT"),
    marks,
    allows: { aggregates: true, over: true, queries: true },
    windows,
  };
}

function bindParts(select: Select, order: readonly SortItem[], context: ExpressionContext): SelectParts {
  const items = bindItems(select.items, context);
  const test = (node: Select["having"], clause: string, over: boolean): BoundExpression | undefined => {
    if (node === undefined) return undefined;
    const inside = { ...context, clause, allows: { ...context.allows, over } };
    return condition(bindExpression(node, inside), clause, node.span.start);
  };
  const having = test(select.having, "HAVING", false);
  const qualify = test(select.qualify, "QUALIFY", true);
  const orderParts = order.map((item): OrderPart => {
    const column = outputColumn(item.expression, items);
    if (column !== undefined) return { item, column, expression: undefined };
    return { item, column, expression: bindExpression(item.expression, { ...context, clause: "ORDER BY" }) };
  });
  return { items, having, qualify, order: orderParts };
}

/** GROUP BY with its aggregates, or the rows as they are. */
function firstStage(select: Select, scope: Scope, marks: Marks, context: ExpressionContext): Stage {
  const isGrouped = select.groupBy !== undefined || select.having !== undefined;
  const isAggregate = isGrouped || marks.list.some((mark) => mark.kind === "aggregate");
  if (isAggregate) {
    return groupStage(scope.relation, bindGrouping(select, context), marks, context.query.statement);
  }
  const lost = marks.list.find((mark) => mark.kind === "window property");
  if (lost?.kind === "window property") {
    throw invalid("the bounds of a window need the same window in GROUP BY", lost.position, "42803");
  }
  return { relation: scope.relation, rewrite: (expression) => expression };
}

function filtered(stage: Stage, test: BoundExpression | undefined, query: QueryContext): Stage {
  if (test === undefined) return stage;
  const relation = filter(stage.relation, stage.rewrite(test), query.statement.keys);
  return { relation, rewrite: stage.rewrite };
}

function output(select: Select, parts: SelectParts, stage: Stage, query: QueryContext): BoundSelect {
  const { statement } = query;
  const names = uniqueNames(parts.items.map((item) => item.name));
  const items = parts.items.map((item, index) => ({
    name: names[index] ?? item.name,
    expression: stage.rewrite(item.expression),
  }));
  const visible = items.length;
  const places = new Map(items.map((item, index) => [statement.keys.of(item.expression), index]));
  const order = parts.order.map(({ item, column, expression }): SortKey => {
    const key = { descending: item.descending, nullsFirst: nullsFirst(item) };
    if (expression === undefined) return { ...key, column: column ?? 0 };
    const rewritten = stage.rewrite(expression);
    const known = places.get(statement.keys.of(rewritten));
    if (known !== undefined) return { ...key, column: known };
    if (select.distinct) {
      throw invalid("ORDER BY of a SELECT DISTINCT takes columns of its list", item.expression.span.start);
    }
    return { ...key, column: items.push({ name: `$s${items.length}`, expression: rewritten }) - 1 };
  });
  const relation = project(stage.relation, items, statement.keys);
  return { relation: select.distinct ? distinct(relation, statement) : relation, order, visible };
}
