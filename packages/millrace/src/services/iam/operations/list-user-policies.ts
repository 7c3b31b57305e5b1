import type { ListUserPoliciesRequest, ListUserPoliciesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { listInlinePolicies } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export function listUserPolicies(
  state: IamState,
  input: Input<ListUserPoliciesRequest>,
  call: Call,
): ListUserPoliciesResponse {
  return listInlinePolicies(state, call, { kind: "user", name: input.UserName }, input);
}
