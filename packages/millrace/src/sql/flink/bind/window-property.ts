import type { Call } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { FlinkType, TimeType } from "../types.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import { type ExpressionContext, plain, type WindowProperty } from "./expression-context.ts";
import type { ExpressionKeys } from "./expression-key.ts";
import { timeOf } from "./scope.ts";
import { windowShape, windowSizeNames } from "./window-shape.ts";

/** The windows of GROUP BY that Flink had before its table functions. */
export type GroupWindowKind = "tumble" | "hop" | "session";
export const groupWindowNames: readonly string[] = ["tumble", "hop", "session"];

const properties: Readonly<Record<string, WindowProperty>> = Object.freeze({
  start: "window_start",
  end: "window_end",
  rowtime: "window_time",
  proctime: "window_time",
});

/** `TUMBLE(ts, INTERVAL '1' DAY)`, with its arguments bound. */
export interface GroupWindow {
  readonly kind: GroupWindowKind;
  readonly time: BoundExpression;
  readonly timeKind: "rowtime" | "proctime";
  readonly shape: ReturnType<typeof windowShape>;
  /** The same for the window and for what asks for its bounds. */
  readonly key: string;
  readonly position: number;
}

/** A call of TUMBLE, HOP or SESSION over a time attribute, or of a function of its bounds. */
export function bindGroupWindow(
  kind: GroupWindowKind,
  node: Call,
  context: ExpressionContext,
  bind: ExpressionBinder,
): GroupWindow {
  const at = node.span.start;
  const inside = plain(context, kind.toUpperCase());
  const [time, ...sizes] = node.arguments.map((argument) => ({
    expression: bind(argument, inside),
    position: argument.span.start,
  }));
  const wanted = windowSizeNames(kind).length;
  if (time === undefined || sizes.length < wanted || sizes.length > wanted + 1) {
    throw invalid(`${kind.toUpperCase()} takes a time attribute and ${wanted} interval(s)`, at, "42883");
  }
  if (sizes.length > wanted) throw elsewhere(`the alignment of ${kind.toUpperCase()} in GROUP BY`, at);
  const timeKind = timeOf(time.expression, context.scope.relation.fields);
  if (timeKind === undefined) {
    throw invalid("window can only be defined over a time attribute column", time.position, "42804");
  }
  const shape = windowShape(kind, sizes, []);
  const key = `${keyOf(time.expression, context.query.statement.keys)} ${JSON.stringify(shape)}`;
  return { kind, time: time.expression, timeKind, shape, key, position: at };
}

function keyOf(time: BoundExpression, keys: ExpressionKeys): number {
  return keys.of(time);
}

/** `TUMBLE_START` and the like in parts; undefined for any other name. */
export function auxiliaryWindow(
  name: string,
): { readonly kind: GroupWindowKind; readonly part: string } | undefined {
  const match = /^(tumble|hop|session)_(start|end|rowtime|proctime)$/.exec(name);
  return match === null ? undefined : { kind: match[1] as GroupWindowKind, part: match[2] ?? "" };
}

/** A bound of the window of GROUP BY. */
export function windowProperty(
  name: string,
  node: Call,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression {
  const auxiliary = auxiliaryWindow(name);
  const property = properties[auxiliary?.part ?? ""];
  const { marks } = context;
  if (auxiliary === undefined || property === undefined) throw new Error(`no window property ${name}`);
  if (marks === undefined || !context.allows.aggregates) {
    throw invalid(`${name.toUpperCase()} may not stand in ${context.clause}`, node.span.start, "42803");
  }
  const window = bindGroupWindow(auxiliary.kind, node, context, bind);
  if (auxiliary.part === "rowtime" && window.timeKind !== "rowtime") {
    throw invalid("a proctime window cannot provide a rowtime attribute", node.span.start);
  }
  const type = auxiliary.part === "proctime" ? proctimeType : windowPropertyType(property, window.time.type);
  return marks.add({ kind: "window property", property, key: window.key, position: node.span.start }, type);
}

const proctimeType: FlinkType = Object.freeze({ kind: "timestamp_ltz", precision: 3, nullable: false });

/** Start and end are wall clock times, also of windows over TIMESTAMP_LTZ. */
export function windowPropertyType(property: WindowProperty, time: FlinkType): FlinkType {
  const kind: TimeType["kind"] =
    property === "window_time" && time.kind === "timestamp_ltz" ? "timestamp_ltz" : "timestamp";
  return { kind, precision: 3, nullable: false };
}
