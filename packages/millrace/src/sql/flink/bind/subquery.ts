import type { Exists, Expression, InQuery, Query, Select } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { Relation } from "../relation.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { filter, type Item, join, project } from "./build.ts";
import { conjunction } from "./conjunction.ts";
import { CorrelatedColumnError } from "./correlated-column.ts";
import { bindExpression, condition } from "./expression.ts";
import { type ExpressionContext, outerIndex, rowContext } from "./expression-context.ts";
import { bindFrom } from "./from.ts";
import { flattened } from "./predicate.ts";
import { columnsIn, mapColumns } from "./rewrite.ts";
import { callOperator } from "./scalar-call.ts";
import { column, over, type Scope } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";

/** IN and EXISTS inside of each other. */
const maxQueryDepth = 8;

/** A query whose rows are only looked for: its columns, and what joins it to the query around. */
interface Sought {
  readonly relation: Relation;
  /** Over the columns of both, those of the query around marked as outer. */
  readonly conditions: readonly BoundExpression[];
  /** The columns of IN, over the relation. */
  readonly columns: readonly BoundExpression[];
}

/** `x IN (query)` and `EXISTS (query)` as a semi join, with NOT as an anti join. */
export function bindHalfJoin(
  node: InQuery | Exists,
  negated: boolean,
  scope: Scope,
  query: QueryContext,
): Scope {
  const at = node.span.start;
  if (query.depth >= maxQueryDepth) throw elsewhere(`more than ${maxQueryDepth} levels of IN and EXISTS`, at);
  const inside: QueryContext = { ...query, depth: query.depth + 1, outer: scope };
  const sought = bindSought(node.query, scope, inside, node.kind === "in-query");
  const offset = scope.relation.fields.length;
  const moved = (expression: BoundExpression): BoundExpression =>
    mapColumns(expression, (part) => {
      const outer = outerIndex(part);
      return outer === undefined ? { ...part, index: part.index + offset } : { ...part, index: outer };
    });
  const equalities = node.kind === "exists" ? [] : membership(node, sought, scope, query, moved);
  const test = conjunction([...equalities, ...sought.conditions.map(moved)], at);
  const isNullAware = node.kind === "in-query" && negated;
  const relation = join(scope.relation, sought.relation, negated ? "anti" : "semi", test, isNullAware);
  return over(scope, relation);
}

/** `(a, b) IN (SELECT c, d ...)` is `a = c AND b = d`. */
function membership(
  node: InQuery,
  sought: Sought,
  scope: Scope,
  query: QueryContext,
  moved: (expression: BoundExpression) => BoundExpression,
): readonly BoundExpression[] {
  const at = node.span.start;
  const items: readonly Expression[] = node.operand.kind === "row" ? node.operand.items : [node.operand];
  if (items.length !== sought.columns.length) {
    throw invalid(
      `IN compares ${items.length} value(s) with ${sought.columns.length} column(s)`,
      at,
      "42601",
    );
  }
  const context = rowContext(query, scope, "IN");
  return items.map((item, index) => {
    const wanted = sought.columns[index];
    if (wanted === undefined) throw new Error(`no column ${index}`);
    return callOperator("=", [bindExpression(item, context), moved(wanted)], at);
  });
}

/** By itself if it can stand so, else with what it says of the query around as conditions of the join. */
function bindSought(node: Query, scope: Scope, query: QueryContext, wantsColumns: boolean): Sought {
  try {
    const relation = query.statement.queries.bind(node, query);
    return {
      relation,
      conditions: [],
      columns: relation.fields.map((_, index) => column(relation.fields, index)),
    };
  } catch (error) {
    if (!(error instanceof CorrelatedColumnError)) throw error;
    const select = simpleSelect(node);
    if (select === undefined) throw error;
    return bindCorrelated(select, scope, query, wantsColumns);
  }
}

/** A SELECT of which only FROM, WHERE and the list mean something for IN and EXISTS. */
function simpleSelect(query: Query): Select | undefined {
  const { body } = query;
  const isBare =
    query.with.length === 0 &&
    query.orderBy.length === 0 &&
    query.limit === undefined &&
    query.offset === undefined;
  if (!isBare || body.kind !== "select") return undefined;
  const isPlain = body.groupBy === undefined && body.having === undefined && body.qualify === undefined;
  return isPlain && body.from.length > 0 ? body : undefined;
}

function bindCorrelated(select: Select, outer: Scope, query: QueryContext, wantsColumns: boolean): Sought {
  const inner: QueryContext = { ...query, outer: undefined };
  const scope = bindFrom(select.from, inner);
  const context: ExpressionContext = { ...rowContext(inner, scope, "a correlated query"), outer };
  const own: BoundExpression[] = [];
  const shared: BoundExpression[] = [];
  for (const part of select.where === undefined ? [] : flattened(select.where, "and")) {
    const test = condition(bindExpression(part, context), "WHERE", part.span.start);
    const isShared = columnsIn(test).some((used) => outerIndex(used) !== undefined);
    (isShared ? shared : own).push(test);
  }
  const at = select.span.start;
  const test = conjunction(own, at);
  const filtered = test === undefined ? scope.relation : filter(scope.relation, test, query.statement.keys);
  const items = wantsColumns ? select.items : [];
  return needed(
    filtered,
    shared,
    items.map((item) => bindExpression(item.expression, context)),
    query,
  );
}

/** Only the columns that the join reads go into it. */
function needed(
  relation: Relation,
  shared: readonly BoundExpression[],
  selected: readonly BoundExpression[],
  query: QueryContext,
): Sought {
  const items: Item[] = [];
  const places = new Map<number, number>();
  const place = (expression: BoundExpression): BoundExpression => {
    const key = query.statement.keys.of(expression);
    const known = places.get(key) ?? items.push({ name: `$c${items.length}`, expression }) - 1;
    places.set(key, known);
    return { kind: "column", type: expression.type, index: known };
  };
  const kept = (expression: BoundExpression): BoundExpression =>
    mapColumns(expression, (part) => (outerIndex(part) === undefined ? place(part) : part));
  const conditions = shared.map(kept);
  const columns = selected.map((expression) => {
    if (columnsIn(expression).some((used) => outerIndex(used) !== undefined)) return kept(expression);
    return place(expression);
  });
  return { relation: project(relation, items, query.statement.keys), conditions, columns };
}
