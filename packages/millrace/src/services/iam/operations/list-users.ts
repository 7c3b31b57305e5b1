import type { ListUsersRequest, ListUsersResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeUser } from "../describe.ts";
import { below, pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function listUsers(state: IamState, input: Input<ListUsersRequest>, call: Call): ListUsersResponse {
  const users = [...state.account(call.account).users.values()].filter(below(input.PathPrefix));
  const { items, rest } = pageOf(state, call, input, users, ({ name }) => keyOf(name));
  return { Users: items.map((user) => describeUser(call.account, user)), ...rest };
}
