import type { Field } from "../../../sql/flink/types.ts";
import type { Operator, OperatorContext } from "../operator.ts";
import type { WindowAggregateOperator } from "../plan/physical-plan.ts";
import { WindowAggregateAligned } from "./window-aggregate-aligned.ts";
import { WindowAggregateColumns } from "./window-aggregate-columns.ts";
import { WindowAggregateSession } from "./window-aggregate-session.ts";

/** Aggregation by key and window, by the kind of its windows. */
export function createWindowAggregate(
  spec: WindowAggregateOperator,
  inputs: readonly (readonly Field[])[],
  fields: readonly Field[],
  context: OperatorContext,
): Operator {
  const { window } = spec;
  if (window.kind === "columns") return new WindowAggregateColumns(spec, window, inputs, fields, context);
  const { shape } = window;
  if (shape.kind === "session")
    return new WindowAggregateSession(spec, { ...window, shape }, inputs, fields, context);
  return new WindowAggregateAligned(spec, { ...window, shape }, inputs, fields, context);
}
