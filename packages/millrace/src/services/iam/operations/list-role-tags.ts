import type { ListRoleTagsRequest, ListRoleTagsResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findHolder } from "../holders.ts";
import { pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";
import { tagList } from "../tags.ts";

export function listRoleTags(
  state: IamState,
  input: Input<ListRoleTagsRequest>,
  call: Call,
): ListRoleTagsResponse {
  const { tags } = findHolder(state.account(call.account), { kind: "role", name: input.RoleName });
  const { items, rest } = pageOf(state, call, input, tagList(tags), ({ Key }) => Key);
  return { Tags: [...items], ...rest };
}
