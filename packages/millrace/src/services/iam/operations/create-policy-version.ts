import type { CreatePolicyVersionRequest, CreatePolicyVersionResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import type { ManagedPolicyDocument } from "../document.ts";
import { limitExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import { describeVersion, findOwnPolicy } from "../policies.ts";
import { checkManagedText } from "../policy-text.ts";
import type { IamState } from "../state.ts";

export async function createPolicyVersion(
  state: IamState,
  input: Input<CreatePolicyVersionRequest>,
  call: Call,
): Promise<CreatePolicyVersionResponse> {
  const { PolicyArn: arn, PolicyDocument: text } = input;
  checkManagedText(text);
  const PolicyVersion = await state.change(call.account, (account, draft) => {
    const policy = findOwnPolicy(state, account, arn);
    if (policy.versions.length >= limits.versionsPerPolicy)
      throw limitExceeded(
        `A managed policy can have up to ${limits.versionsPerPolicy} versions. Before you create a new version, ` +
          "you must delete an existing version.",
      );
    const version = { id: `v${policy.nextVersion}`, document: text, createdMs: state.clock.now() };
    const changed: ManagedPolicyDocument = {
      ...policy,
      versions: [...policy.versions, version],
      nextVersion: policy.nextVersion + 1,
      defaultVersion: input.SetAsDefault ? version.id : policy.defaultVersion,
      updatedMs: version.createdMs,
    };
    draft.put("policies", keyOf(policy.name), changed);
    return describeVersion(changed, version);
  });
  return { PolicyVersion };
}
