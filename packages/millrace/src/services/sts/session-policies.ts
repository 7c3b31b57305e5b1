import { deflateRawSync } from "node:zlib";
import { parsePolicy } from "../../core/policy/policy-document.ts";
import { PolicyError } from "../../core/policy/policy-error.ts";
import { malformedPolicy, packedTooLarge, validation } from "./errors.ts";
import { limits } from "./limits.ts";
import type { StsState } from "./state.ts";

interface PolicyInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
}

/** Session policies as a session carries them: neither member when none were passed. */
interface SessionPolicies {
  readonly policies?: readonly string[];
  readonly policyArns?: readonly string[];
}

export function sessionPolicies(state: StsState, account: string, input: PolicyInput): SessionPolicies {
  const arns = (input.PolicyArns ?? []).map(({ arn = "" }) => arn);
  if (arns.length > limits.policyArns)
    throw validation(
      "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length " +
        `less than or equal to ${limits.policyArns}`,
    );
  for (const arn of arns)
    if (!state.identities.hasPolicy(account, arn))
      throw malformedPolicy(`Policy ${arn} does not exist or is not attachable.`);
  if (input.Policy !== undefined) checkPolicy(input.Policy);
  return {
    ...(input.Policy === undefined ? {} : { policies: [input.Policy] }),
    ...(arns.length === 0 ? {} : { policyArns: arns }),
  };
}

function checkPolicy(text: string): void {
  try {
    parsePolicy(text, "identity");
  } catch (error) {
    if (error instanceof PolicyError) throw malformedPolicy(error.message);
    throw error;
  }
}

/** How much of a token's space policies and tags take, in percent; nothing when none were passed. */
export function packedSize(
  policies: SessionPolicies,
  tags: Readonly<Record<string, string>>,
): { PackedPolicySize?: number } {
  if (policies.policies === undefined && policies.policyArns === undefined && Object.keys(tags).length === 0)
    return {};
  const bytes = deflateRawSync(JSON.stringify([policies, tags])).length;
  const percent = Math.ceil((100 * bytes) / limits.packedBytes);
  if (percent > 100) throw packedTooLarge(percent);
  return { PackedPolicySize: percent };
}
