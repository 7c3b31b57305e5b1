import type { TagResourceRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";
import { addTags, taggedGroup } from "../tags.ts";

export async function tagResource(
  state: LogsState,
  input: Input<TagResourceRequest>,
  call: Call,
): Promise<void> {
  await addTags(state, call, taggedGroup(input.resourceArn, call), input.tags);
}
