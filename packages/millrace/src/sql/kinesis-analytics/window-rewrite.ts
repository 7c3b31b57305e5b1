import type { Expression, GroupingItem, Select, Window } from "../flink/ast/tree.ts";
import { SqlError } from "../sql-error.ts";
import { callOf, castToTimestamp } from "./build-tree.ts";
import { rewriteExpression } from "./expression-rewrite.ts";
import { isAggregate } from "./stream-scope.ts";
import { intervalMs, isRowtime, type TimeStep, timeStepOf } from "./time-step.ts";
import { mapExpression } from "./tree-map.ts";
import { unsupported } from "./unsupported.ts";

/** How the rows of a GROUP BY come together: a group window of Flink over ROWTIME. */
export interface GroupWindow {
  readonly kind: "TUMBLE" | "SESSION";
  readonly time: Expression;
  readonly interval: Expression;
  readonly sizeMs: number;
  /** The other expressions of GROUP BY. */
  readonly keys: readonly Expression[];
}

/**
 * The window of a GROUP BY: STEP and FLOOR of ROWTIME are tumbling windows. A stagger window opens with the first
 * row of its keys; it becomes a session of them, which is the same while the rows of one key come within RANGE of
 * each other and then end. So one of its keys has to be a time that is cut to steps: such keys end by themselves.
 * @throws SqlError for groups without a window
 */
export function groupWindowOf(select: Select, rowtime: Expression | undefined, origin: number): GroupWindow {
  const keys = (select.groupBy ?? []).map((item) => keyOf(item, origin));
  const position = origin + select.span.start;
  if (rowtime === undefined) {
    throw unsupported("GROUP BY without a stream", position);
  }
  const steps = keys.map((key) => timeStepOf(key, origin));
  const isWindow = (step: TimeStep | undefined): step is TimeStep =>
    step !== undefined && isRowtime(step.value);
  const windows = steps.filter(isWindow);
  const others = keys.filter((_key, index) => !isWindow(steps[index]));
  if (others.some(isRowtime)) {
    throw unsupported("GROUP BY ROWTIME without STEP or FLOOR", position);
  }
  if (select.stagger !== undefined) {
    return staggerWindow(select.stagger, others, windows, rowtime, origin);
  }
  const [first] = windows;
  if (first === undefined) {
    throw unsupported("an aggregate over a stream without STEP or FLOOR of ROWTIME in GROUP BY", position);
  }
  if (windows.some(({ sizeMs }) => sizeMs !== first.sizeMs)) {
    throw unsupported("GROUP BY by steps of ROWTIME of different sizes", position);
  }
  return { kind: "TUMBLE", time: first.value, interval: first.interval, sizeMs: first.sizeMs, keys: others };
}

function keyOf(item: GroupingItem, origin: number): Expression {
  if (item.kind !== "expression") {
    throw unsupported("GROUPING SETS, ROLLUP and CUBE", origin + item.span.start);
  }
  return item.expression;
}

function staggerWindow(
  stagger: NonNullable<Select["stagger"]>,
  groupKeys: readonly Expression[],
  windows: readonly TimeStep[],
  rowtime: Expression,
  origin: number,
): GroupWindow {
  const position = origin + stagger.span.start;
  if (windows.length > 0) {
    throw unsupported("STEP or FLOOR of ROWTIME beside a stagger window", position);
  }
  const sizeMs = intervalMs(stagger.range, origin);
  const keys = groupKeys.length > 0 ? groupKeys : stagger.partitionBy;
  if (!stagger.partitionBy.some((key) => timeStepOf(key, origin) !== undefined)) {
    throw unsupported(
      "a stagger window without a time cut by FLOOR or STEP in its PARTITION BY (its keys would never end)",
      position,
    );
  }
  return { kind: "SESSION", time: rowtime, interval: stagger.range, sizeMs, keys };
}

/** What a grouped query selects or tests: times of the window in the place of ROWTIME. */
export function rewriteGrouped(expression: Expression, window: GroupWindow, origin: number): Expression {
  const bound = (side: "START" | "END", at: Expression): Expression =>
    callOf(`${window.kind}_${side}`, [window.time, window.interval], at.span);
  const replaced = mapExpression(expression, (part) => {
    if (part.kind === "call" && isAggregate(part.name.parts.at(-1)?.name)) {
      return mapArguments(part, (inner) => (isRowtime(inner) ? castToTimestamp(inner) : undefined));
    }
    const step = timeStepOf(part, origin);
    if (step !== undefined && isRowtime(step.value)) {
      const start = bound("START", part);
      return step.sizeMs === window.sizeMs ? start : withTime(step, start);
    }
    return isRowtime(part) ? bound("END", part) : undefined;
  });
  return rewriteExpression(replaced, origin);
}

function mapArguments(
  call: Expression & { kind: "call" },
  visit: (expression: Expression) => Expression | undefined,
): Expression {
  const inner = (part: Expression): Expression => mapExpression(part, visit);
  return {
    ...call,
    arguments: call.arguments.map(inner),
    filter: call.filter === undefined ? undefined : inner(call.filter),
  };
}

const withTime = ({ call }: TimeStep, time: Expression): Expression => ({
  ...call,
  arguments: [time, ...call.arguments.slice(1)],
});

/** A window of OVER: rows are in the order of ROWTIME, which Flink wants to be said. */
export function rewriteOver(window: Window, rowtime: Expression | undefined, origin: number): Window {
  const expression = (part: Expression): Expression => rewriteExpression(part, origin);
  const { frame } = window;
  const inherits = window.name !== undefined && window.partitionBy.length === 0 && frame === undefined;
  const orderBy =
    window.orderBy.length > 0 || inherits || rowtime === undefined
      ? window.orderBy
      : [{ expression: rowtime, descending: false, nulls: undefined }];
  if (frame !== undefined && frame.end === undefined && frame.start.kind === "following") {
    throw new SqlError("0A000", "SQL-1_0: a window of rows that follow is not supported", {
      position: origin + frame.span.start,
    });
  }
  return { ...window, partitionBy: window.partitionBy.map(expression), orderBy };
}
