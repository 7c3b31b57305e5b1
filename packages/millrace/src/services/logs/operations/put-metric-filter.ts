import type { MetricTransformation, PutMetricFilterRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter, limitExceeded, notImplemented } from "../errors.ts";
import { parseFilterPattern } from "../filter/pattern.ts";
import { limits } from "../limits.ts";
import type { LogsState } from "../state.ts";

const maxDimensions = 3;

export async function putMetricFilter(
  state: LogsState,
  input: Input<PutMetricFilterRequest>,
  call: Call,
): Promise<void> {
  const { filterName, filterPattern: pattern, metricTransformations: transformations } = input;
  for (const member of [
    "applyOnTransformedLogs",
    "fieldSelectionCriteria",
    "emitSystemFieldDimensions",
  ] as const)
    if (input[member]) throw notImplemented(`PutMetricFilter with ${member}`);
  // Reading it is the check.
  parseFilterPattern(pattern);
  for (const transformation of transformations) checkTransformation(transformation);
  const document = { pattern, transformations, createdMs: state.clock.now() };
  await state.file.write(() => {
    const group = state.groups.get(call, input.logGroupName);
    const others = state.metricFilters.ofGroup(group).filter(({ name }) => name !== filterName);
    if (others.length >= limits.metricFiltersPerGroup) throw limitExceeded("Resource limit exceeded.");
    state.metricFilters.put(group, filterName, document as Parameters<typeof state.metricFilters.put>[2]);
  });
}

function checkTransformation(transformation: Input<MetricTransformation>): void {
  const { metricValue, dimensions = {}, defaultValue } = transformation;
  if (!metricValue.startsWith("$") && !Number.isFinite(Number(metricValue)))
    throw invalidParameter(
      `Invalid metric transformation: the value ${metricValue} is not a number or a selector.`,
    );
  const count = Object.keys(dimensions).length;
  if (count > maxDimensions)
    throw invalidParameter(`Invalid metric transformation: there are more than ${maxDimensions} dimensions.`);
  if (count > 0 && defaultValue !== undefined)
    throw invalidParameter(
      "Invalid metric transformation: dimensions and default value are mutually exclusive properties.",
    );
}
