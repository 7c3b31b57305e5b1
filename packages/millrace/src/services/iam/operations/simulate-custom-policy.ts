import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../paging.ts";
import { inputPolicies, simulate } from "../simulation.ts";
import type { IamState } from "../state.ts";

export function simulateCustomPolicy(
  state: IamState,
  input: Input<SimulateCustomPolicyRequest>,
  call: Call,
): SimulatePolicyResponse {
  const policies = {
    identity: inputPolicies(input.PolicyInputList),
    boundaries: inputPolicies(input.PermissionsBoundaryPolicyInputList, "PermissionsBoundaryPolicyInputList"),
  };
  const results = simulate(input, policies, call.account).map((result, at) => ({ result, at }));
  const { items, rest } = pageOf(state, call, input, results, ({ at }) => String(at).padStart(6, "0"));
  return { EvaluationResults: items.map(({ result }) => result), ...rest };
}
