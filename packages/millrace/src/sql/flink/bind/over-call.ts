import type { Call, Window } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { AggregateFunction } from "../functions/aggregate-function.ts";
import { bindAggregate } from "./aggregate-call.ts";
import { invalid, proposal } from "./bind-error.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import type { ExpressionContext } from "./expression-context.ts";

/** `f(...) OVER (...)`; a window with a name was put in place before. */
export function bindOver(
  entry: AggregateFunction,
  node: Call,
  written: Window,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression {
  const { marks } = context;
  const at = node.span.start;
  const window = namedWindow(written, context.windows);
  if (marks === undefined || !context.allows.over) {
    throw invalid(`OVER may not stand in ${context.clause}`, at);
  }
  const inside: ExpressionContext = {
    ...context,
    clause: "OVER",
    allows: { ...context.allows, over: false, queries: false },
  };
  const isRanking = entry.kind === "window";
  if (isRanking && window.orderBy.length === 0 && entry.name !== "ntile") {
    throw invalid(`${entry.name.toUpperCase()} needs ORDER BY in OVER (...)`, at);
  }
  const call = bindAggregate(entry, node, inside, bind);
  return marks.add(
    {
      kind: "over",
      call,
      partition: window.partitionBy.map((item) => bind(item, inside)),
      order: window.orderBy.map((item) => ({
        expression: bind(item.expression, inside),
        descending: item.descending,
        nullsFirst: nullsFirst(item),
      })),
      frame:
        window.frame === undefined
          ? undefined
          : context.query.statement.text.slice(window.frame.span.start, window.frame.span.end),
    },
    call.type,
  );
}

/** `OVER w`, and `OVER (w ...)`, which adds to it. */
function namedWindow(window: Window, windows: ReadonlyMap<string, Window>): Window {
  const { name } = window;
  if (name === undefined) return window;
  const base = windows.get(name.name);
  if (base === undefined) {
    throw invalid(
      `there is no window '${name.name}'${proposal(name.name, windows.keys())}`,
      name.span.start,
      "42704",
    );
  }
  if (window.partitionBy.length > 0 || (window.orderBy.length > 0 && base.orderBy.length > 0)) {
    throw invalid(`the window '${name.name}' may not be said anew`, window.span.start);
  }
  return {
    span: window.span,
    name: undefined,
    partitionBy: base.partitionBy,
    orderBy: base.orderBy.length > 0 ? base.orderBy : window.orderBy,
    frame: window.frame ?? base.frame,
  };
}

/** NULL counts as the least value, as in Flink. */
export function nullsFirst(item: {
  readonly descending: boolean;
  readonly nulls: "first" | "last" | undefined;
}): boolean {
  return item.nulls === undefined ? !item.descending : item.nulls === "first";
}
