import type { AggregateCall, WindowShape } from "../../../sql/flink/relation.ts";
import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import type { WindowAggregateOperator, WindowSource } from "../plan/physical-plan.ts";
import { call, field, OperatorTest, type OperatorTestOptions, types } from "./test-operators.ts";
import { createWindowAggregate } from "./window-aggregate.ts";

const { string, bigint, time } = types;
export const windowInput: readonly Field[] = [field("k", string), field("v", bigint), field("t", time)];
/** COUNT(*), SUM(v) */
export const windowCalls: readonly AggregateCall[] = [call("count", [], bigint), call("sum", [1], bigint)];
export const tumble: Extract<WindowShape, { readonly kind: "tumble" }> = {
  kind: "tumble",
  sizeMs: 10,
  offsetMs: 0,
};
export const hop: Extract<WindowShape, { readonly kind: "hop" }> = {
  kind: "hop",
  sizeMs: 10,
  slideMs: 4,
  offsetMs: 0,
};
export const cumulate: Extract<WindowShape, { readonly kind: "cumulate" }> = {
  kind: "cumulate",
  maxMs: 12,
  stepMs: 4,
  offsetMs: 0,
};
export const session: Extract<WindowShape, { readonly kind: "session" }> = {
  kind: "session",
  gapMs: 5,
  partition: [0],
};

export interface WindowTestOptions extends OperatorTestOptions {
  readonly window?: Partial<WindowSource>;
  readonly calls?: readonly AggregateCall[];
  readonly properties?: WindowAggregateOperator["properties"];
  readonly timeType?: FlinkType;
  readonly keys?: readonly number[];
}

/** Of rows (k, v, t). */
export function windows(shape: WindowShape, options: WindowTestOptions = {}): OperatorTest {
  const timeType = options.timeType ?? time;
  const fields = [field("k", string), field("v", bigint), field("t", timeType)];
  const properties = options.properties ?? ["window_start", "window_end"];
  const source = { kind: "time", shape, timeColumn: 2, isEventTime: true, ...options.window } as WindowSource;
  const keys = options.keys ?? [0];
  const spec = {
    kind: "windowAggregate",
    window: source,
    keys,
    calls: options.calls ?? windowCalls,
    properties,
  } as const;
  const output = [
    ...keys.map((key) => fields[key] ?? field("", string)),
    ...spec.calls.map((one) => field("", one.type)),
    ...properties.map((name) => field(name, name === "window_time" ? timeType : time)),
  ];
  return new OperatorTest(
    (context) => createWindowAggregate(spec, [fields], output, context),
    fields,
    keys,
    options,
  );
}
