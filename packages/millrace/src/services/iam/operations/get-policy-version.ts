import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeVersionFully, findPolicy, findVersion } from "../policies.ts";
import type { IamState } from "../state.ts";

export function getPolicyVersion(
  state: IamState,
  input: Input<GetPolicyVersionRequest>,
  call: Call,
): GetPolicyVersionResponse {
  const policy = findPolicy(state, state.account(call.account), input.PolicyArn);
  return { PolicyVersion: describeVersionFully(policy.document, findVersion(policy, input.VersionId)) };
}
