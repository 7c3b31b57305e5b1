import type { UntagLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";
import { removeTags } from "../tags.ts";

export async function untagLogGroup(
  state: LogsState,
  input: Input<UntagLogGroupRequest>,
  call: Call,
): Promise<void> {
  await removeTags(state, call, input.logGroupName, input.tags);
}
