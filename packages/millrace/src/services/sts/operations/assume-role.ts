import type { AssumeRoleRequest, AssumeRoleResponse } from "@aws-sdk/client-sts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { accessDenied, mayNotAssume, notImplemented } from "../errors.ts";
import { openRoleSession, roleSeconds } from "../role-session.ts";
import { packedSize, sessionPolicies } from "../session-policies.ts";
import { sessionTags } from "../session-tags.ts";
import type { StsState } from "../state.ts";

/** The policy engine has asked the trust policy already, where anybody is asked at all. */
export function assumeRole(state: StsState, input: Input<AssumeRoleRequest>, call: Call): AssumeRoleResponse {
  refuseMissingParts(input);
  const role = state.identities.role(input.RoleArn);
  if (role === undefined) throw mayNotAssume(call, input.RoleArn);
  const caller = call.principal.session;
  const seconds = roleSeconds(input.DurationSeconds, role, call.principal.kind === "role");
  const policies = sessionPolicies(state, role.account, input);
  const tags = sessionTags(input, caller);
  const packed = packedSize(policies, tags.tags);
  const sourceIdentity = sourceOf(input.SourceIdentity, caller?.sourceIdentity);
  const source = sourceIdentity === undefined ? {} : { sourceIdentity };
  const session = openRoleSession(state, role, {
    ...{ name: input.RoleSessionName, seconds },
    ...{ ...policies, ...tags, ...source },
  });
  return {
    ...session,
    ...packed,
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
  };
}

/** Once set, a source identity stays along the whole chain of roles. */
function sourceOf(asked: string | undefined, inherited: string | undefined): string | undefined {
  if (asked !== undefined && inherited !== undefined && asked !== inherited)
    throw accessDenied("The source identity of the calling session cannot be changed.");
  return asked ?? inherited;
}

function refuseMissingParts(input: Input<AssumeRoleRequest>): void {
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined)
    throw accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code.");
  if (input.ProvidedContexts !== undefined) throw notImplemented("sts:AssumeRole with ProvidedContexts");
  if ((input.MinimumSessionTokenSize ?? 0) > 0)
    throw notImplemented("sts:AssumeRole with MinimumSessionTokenSize");
}
