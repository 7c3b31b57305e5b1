import type {
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { listAttachedPolicies } from "../attachments.ts";
import type { IamState } from "../state.ts";

export function listAttachedGroupPolicies(
  state: IamState,
  input: Input<ListAttachedGroupPoliciesRequest>,
  call: Call,
): ListAttachedGroupPoliciesResponse {
  return listAttachedPolicies(state, call, { kind: "group", name: input.GroupName }, input);
}
