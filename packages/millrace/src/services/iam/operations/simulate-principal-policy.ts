import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { parseIamArn } from "../arn.ts";
import { notImplemented } from "../errors.ts";
import { pageOf } from "../paging.ts";
import { principalSources } from "../policy-sources.ts";
import { inputPolicies, simulate } from "../simulation.ts";
import type { IamState } from "../state.ts";

export function simulatePrincipalPolicy(
  state: IamState,
  input: Input<SimulatePrincipalPolicyRequest>,
  call: Call,
): SimulatePolicyResponse {
  if ((input.PolicyExclusionList ?? []).length > 0)
    throw notImplemented("Simulation with PolicyExclusionList");
  const { identity, boundaries } = principalSources(
    state,
    state.account(call.account),
    input.PolicySourceArn,
  );
  const given = input.PermissionsBoundaryPolicyInputList;
  const policies = {
    identity: [...identity, ...inputPolicies(input.PolicyInputList)],
    // A boundary that the call brings takes the place of the principal's own.
    boundaries: given === undefined ? boundaries : inputPolicies(given, "PermissionsBoundaryPolicyInputList"),
  };
  const isUser = parseIamArn(input.PolicySourceArn)?.kind === "user";
  const caller = input.CallerArn ?? (isUser ? input.PolicySourceArn : undefined);
  const results = simulate({ ...input, CallerArn: caller }, policies, call.account).map((result, at) => ({
    result,
    at,
  }));
  const { items, rest } = pageOf(state, call, input, results, ({ at }) => String(at).padStart(6, "0"));
  return { EvaluationResults: items.map(({ result }) => result), ...rest };
}
