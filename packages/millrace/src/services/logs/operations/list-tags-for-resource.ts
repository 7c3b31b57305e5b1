import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";
import { taggedGroup } from "../tags.ts";

export function listTagsForResource(
  state: LogsState,
  input: Input<ListTagsForResourceRequest>,
  call: Call,
): ListTagsForResourceResponse {
  return { tags: { ...state.groups.get(call, taggedGroup(input.resourceArn, call)).tags } };
}
