import type { PutKeyPolicyRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { checkPolicy } from "../key-policy.ts";
import type { KmsState } from "../state.ts";

export function putKeyPolicy(state: KmsState, input: Input<PutKeyPolicyRequest>, call: Call): Promise<void> {
  return state.change(async () => {
    const { KeyId, Policy, PolicyName = "default", BypassPolicyLockoutSafetyCheck = false } = input;
    const key = findCustomerKey(state, KeyId, call);
    if (PolicyName !== "default") throw validation("The only valid policy name is default.");
    checkPolicy(Policy, key.arn, call, BypassPolicyLockoutSafetyCheck);
    await state.keys.commit([{ put: { ...key.document, policy: Policy } }]);
  });
}
