import type { TagLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";
import { addTags } from "../tags.ts";

export async function tagLogGroup(
  state: LogsState,
  input: Input<TagLogGroupRequest>,
  call: Call,
): Promise<void> {
  await addTags(state, call, input.logGroupName, input.tags);
}
