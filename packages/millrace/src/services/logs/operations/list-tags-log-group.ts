import type { ListTagsLogGroupRequest, ListTagsLogGroupResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";

export function listTagsLogGroup(
  state: LogsState,
  input: Input<ListTagsLogGroupRequest>,
  call: Call,
): ListTagsLogGroupResponse {
  return { tags: { ...state.groups.get(call, input.logGroupName).tags } };
}
