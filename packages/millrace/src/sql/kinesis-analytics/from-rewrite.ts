import type { Expression, FromItem, Join, TableItem } from "../flink/ast/tree.ts";
import { binaryOf, columnOf, intervalOf } from "./build-tree.ts";
import { rewriteExpression } from "./expression-rewrite.ts";
import { itemsFunction } from "./items-function.ts";
import type { Rewriting } from "./rewriting.ts";
import { withRowtime } from "./rowtime-query.ts";
import { unsupported } from "./unsupported.ts";

/** What stands behind FROM, in Flink SQL; the columns of each query in brackets are noted in `subqueries`. */
export function rewriteFromItem(
  rewriter: Rewriting,
  item: FromItem,
  subqueries: Map<FromItem, readonly string[]>,
): FromItem {
  const position = rewriter.origin + item.span.start;
  switch (item.kind) {
    case "table":
      if (item.over !== undefined) {
        throw unsupported("a window of a stream outside of a join", position);
      }
      return item;
    case "subquery": {
      const { query, columns } = rewriter.rewrite(item.query);
      const named = item.columns.length > 0 ? item.columns.map(({ name }) => name) : columns;
      const whole: FromItem = { ...item, columns: [], query: withRowtime(query, named) };
      subqueries.set(
        whole,
        named.filter((name) => name !== "ROWTIME"),
      );
      return whole;
    }
    case "function": {
      const { query, columns } = itemsFunction(rewriter, item.call);
      const whole: FromItem = {
        kind: "subquery",
        query: withRowtime(query, columns),
        lateral: false,
        alias: item.alias,
        columns: [],
        span: item.span,
      };
      subqueries.set(whole, columns);
      return whole;
    }
    case "join":
      return rewriteJoin(rewriter, item, subqueries);
    default:
      throw unsupported("UNNEST and MATCH_RECOGNIZE", position);
  }
}

/**
 * A join of streams keeps the rows of each side for the time of its window (`a OVER (RANGE INTERVAL '1' MINUTE
 * PRECEDING)`), which is a join within an interval of ROWTIME.
 */
function rewriteJoin(
  rewriter: Rewriting,
  join: Join,
  subqueries: Map<FromItem, readonly string[]>,
): FromItem {
  const leftWindow = windowOf(join.left);
  const rightWindow = windowOf(join.right);
  const left = rewriteFromItem(rewriter, withoutWindow(join.left), subqueries);
  const right = rewriteFromItem(rewriter, withoutWindow(join.right), subqueries);
  const on = join.on === undefined ? undefined : rewriteExpression(join.on, rewriter.origin);
  const plain: Join = { ...join, left, right, on };
  if (leftWindow === undefined && rightWindow === undefined) {
    return plain;
  }
  if (join.natural || join.using.length > 0 || left.kind !== "table" || right.kind !== "table") {
    throw unsupported(
      "a window in a join other than of two streams ON a condition",
      rewriter.origin + join.span.start,
    );
  }
  const within = intervalCondition(
    [left, frameInterval(rewriter, leftWindow)],
    [right, frameInterval(rewriter, rightWindow)],
  );
  const both: Expression =
    on === undefined ? within : { kind: "logical", operator: "and", left: on, right: within, span: on.span };
  return { ...plain, type: join.type === "cross" ? "inner" : join.type, on: both };
}

const windowOf = (item: FromItem): TableItem["over"] => (item.kind === "table" ? item.over : undefined);

const withoutWindow = (item: FromItem): FromItem =>
  item.kind === "table" ? { ...item, over: undefined } : item;

/** `RANGE INTERVAL ... PRECEDING`; without a window, and for the current row, nothing is kept. */
function frameInterval(rewriter: Rewriting, window: TableItem["over"]): Expression {
  const span = window?.span ?? { start: 0, end: 0 };
  const frame = window?.frame;
  if (window === undefined || frame === undefined || frame.start.kind === "current row") {
    return intervalOf("0", "second", span);
  }
  if (frame.unit !== "range" || frame.end !== undefined || frame.start.kind !== "preceding") {
    throw unsupported(
      "a join's window other than RANGE INTERVAL ... PRECEDING",
      rewriter.origin + span.start,
    );
  }
  return frame.start.offset;
}

type Side = readonly [item: TableItem, interval: Expression];

// left.ROWTIME BETWEEN right.ROWTIME - window of the left AND right.ROWTIME + window of the right
function intervalCondition([left, leftKept]: Side, [right, rightKept]: Side): Expression {
  const rowtime = (item: TableItem): Expression =>
    columnOf(item.alias ?? item.name.parts.at(-1), "ROWTIME", item.span);
  return {
    kind: "between",
    operand: rowtime(left),
    negated: false,
    symmetric: false,
    low: binaryOf("-", rowtime(right), leftKept),
    high: binaryOf("+", rowtime(right), rightKept),
    span: left.span,
  };
}
