import type { Exists, Expression, InQuery } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import { filter } from "./build.ts";
import { conjunction } from "./conjunction.ts";
import { bindExpression, condition } from "./expression.ts";
import { type ExpressionContext, Marks, rowContext } from "./expression-context.ts";
import { flattened } from "./predicate.ts";
import { scalarStage } from "./scalar-query.ts";
import { over, type Scope } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";
import { bindHalfJoin } from "./subquery.ts";

/** WHERE: filters, joins with queries that are values, and semi and anti joins of IN and EXISTS. */
export function bindWhere(node: Expression, scope: Scope, query: QueryContext): Scope {
  const parts = flattened(node, "and");
  const queries = parts.map(queryTest);
  const marks = new Marks(true);
  const context: ExpressionContext = {
    ...rowContext(query, scope, "WHERE"),
    marks,
    allows: { aggregates: false, over: false, queries: true },
  };
  const conditions: BoundExpression[] = [];
  for (const [index, part] of parts.entries()) {
    if (queries[index] === undefined) {
      conditions.push(condition(bindExpression(part, context), "WHERE", part.span.start));
    }
  }
  const { keys } = query.statement;
  const stage = scalarStage({ relation: scope.relation, rewrite: (expression) => expression }, marks);
  const test = conjunction(conditions.map(stage.rewrite), node.span.start);
  const { relation } = stage;
  let result = over(scope, test === undefined ? relation : filter(relation, test, keys));
  for (const inside of queries) {
    if (inside !== undefined) result = bindHalfJoin(inside.node, inside.negated, result, query);
  }
  return result;
}

/** IN or EXISTS with a query, below any number of NOTs; undefined for any other condition. */
function queryTest(
  node: Expression,
): { readonly node: InQuery | Exists; readonly negated: boolean } | undefined {
  let negated = false;
  let inside = node;
  while (inside.kind === "not") {
    negated = !negated;
    inside = inside.operand;
  }
  if (inside.kind === "exists") return { node: inside, negated };
  return inside.kind === "in-query" ? { node: inside, negated: inside.negated !== negated } : undefined;
}
