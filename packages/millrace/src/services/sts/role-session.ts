import type { AssumedRoleUser, Credentials } from "@aws-sdk/client-sts";
import type { PrincipalSession } from "../../gateway/call.ts";
import type { SessionPrincipal } from "../../gateway/credentials/session-tokens.ts";
import type { AssumableRole } from "./dependencies.ts";
import { validation } from "./errors.ts";
import { limits } from "./limits.ts";
import type { StsState } from "./state.ts";

/** How long a role's session may last. @throws ValidationError when that is longer than it may. */
export function roleSeconds(asked: number | undefined, role: AssumableRole, isChained: boolean): number {
  if (asked === undefined) return limits.defaultRoleSeconds;
  if (asked > role.maxSessionSeconds)
    throw validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  if (isChained && asked > limits.chainedRoleSeconds)
    throw validation(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  return asked;
}

interface RoleSession {
  readonly Credentials: Credentials;
  readonly AssumedRoleUser: AssumedRoleUser;
}

export function openRoleSession(
  state: StsState,
  role: AssumableRole,
  { name, seconds, ...rest }: { name: string; seconds: number } & Omit<PrincipalSession, "issuedAtMs">,
): RoleSession {
  const arn = `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`;
  const userId = `${role.id}:${name}`;
  const session: PrincipalSession = { issuedAtMs: state.clock.now(), ...rest };
  const principal: SessionPrincipal = {
    ...{ arn, account: role.account, kind: "role", userId, roleArn: role.arn },
    session,
  };
  return {
    Credentials: issueCredentials(state, principal, seconds),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
  };
}

export function issueCredentials(state: StsState, principal: SessionPrincipal, seconds: number): Credentials {
  const issued = state.sessions.issue(principal, seconds * 1_000);
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretKey,
    SessionToken: issued.sessionToken,
    Expiration: new Date(issued.expiresAtMs),
  };
}
