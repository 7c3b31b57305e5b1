import type { GetUserPolicyRequest, GetUserPolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { readInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export function getUserPolicy(
  state: IamState,
  input: Input<GetUserPolicyRequest>,
  call: Call,
): GetUserPolicyResponse {
  const { UserName } = input;
  return { UserName, ...readInlinePolicy(state, call, { kind: "user", name: UserName }, input.PolicyName) };
}
