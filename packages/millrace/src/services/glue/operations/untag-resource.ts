import type { UntagResourceRequest, UntagResourceResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { taggedResource } from "../tags/taggable.ts";

export async function untagResource(
  state: GlueState,
  input: Input<UntagResourceRequest>,
  call: Call,
): Promise<UntagResourceResponse> {
  const { arn } = taggedResource(state, input.ResourceArn, call);
  const removed = new Set(input.TagsToRemove);
  await state.tags.change(arn, (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key))),
  );
  return {};
}
