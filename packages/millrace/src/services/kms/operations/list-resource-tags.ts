import type { ListResourceTagsRequest, ListResourceTagsResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findOwnKey } from "../key-lookup.ts";
import { pageOf } from "../page.ts";
import type { KmsState } from "../state.ts";

export function listResourceTags(
  state: KmsState,
  input: Input<ListResourceTagsRequest>,
  call: Call,
): ListResourceTagsResponse {
  const key = findOwnKey(state, input.KeyId, call);
  const tags = Object.entries(key.document.tags).sort(([a], [b]) => (a < b ? -1 : 1));
  const { items, paging } = pageOf(state, call, tags, ([name]) => name, input, {
    defaultLimit: 50,
    filters: { KeyId: key.arn },
  });
  return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...paging };
}
