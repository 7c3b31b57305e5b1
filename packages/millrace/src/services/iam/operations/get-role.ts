import type { GetRoleRequest, GetRoleResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeRoleFully } from "../describe.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export function getRole(state: IamState, input: Input<GetRoleRequest>, call: Call): GetRoleResponse {
  const role = findHolder(state.account(call.account), { kind: "role", name: input.RoleName });
  return { Role: describeRoleFully(call.account, role) };
}
