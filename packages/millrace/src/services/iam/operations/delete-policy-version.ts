import type { DeletePolicyVersionRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { deleteConflict } from "../errors.ts";
import { findOwnPolicy, findVersion } from "../policies.ts";
import type { IamState } from "../state.ts";

export async function deletePolicyVersion(
  state: IamState,
  input: Input<DeletePolicyVersionRequest>,
  call: Call,
): Promise<void> {
  const { PolicyArn: arn, VersionId: id } = input;
  await state.change(call.account, (account, draft) => {
    const policy = findOwnPolicy(state, account, arn);
    findVersion({ arn, document: policy }, id);
    if (policy.defaultVersion === id) throw deleteConflict("Cannot delete the default version of a policy.");
    const versions = policy.versions.filter((version) => version.id !== id);
    draft.put("policies", keyOf(policy.name), { ...policy, versions, updatedMs: state.clock.now() });
  });
}
