import type {
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse,
} from "@aws-sdk/client-sts";
import { parseArn } from "../../../core/arn.ts";
import { evaluate } from "../../../core/policy/evaluate.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { AssumableRole } from "../dependencies.ts";
import { notAuthorized, notImplemented, validation } from "../errors.ts";
import { openRoleSession, roleSeconds } from "../role-session.ts";
import { packedSize, sessionPolicies } from "../session-policies.ts";
import type { StsState } from "../state.ts";
import { proveIdentity, type WebIdentity } from "../web-identity.ts";

export async function assumeRoleWithWebIdentity(
  state: StsState,
  input: Input<AssumeRoleWithWebIdentityRequest>,
  call: Call,
): Promise<AssumeRoleWithWebIdentityResponse> {
  if (input.ProviderId !== undefined) throw notImplemented(`sts:${call.operation} with ProviderId`);
  if ((input.MinimumSessionTokenSize ?? 0) > 0)
    throw notImplemented(`sts:${call.operation} with MinimumSessionTokenSize`);
  const account = parseArn(input.RoleArn)?.account;
  if (account === undefined || !/^\d{12}$/.test(account)) throw validation("Request ARN is invalid");
  const identity = await proveIdentity(state, account, input.WebIdentityToken);
  const role = state.identities.role(input.RoleArn);
  if (role === undefined || !isTrusted(state, role, identity, input, call))
    throw notAuthorized(call.operation);
  const seconds = roleSeconds(input.DurationSeconds, role, false);
  const policies = sessionPolicies(state, role.account, input);
  const packed = packedSize(policies, {});
  const { token, provider, audiences } = identity;
  const session = openRoleSession(state, role, {
    ...{ name: input.RoleSessionName, seconds, tags: {}, transitiveTagKeys: [], federatedBy: provider.arn },
    ...policies,
  });
  return {
    ...session,
    ...packed,
    SubjectFromWebIdentityToken: token.subject,
    Provider: token.issuer,
    Audience: audiences.join(","),
  };
}

/** Whether the role's trust policy lets the holder of the token in. */
function isTrusted(
  state: StsState,
  role: AssumableRole,
  { token, provider, prefix, audiences }: WebIdentity,
  { RoleSessionName }: Input<AssumeRoleWithWebIdentityRequest>,
  call: Call,
): boolean {
  const { decision } = evaluate({
    principal: { arn: provider.arn, account: "", kind: "federated", federatedBy: provider.arn },
    action: `sts:${call.operation}`,
    resource: role.arn,
    context: {
      "aws:CurrentTime": new Date(call.receivedAt).toISOString(),
      "aws:EpochTime": String(Math.floor(call.receivedAt / 1000)),
      "aws:FederatedProvider": provider.arn,
      "aws:RequestedRegion": call.region,
      "sts:RoleSessionName": RoleSessionName,
      [`${prefix}:aud`]: audiences,
      [`${prefix}:oaud`]: token.audiences,
      [`${prefix}:sub`]: token.subject,
      [`${prefix}:amr`]: token.methods,
    },
    identityPolicies: [],
    resourcePolicies: [state.compiled.get(role.trust)],
    boundaries: [],
    sessionPolicies: undefined,
    sameAccount: false,
  });
  return decision === "allow";
}
