import type { DeletePolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { deleteConflict } from "../errors.ts";
import { findOwnPolicy, policyUses } from "../policies.ts";
import type { IamState } from "../state.ts";

export async function deletePolicy(
  state: IamState,
  input: Input<DeletePolicyRequest>,
  call: Call,
): Promise<void> {
  const arn = input.PolicyArn;
  await state.change(call.account, (account, draft) => {
    const policy = findOwnPolicy(state, account, arn);
    const { attached, boundaries } = policyUses(account);
    if (attached.has(arn) || boundaries.has(arn))
      throw deleteConflict("Cannot delete a policy attached to entities.");
    if (policy.versions.length > 1)
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's " +
          "versions. The default version is deleted with the policy.",
      );
    draft.remove("policies", keyOf(policy.name));
  });
}
