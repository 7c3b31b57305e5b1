import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter, limitExceeded, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { checkPolicy } from "../resource-policy.ts";
import type { LogsState } from "../state.ts";

export async function putResourcePolicy(
  state: LogsState,
  input: Input<PutResourcePolicyRequest>,
  call: Call,
): Promise<PutResourcePolicyResponse> {
  const { policyName: name, policyDocument: document } = input;
  if (input.resourceArn !== undefined || input.expectedRevisionId !== undefined)
    throw notImplemented("PutResourcePolicy for a single resource (resourceArn, expectedRevisionId)");
  if (name === undefined || document === undefined)
    throw invalidParameter("Both policyName and policyDocument are required.");
  checkPolicy(document);
  const updatedMs = state.clock.now();
  await state.file.write(() => {
    const others = state.policies.list(call).filter((policy) => policy.name !== name);
    if (others.length >= limits.resourcePolicies) throw limitExceeded("Resource limit exceeded.");
    state.policies.put(call, { name, document, updatedMs });
  });
  return {
    resourcePolicy: {
      policyName: name,
      policyDocument: document,
      lastUpdatedTime: updatedMs,
      policyScope: "ACCOUNT",
    },
  };
}
