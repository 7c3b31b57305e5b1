import type { ListRolesRequest, ListRolesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeRole } from "../describe.ts";
import { below, pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function listRoles(state: IamState, input: Input<ListRolesRequest>, call: Call): ListRolesResponse {
  const roles = [...state.account(call.account).roles.values()].filter(below(input.PathPrefix));
  const { items, rest } = pageOf(state, call, input, roles, ({ name }) => keyOf(name));
  return { Roles: items.map((role) => describeRole(call.account, role)), ...rest };
}
