import type { Principal } from "../call.ts";
import type { Credential } from "../sigv4/verifier.ts";
import type { SessionTokens } from "./session-tokens.ts";

/** What credentials are looked up in. */
export interface CredentialOwners {
  /** The credential of a user's access key that is active. */
  userCredential(accessKeyId: string): Credential | undefined;
  /** Whether the user or role behind a session is still there. */
  isCurrent(principal: Principal): boolean;
}

/** The credentials that IAM and STS have issued: users' access keys and sessions. */
export class IssuedCredentials {
  readonly #owners: CredentialOwners;
  readonly #sessions: SessionTokens;

  constructor(owners: CredentialOwners, sessions: SessionTokens) {
    this.#owners = owners;
    this.#sessions = sessions;
  }

  readonly lookup = (accessKeyId: string, sessionToken: string | undefined): Credential | undefined => {
    if (sessionToken === undefined) return this.#owners.userCredential(accessKeyId);
    const credential = this.#sessions.open(accessKeyId, sessionToken);
    const principal = credential?.principal;
    return principal !== undefined && this.#owners.isCurrent(principal) ? credential : undefined;
  };
}
