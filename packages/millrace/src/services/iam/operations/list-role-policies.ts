import type { ListRolePoliciesRequest, ListRolePoliciesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { listInlinePolicies } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export function listRolePolicies(
  state: IamState,
  input: Input<ListRolePoliciesRequest>,
  call: Call,
): ListRolePoliciesResponse {
  return listInlinePolicies(state, call, { kind: "role", name: input.RoleName }, input);
}
