import type { TagResourceRequest, TagResourceResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { taggedResource } from "../tags/taggable.ts";

export async function tagResource(
  state: GlueState,
  input: Input<TagResourceRequest>,
  call: Call,
): Promise<TagResourceResponse> {
  const { arn } = taggedResource(state, input.ResourceArn, call);
  await state.tags.change(arn, (tags) => ({ ...tags, ...input.TagsToAdd }));
  return {};
}
