import type { GetRolePolicyRequest, GetRolePolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { readInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export function getRolePolicy(
  state: IamState,
  input: Input<GetRolePolicyRequest>,
  call: Call,
): GetRolePolicyResponse {
  const { RoleName } = input;
  return { RoleName, ...readInlinePolicy(state, call, { kind: "role", name: RoleName }, input.PolicyName) };
}
