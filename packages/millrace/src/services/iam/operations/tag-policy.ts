import type { TagPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { findOwnPolicy } from "../policies.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";

export async function tagPolicy(state: IamState, input: Input<TagPolicyRequest>, call: Call): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const policy = findOwnPolicy(state, account, input.PolicyArn);
    draft.put("policies", keyOf(policy.name), { ...policy, tags: withTags(policy.tags, input.Tags) });
  });
}
