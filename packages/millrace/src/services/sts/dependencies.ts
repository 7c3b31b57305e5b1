import type { Clock } from "../../core/clock.ts";
import type { IssuedSession, SessionPrincipal } from "../../gateway/credentials/session-tokens.ts";

/** A role, as far as it matters to who assumes it. */
export interface AssumableRole {
  readonly arn: string;
  /** `AROA...` */
  readonly id: string;
  readonly name: string;
  readonly account: string;
  /** The trust policy's text. */
  readonly trust: string;
  readonly maxSessionSeconds: number;
}

/** An identity provider whose tokens an account trusts. */
export interface TokenProvider {
  readonly arn: string;
  /** `https://host/path` */
  readonly url: string;
  readonly clientIds: readonly string[];
}

/** What IAM knows and STS needs. */
export interface IdentityDirectory {
  role(arn: string): AssumableRole | undefined;
  /** @param issuer URL without its scheme. */
  provider(account: string, issuer: string): TokenProvider | undefined;
  /** Whether an account can name a managed policy by this ARN. */
  hasPolicy(account: string, arn: string): boolean;
}

export interface SessionIssuer {
  /** @throws RangeError when the session does not fit into a token. */
  issue(principal: SessionPrincipal, lifeMs: number): IssuedSession;
}

export interface StsDependencies {
  readonly clock: Clock;
  readonly identities: IdentityDirectory;
  readonly sessions: SessionIssuer;
  /** Gets a JSON document from an identity provider. */
  readonly fetchJson: (url: string) => Promise<unknown>;
}
