import type { ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../paging.ts";
import { findProfile } from "../profiles.ts";
import type { IamState } from "../state.ts";
import { tagList } from "../tags.ts";

export function listInstanceProfileTags(
  state: IamState,
  input: Input<ListInstanceProfileTagsRequest>,
  call: Call,
): ListInstanceProfileTagsResponse {
  const { tags } = findProfile(state.account(call.account), input.InstanceProfileName);
  const { items, rest } = pageOf(state, call, input, tagList(tags), ({ Key }) => Key);
  return { Tags: [...items], ...rest };
}
