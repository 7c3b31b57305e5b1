import type { ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { listAttachedPolicies } from "../attachments.ts";
import type { IamState } from "../state.ts";

export function listAttachedRolePolicies(
  state: IamState,
  input: Input<ListAttachedRolePoliciesRequest>,
  call: Call,
): ListAttachedRolePoliciesResponse {
  return listAttachedPolicies(state, call, { kind: "role", name: input.RoleName }, input);
}
