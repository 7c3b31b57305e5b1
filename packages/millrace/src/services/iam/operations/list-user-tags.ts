import type { ListUserTagsRequest, ListUserTagsResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findHolder } from "../holders.ts";
import { pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";
import { tagList } from "../tags.ts";

export function listUserTags(
  state: IamState,
  input: Input<ListUserTagsRequest>,
  call: Call,
): ListUserTagsResponse {
  const { tags } = findHolder(state.account(call.account), { kind: "user", name: input.UserName });
  const { items, rest } = pageOf(state, call, input, tagList(tags), ({ Key }) => Key);
  return { Tags: [...items], ...rest };
}
