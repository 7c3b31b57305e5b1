import type { Query, Select } from "../ast/tree.ts";
import type { BoundExpression, ColumnExpression } from "../bound-expression.ts";
import type { Relation } from "../relation.ts";
import { filter, type Item } from "./build.ts";
import { conjunction } from "./conjunction.ts";
import { bindExpression, condition } from "./expression.ts";
import { type ExpressionContext, outerIndex, rowContext } from "./expression-context.ts";
import { flattened } from "./predicate.ts";
import { columnsIn, mapColumns } from "./rewrite.ts";
import type { Scope } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";

/** Queries inside of each other that may be correlated: each is bound up to twice. */
export const maxQueryDepth = 8;

/** A SELECT without groups and ranks: what it says of the query around can become conditions of a join. */
export function plainSelect(query: Query): Select | undefined {
  const { body } = query;
  if (query.with.length > 0 || query.offset !== undefined || body.kind !== "select") return undefined;
  const isPlain = body.groupBy === undefined && body.having === undefined && body.qualify === undefined;
  return isPlain && body.from.length > 0 ? body : undefined;
}

/** The rows of a correlated SELECT before what it says of the query around. */
export interface CorrelatedRows {
  readonly relation: Relation;
  /** Conditions with columns of the query around, marked as outer. */
  readonly shared: readonly BoundExpression[];
  /** For the other expressions of the SELECT. */
  readonly context: ExpressionContext;
}

/** @param scope the SELECT's own FROM */
export function correlatedRows(
  select: Select,
  scope: Scope,
  outer: Scope,
  query: QueryContext,
): CorrelatedRows {
  const context: ExpressionContext = { ...rowContext(query, scope, "a correlated query"), outer };
  const own: BoundExpression[] = [];
  const shared: BoundExpression[] = [];
  for (const part of select.where === undefined ? [] : flattened(select.where, "and")) {
    const test = condition(bindExpression(part, context), "WHERE", part.span.start);
    (isCorrelated(test) ? shared : own).push(test);
  }
  const test = conjunction(own, select.span.start);
  const { keys } = query.statement;
  return {
    relation: test === undefined ? scope.relation : filter(scope.relation, test, keys),
    shared,
    context,
  };
}

export function isCorrelated(expression: BoundExpression): boolean {
  return columnsIn(expression).some((used) => outerIndex(used) !== undefined);
}

/** An expression over the columns of two relations side by side, of the left one where columns are outer. */
export function besideOuter(expression: BoundExpression, leftCount: number): BoundExpression {
  return mapColumns(expression, (part) => {
    const outer = outerIndex(part);
    return { ...part, index: outer ?? part.index + leftCount };
  });
}

/** The columns of an inner query that something outside of it reads. */
export class InnerColumns {
  readonly items: Item[] = [];
  readonly #places = new Map<number, number>();
  readonly #query: QueryContext;

  constructor(query: QueryContext) {
    this.#query = query;
  }

  /** A new column, whatever it is. */
  add(item: Item): void {
    this.items.push(item);
    this.#places.set(this.#query.statement.keys.of(item.expression), this.items.length - 1);
  }

  place(expression: BoundExpression): ColumnExpression {
    const key = this.#query.statement.keys.of(expression);
    const known = this.#places.get(key);
    if (known === undefined) this.add({ name: `$c${this.items.length}`, expression });
    return { kind: "column", type: expression.type, index: known ?? this.items.length - 1 };
  }

  /** The expression over these columns, those of the query around left as they are. */
  over(expression: BoundExpression): BoundExpression {
    return mapColumns(expression, (part) => (outerIndex(part) === undefined ? this.place(part) : part));
  }
}
