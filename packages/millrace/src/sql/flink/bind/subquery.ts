import type { Exists, Expression, InQuery, Query, Select } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { Relation } from "../relation.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { join, project } from "./build.ts";
import { conjunction } from "./conjunction.ts";
import {
  besideOuter,
  correlatedRows,
  InnerColumns,
  isCorrelated,
  maxQueryDepth,
  plainSelect,
} from "./correlated.ts";
import { CorrelatedColumnError } from "./correlated-column.ts";
import { bindExpression } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { bindFrom } from "./from.ts";
import { callOperator } from "./scalar-call.ts";
import { column, over, type Scope } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";

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
  const moved = (expression: BoundExpression): BoundExpression => besideOuter(expression, offset);
  const isNullAware = node.kind === "in-query" && negated;
  const equalities = node.kind === "exists" ? [] : membership(node, sought, scope, query, moved);
  const shared = sought.conditions.map((test) => {
    const isUnknown = isNullAware && test.type.nullable;
    return moved(isUnknown ? callOperator("is true", [test], at) : test);
  });
  const test = conjunction([...equalities, ...shared], at);
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
    const select = plainSelect(node);
    if (select === undefined || node.limit !== undefined) throw error;
    return bindCorrelated(select, scope, query, wantsColumns);
  }
}

function bindCorrelated(select: Select, outer: Scope, query: QueryContext, wantsColumns: boolean): Sought {
  const inner: QueryContext = { ...query, outer: undefined };
  const { relation, shared, context } = correlatedRows(select, bindFrom(select.from, inner), outer, inner);
  const needed = new InnerColumns(query);
  const conditions = shared.map((test) => needed.over(test));
  const columns = (wantsColumns ? select.items : []).map((item) => {
    const expression = bindExpression(item.expression, context);
    return isCorrelated(expression) ? needed.over(expression) : needed.place(expression);
  });
  return { relation: project(relation, needed.items, query.statement.keys), conditions, columns };
}
