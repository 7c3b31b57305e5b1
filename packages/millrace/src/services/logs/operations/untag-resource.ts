import type { UntagResourceRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";
import { removeTags, taggedGroup } from "../tags.ts";

export async function untagResource(
  state: LogsState,
  input: Input<UntagResourceRequest>,
  call: Call,
): Promise<void> {
  await removeTags(state, call, taggedGroup(input.resourceArn, call), input.tagKeys);
}
