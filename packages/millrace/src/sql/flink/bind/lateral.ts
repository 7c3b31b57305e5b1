import type { FromItem, Join, Query, QueryItem, Select } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import { aggregateFunction } from "../functions/function-table.ts";
import type { OverRelation, Relation } from "../relation.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { filter, join, project, uniqueNames } from "./build.ts";
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
import { bindExpression, condition } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { joinScopes } from "./join.ts";
import { literal } from "./literal.ts";
import { nullsFirst } from "./over-call.ts";
import { callOperator } from "./scalar-call.ts";
import { besides, column, rangeTable, type Scope, scopeOf } from "./scope.ts";
import { bindItems } from "./select-items.ts";
import type { QueryContext } from "./statement-context.ts";

/** Binds FROM; handed in, as FROM holds laterals and they hold FROM. */
type FromBinder = (items: readonly FromItem[], query: QueryContext) => Scope;

/** A query in FROM that may use the columns of what stands before it, as a join with what it says of them. */
export function bindLateral(
  item: QueryItem,
  left: Scope,
  node: Join | undefined,
  query: QueryContext,
  bindFrom: FromBinder,
): Scope {
  const at = item.span.start;
  if (query.depth >= maxQueryDepth) throw elsewhere(`more than ${maxQueryDepth} levels of LATERAL`, at);
  const inside: QueryContext = { ...query, outer: left, depth: query.depth + 1 };
  try {
    const relation = query.statement.queries.bind(item.query, inside);
    const right = scopeOf(named(relation, item), item.alias?.name);
    if (node !== undefined) return joinScopes(node, left, right, query);
    return besides(left, right, join(left.relation, right.relation, "inner", undefined));
  } catch (error) {
    const select = plainSelect(item.query);
    if (!(error instanceof CorrelatedColumnError) || select === undefined || select.distinct) throw error;
    const isOuter = node?.type === "left";
    if (node?.type === "right" || node?.type === "full" || node?.natural || (node?.using.length ?? 0) > 0) {
      throw invalid("a correlated query may be joined with CROSS JOIN, INNER JOIN and LEFT JOIN", at);
    }
    return bindCorrelated(item, select, left, { isOuter, on: node?.on }, inside, bindFrom);
  }
}

function named(relation: Relation, item: QueryItem): Relation {
  const { columns } = item;
  if (columns.length === 0) return relation;
  if (columns.length !== relation.fields.length) {
    throw invalid(
      `the query has ${relation.fields.length} column(s), but ${columns.length} name(s) are given`,
      columns[0]?.span.start,
      "42601",
    );
  }
  const fields = relation.fields.map((field, index) => ({
    ...field,
    name: columns[index]?.name ?? field.name,
  }));
  return { ...relation, fields };
}

interface HowJoined {
  readonly isOuter: boolean;
  readonly on: Join["on"];
}

function bindCorrelated(
  item: QueryItem,
  select: Select,
  left: Scope,
  how: HowJoined,
  query: QueryContext,
  bindFrom: FromBinder,
): Scope {
  const inner: QueryContext = { ...query, outer: undefined };
  const rows = correlatedRows(select, bindFrom(select.from, inner), left, inner);
  const needed = new InnerColumns(query);
  const items = bindItems(select.items, rows.context);
  const names = uniqueNames(items.map((entry) => entry.name));
  for (const [index, { expression }] of items.entries()) {
    if (isCorrelated(expression)) {
      throw elsewhere("a column of the table before in the list of a LATERAL query", select.span.start);
    }
    needed.add({ name: names[index] ?? "", expression });
  }
  const shared = rows.shared.map((test) => needed.over(test));
  const first = firstRows(item.query, rows.relation, shared, needed, rows.context);
  const right = named({ ...first, fields: first.fields.slice(0, items.length) }, item).fields;
  const offset = left.relation.fields.length;
  const tests = shared.map((test) => besideOuter(test, offset));
  const cross = join(left.relation, first, "inner", undefined);
  const visible = rangeTable(right, item.alias?.name, undefined, offset);
  const scope: Scope = { relation: cross, tables: [...left.tables, visible], merged: left.merged };
  if (how.on !== undefined) {
    const test = condition(bindExpression(how.on, rowContext(query, scope, "ON")), "ON", how.on.span.start);
    if (!(test.kind === "literal" && test.value === true)) tests.push(test);
  }
  const test = conjunction(tests, item.span.start);
  const relation = join(left.relation, first, how.isOuter ? "left" : "inner", test);
  return { ...scope, relation };
}

/** ORDER BY and LIMIT of a lateral query are the first rows for each value of what it is joined by. */
function firstRows(
  query: Query,
  rows: Relation,
  shared: readonly BoundExpression[],
  needed: InnerColumns,
  context: Parameters<typeof bindExpression>[1],
): Relation {
  const { keys } = context.query.statement;
  if (query.limit === undefined) return project(rows, needed.items, keys);
  const at = query.limit.span.start;
  if (query.orderBy.length === 0 || query.limit.kind !== "number") {
    throw elsewhere("LIMIT without ORDER BY in a correlated query", at);
  }
  const partition = shared.map((test) => innerSide(test, at));
  const order = query.orderBy.map((entry) => ({
    column: needed.place(bindExpression(entry.expression, context)).index,
    descending: entry.descending,
    nullsFirst: nullsFirst(entry),
  }));
  const input = project(rows, needed.items, keys);
  const type = aggregateFunction("row_number")?.resolve([], [])?.result;
  if (type === undefined) throw elsewhere("ROW_NUMBER", at);
  const over: OverRelation = {
    kind: "over",
    fields: [...input.fields, { name: "$rank", type }],
    input,
    partition,
    order,
    calls: [
      {
        function: "row_number",
        arguments: [],
        isDistinct: false,
        filter: undefined,
        type,
        constants: [],
        frame: undefined,
      },
    ],
  };
  const count = literal({ kind: "bigint", nullable: false }, BigInt(query.limit.text));
  const rank = column(over.fields, over.fields.length - 1);
  return filter(over, callOperator("<=", [rank, count], at), keys);
}

/** The column of the inner query in `inner = outer`. */
function innerSide(test: BoundExpression, position: number): number {
  if (test.kind === "call" && test.function === "=") {
    const [a, b] = test.arguments;
    if (a?.kind === "column" && b !== undefined && !isCorrelated(a) && isCorrelated(b)) return a.index;
    if (b?.kind === "column" && a !== undefined && !isCorrelated(b) && isCorrelated(a)) return b.index;
  }
  throw elsewhere("LIMIT in a query that is correlated by anything but equality of columns", position);
}
