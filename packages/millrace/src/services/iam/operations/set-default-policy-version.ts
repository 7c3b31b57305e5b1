import type { SetDefaultPolicyVersionRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { findOwnPolicy, findVersion } from "../policies.ts";
import type { IamState } from "../state.ts";

export async function setDefaultPolicyVersion(
  state: IamState,
  input: Input<SetDefaultPolicyVersionRequest>,
  call: Call,
): Promise<void> {
  const { PolicyArn: arn, VersionId: defaultVersion } = input;
  await state.change(call.account, (account, draft) => {
    const policy = findOwnPolicy(state, account, arn);
    findVersion({ arn, document: policy }, defaultVersion);
    draft.put("policies", keyOf(policy.name), { ...policy, defaultVersion, updatedMs: state.clock.now() });
  });
}
