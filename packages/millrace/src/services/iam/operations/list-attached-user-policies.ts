import type { ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { listAttachedPolicies } from "../attachments.ts";
import type { IamState } from "../state.ts";

export function listAttachedUserPolicies(
  state: IamState,
  input: Input<ListAttachedUserPoliciesRequest>,
  call: Call,
): ListAttachedUserPoliciesResponse {
  return listAttachedPolicies(state, call, { kind: "user", name: input.UserName }, input);
}
