import type { GetGroupRequest, GetGroupResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeGroup, describeUser } from "../describe.ts";
import { findHolder } from "../holders.ts";
import { pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function getGroup(state: IamState, input: Input<GetGroupRequest>, call: Call): GetGroupResponse {
  const account = state.account(call.account);
  const group = findHolder(account, { kind: "group", name: input.GroupName });
  const users = [...account.users.values()].filter((user) => user.groups.includes(group.id));
  const { items, rest } = pageOf(state, call, input, users, ({ name }) => keyOf(name));
  return {
    Group: describeGroup(account.id, group),
    Users: items.map((user) => describeUser(account.id, user)),
    ...rest,
  };
}
