import type { DeleteMetricFilterRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notFound } from "../errors.ts";
import type { LogsState } from "../state.ts";

export async function deleteMetricFilter(
  state: LogsState,
  input: Input<DeleteMetricFilterRequest>,
  call: Call,
): Promise<void> {
  await state.file.write(() => {
    const group = state.groups.get(call, input.logGroupName);
    if (!state.metricFilters.delete(group, input.filterName))
      throw notFound("The specified metric filter does not exist.");
  });
}
