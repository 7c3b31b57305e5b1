import type { Expression, FromItem, Query, QueryBody, Select, SelectItem } from "../flink/ast/tree.ts";
import { callOf, columnOf } from "./build-tree.ts";
import { rewriteExpression } from "./expression-rewrite.ts";
import { rewriteFromItem } from "./from-rewrite.ts";
import type { Rewriting, RewrittenQuery } from "./rewriting.ts";
import {
  expandStars,
  hasAggregate,
  outputName,
  type ScopeItem,
  type StreamNames,
  scopeOf,
} from "./stream-scope.ts";
import { isRowtime } from "./time-step.ts";
import { mapExpression } from "./tree-map.ts";
import { unsupported } from "./unsupported.ts";
import { type GroupWindow, groupWindowOf, rewriteGrouped, rewriteOver } from "./window-rewrite.ts";

/** Rewrites the queries of one statement, whose spans count from `origin` in the code. */
export class QueryRewriter implements Rewriting {
  readonly names: StreamNames;
  readonly origin: number;

  constructor(names: StreamNames, origin: number) {
    this.names = names;
    this.origin = origin;
  }

  /** @throws SqlError with a position in the code */
  rewrite(query: Query): RewrittenQuery {
    const position = this.origin + query.span.start;
    if (query.orderBy.length > 0) {
      throw unsupported("ORDER BY over a stream", position);
    }
    if (query.limit !== undefined || query.offset !== undefined) {
      throw unsupported("LIMIT, OFFSET and FETCH over a stream", position);
    }
    if (query.with.length > 0) {
      throw unsupported("WITH", position);
    }
    const { body, columns } = this.#body(query.body);
    return { query: { ...query, body }, columns };
  }

  #body(body: QueryBody): { body: QueryBody; columns: readonly string[] } {
    switch (body.kind) {
      case "select":
        return this.#select(body);
      case "set-operation": {
        if (body.operator !== "union" || !body.all) {
          throw unsupported("UNION without ALL, INTERSECT and EXCEPT", this.origin + body.span.start);
        }
        const left = this.#body(body.left);
        const right = this.#body(body.right);
        return { body: { ...body, left: left.body, right: right.body }, columns: left.columns };
      }
      case "nested": {
        const { query, columns } = this.rewrite(body.query);
        return { body: { ...body, query }, columns };
      }
      default:
        throw unsupported("a query that is no SELECT", this.origin + body.span.start);
    }
  }

  #select(select: Select): { body: Select; columns: readonly string[] } {
    const subqueries = new Map<FromItem, readonly string[]>();
    const from = select.from.map((item) => rewriteFromItem(this, item, subqueries));
    const scope = scopeOf(from, this.names, (item) => subqueries.get(item) ?? [], this.origin);
    const rowtime = rowtimeOf(scope, select);
    const items = this.#withoutRowtimeAlias(expandStars(select.items, scope, this.origin));
    const columns = items.map(outputName);
    const distinct = select.distinct && select.groupBy === undefined;
    const whole: Select = distinct ? { ...select, groupBy: distinctKeys(items) } : select;
    const isGrouped =
      whole.groupBy !== undefined ||
      whole.stagger !== undefined ||
      items.some(({ expression }) => hasAggregate(expression));
    const where = select.where === undefined ? undefined : rewriteExpression(select.where, this.origin);
    const common = { ...select, stream: false, stagger: undefined, from, where };
    if (!isGrouped) {
      return { body: { ...common, ...this.#plain(select, items, rowtime) }, columns };
    }
    const window = groupWindowOf(whole, rowtime, this.origin);
    return {
      body: { ...common, distinct: select.distinct && !distinct, ...this.#grouped(whole, items, window) },
      columns,
    };
  }

  #plain(select: Select, items: readonly SelectItem[], rowtime: Expression | undefined): Partial<Select> {
    const rewritten = items.map(({ expression, alias }) => ({
      expression: this.#withWindows(rewriteExpression(expression, this.origin), rowtime),
      alias,
    }));
    const windows = select.windows.map(({ name, window }) => ({
      name,
      window: rewriteOver(window, rowtime, this.origin),
    }));
    return { items: rewritten, windows };
  }

  #grouped(select: Select, items: readonly SelectItem[], window: GroupWindow): Partial<Select> {
    const grouped = (expression: Expression): Expression => rewriteGrouped(expression, window, this.origin);
    const { kind, time, interval } = window;
    const keys = window.keys.map((key) => rewriteExpression(key, this.origin));
    return {
      items: items.map(({ expression, alias }) => ({ expression: grouped(expression), alias })),
      groupBy: [...keys, callOf(kind, [time, interval], time.span)].map((expression) => ({
        kind: "expression",
        expression,
      })),
      having: select.having === undefined ? undefined : grouped(select.having),
      windows: [],
    };
  }

  #withWindows(expression: Expression, rowtime: Expression | undefined): Expression {
    return mapExpression(expression, (part) =>
      part.kind === "call" && part.over !== undefined
        ? { ...part, over: rewriteOver(part.over, rowtime, this.origin) }
        : undefined,
    );
  }

  /** A stream's ROWTIME is when a row comes into it: it can be selected, but not given another value. */
  #withoutRowtimeAlias(items: readonly SelectItem[]): readonly SelectItem[] {
    for (const { expression, alias } of items) {
      if (alias?.name === "ROWTIME" && !isRowtime(expression)) {
        throw unsupported("another value AS ROWTIME", this.origin + expression.span.start);
      }
    }
    return items;
  }
}

/** ROWTIME of the first stream that FROM names. */
function rowtimeOf(scope: readonly ScopeItem[], select: Select): Expression | undefined {
  const first = scope.find(({ isStream }) => isStream);
  return first === undefined
    ? undefined
    : columnOf(scope.length > 1 ? first.qualifier : undefined, "ROWTIME", select.span);
}

/** DISTINCT rows of a window are its groups; ROWTIME itself makes no difference between them. */
const distinctKeys = (items: readonly SelectItem[]): Select["groupBy"] =>
  items
    .filter(({ expression }) => !isRowtime(expression))
    .map(({ expression }) => ({ kind: "expression", expression }));
