import type { ListGroupPoliciesRequest, ListGroupPoliciesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { listInlinePolicies } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export function listGroupPolicies(
  state: IamState,
  input: Input<ListGroupPoliciesRequest>,
  call: Call,
): ListGroupPoliciesResponse {
  return listInlinePolicies(state, call, { kind: "group", name: input.GroupName }, input);
}
