import type { GetTagsRequest, GetTagsResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { taggedResource } from "../tags/taggable.ts";

export function getTags(state: GlueState, input: Input<GetTagsRequest>, call: Call): GetTagsResponse {
  const { arn } = taggedResource(state, input.ResourceArn, call);
  return { Tags: { ...state.tags.of(arn) } };
}
