import type { CreatePolicyRequest, CreatePolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { iamArn } from "../arn.ts";
import type { ManagedPolicyDocument } from "../document.ts";
import { alreadyExists, quotaExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import { describePolicyFully, policyUses } from "../policies.ts";
import { checkManagedText } from "../policy-text.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

export async function createPolicy(
  state: IamState,
  input: Input<CreatePolicyRequest>,
  call: Call,
): Promise<CreatePolicyResponse> {
  const { PolicyName: name, Path: path = "/", PolicyDocument: document } = input;
  checkManagedText(document);
  const createdMs = state.clock.now();
  const policy: ManagedPolicyDocument = {
    ...{ name, path, id: uniqueId("ANPA"), createdMs, updatedMs: createdMs },
    description: input.Description ?? "",
    tags: withTags({}, input.Tags),
    versions: [{ id: "v1", document, createdMs }],
    ...{ defaultVersion: "v1", nextVersion: 2 },
  };
  await state.change(call.account, (account, draft) => {
    if (account.policies.has(keyOf(name)))
      throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    if (account.policies.size >= limits.policiesPerAccount)
      throw quotaExceeded("PoliciesPerAccount", limits.policiesPerAccount);
    draft.put("policies", keyOf(name), policy);
  });
  const arn = iamArn(call.account, "policy", policy);
  return { Policy: describePolicyFully({ arn, document: policy }, policyUses(state.account(call.account))) };
}
