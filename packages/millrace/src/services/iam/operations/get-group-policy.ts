import type { GetGroupPolicyRequest, GetGroupPolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { readInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export function getGroupPolicy(
  state: IamState,
  input: Input<GetGroupPolicyRequest>,
  call: Call,
): GetGroupPolicyResponse {
  const { GroupName } = input;
  return {
    GroupName,
    ...readInlinePolicy(state, call, { kind: "group", name: GroupName }, input.PolicyName),
  };
}
