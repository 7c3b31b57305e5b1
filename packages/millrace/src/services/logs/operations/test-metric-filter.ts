import type { TestMetricFilterRequest, TestMetricFilterResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { parseFilterPattern } from "../filter/pattern.ts";
import type { LogsState } from "../state.ts";

export function testMetricFilter(
  _state: LogsState,
  input: Input<TestMetricFilterRequest>,
  _call: Call,
): TestMetricFilterResponse {
  const pattern = parseFilterPattern(input.filterPattern);
  const matches = input.logEventMessages
    .map((message, at) => ({ eventNumber: at + 1, eventMessage: message }))
    .filter(({ eventMessage }) => pattern.matches(eventMessage));
  return {
    matches: matches.map((match) => ({ ...match, extractedValues: pattern.values(match.eventMessage) })),
  };
}
