import type { ListGroupsRequest, ListGroupsResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeGroup } from "../describe.ts";
import { below, pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function listGroups(state: IamState, input: Input<ListGroupsRequest>, call: Call): ListGroupsResponse {
  const groups = [...state.account(call.account).groups.values()].filter(below(input.PathPrefix));
  const { items, rest } = pageOf(state, call, input, groups, ({ name }) => keyOf(name));
  return { Groups: items.map((group) => describeGroup(call.account, group)), ...rest };
}
