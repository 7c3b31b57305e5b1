import type { ListGroupsForUserRequest, ListGroupsForUserResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeGroup } from "../describe.ts";
import { findHolder } from "../holders.ts";
import { pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function listGroupsForUser(
  state: IamState,
  input: Input<ListGroupsForUserRequest>,
  call: Call,
): ListGroupsForUserResponse {
  const account = state.account(call.account);
  const user = findHolder(account, { kind: "user", name: input.UserName });
  const groups = [...account.groups.values()].filter((group) => user.groups.includes(group.id));
  const { items, rest } = pageOf(state, call, input, groups, ({ name }) => keyOf(name));
  return { Groups: items.map((group) => describeGroup(account.id, group)), ...rest };
}
