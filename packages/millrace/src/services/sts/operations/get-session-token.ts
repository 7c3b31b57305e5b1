import type { GetSessionTokenRequest, GetSessionTokenResponse } from "@aws-sdk/client-sts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { accessDenied, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { issueCredentials } from "../role-session.ts";
import type { StsState } from "../state.ts";

/** Credentials that end by themselves, for the user or root that calls. */
export function getSessionToken(
  state: StsState,
  input: Input<GetSessionTokenRequest>,
  { principal }: Call,
): GetSessionTokenResponse {
  if (principal.session !== undefined)
    throw accessDenied("Cannot call GetSessionToken with session credentials");
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined)
    throw accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code.");
  if ((input.MinimumSessionTokenSize ?? 0) > 0)
    throw notImplemented("sts:GetSessionToken with MinimumSessionTokenSize");
  const asked = input.DurationSeconds ?? limits.defaultSessionSeconds;
  // A root's credentials last for an hour at most, whatever it asks for.
  const seconds = principal.kind === "root" ? Math.min(asked, limits.rootSessionSeconds) : asked;
  const { accessKeyId: _longTerm, ...owner } = principal;
  const session = { issuedAtMs: state.clock.now(), tags: {}, transitiveTagKeys: [] };
  return { Credentials: issueCredentials(state, { ...owner, session }, seconds) };
}
