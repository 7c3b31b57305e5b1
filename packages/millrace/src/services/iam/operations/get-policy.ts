import type { GetPolicyRequest, GetPolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describePolicyFully, findPolicy, policyUses } from "../policies.ts";
import type { IamState } from "../state.ts";

export function getPolicy(state: IamState, input: Input<GetPolicyRequest>, call: Call): GetPolicyResponse {
  const account = state.account(call.account);
  return { Policy: describePolicyFully(findPolicy(state, account, input.PolicyArn), policyUses(account)) };
}
