import type { ListPolicyTagsRequest, ListPolicyTagsResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../paging.ts";
import { findPolicy } from "../policies.ts";
import type { IamState } from "../state.ts";
import { tagList } from "../tags.ts";

export function listPolicyTags(
  state: IamState,
  input: Input<ListPolicyTagsRequest>,
  call: Call,
): ListPolicyTagsResponse {
  const { tags } = findPolicy(state, state.account(call.account), input.PolicyArn).document;
  const { items, rest } = pageOf(state, call, input, tagList(tags), ({ Key }) => Key);
  return { Tags: [...items], ...rest };
}
