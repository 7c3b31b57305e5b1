import type { Clock } from "../core/clock.ts";
import type { MasterKey } from "../core/master-key.ts";
import { PolicyCache } from "../core/policy/policy-cache.ts";
import {
  type Authenticator,
  TrustingAuthenticator,
  VerifyingAuthenticator,
} from "../gateway/authenticate.ts";
import { type Authorizer, PolicyAuthorizer } from "../gateway/authorize.ts";
import { CredentialStore, type NewCredential } from "../gateway/credentials/credential-store.ts";
import type { HttpRequest } from "../gateway/http.ts";
import { AuthFailure } from "../gateway/sigv4/auth-failure.ts";
import { ScopeReader } from "../gateway/sigv4/scope.ts";
import { Verifier } from "../gateway/sigv4/verifier.ts";
import type { Configuration } from "./configuration.ts";
import type { DataDirectory } from "./data-directory.ts";

/** Who may do what, as the `--auth` mode says. */
export interface Access {
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer | undefined;
  readonly firstCredential: NewCredential | undefined;
  /** Whether the sender of a request may change this Millrace as a whole. */
  mayAdminister(request: HttpRequest): Promise<boolean>;
  /** Makes a root credential for an account; undefined where every key is taken anyway. */
  readonly addRoot: ((account: string) => Promise<NewCredential>) | undefined;
}

export interface AccessContext {
  readonly configuration: Configuration;
  readonly directory: DataDirectory;
  readonly master: MasterKey;
  readonly clock: Clock;
}

/**
 * `trust` takes every key and allows everything; `verify` checks signatures and policies, with a root
 * credential that is made at the first start.
 */
export async function openAccess(context: AccessContext): Promise<Access> {
  const { configuration, directory, master, clock } = context;
  if (configuration.auth === "trust") return trustingAccess(configuration);
  const credentials = await CredentialStore.open({
    directory: directory.isKept ? directory.path : undefined,
    masterKey: master,
    clock,
  });
  const firstCredential = await credentials.ensureRoot(configuration.account);
  const verifier = new Verifier(credentials.lookup);
  return {
    authenticator: new VerifyingAuthenticator(verifier),
    authorizer: new PolicyAuthorizer(new PolicyCache()),
    firstCredential,
    async mayAdminister(request) {
      try {
        const { principal } = await verifier.verify(request, { s3: false }, clock.now());
        return principal.kind === "root" && principal.account === configuration.account;
      } catch (error) {
        if (error instanceof AuthFailure) return false;
        throw error;
      }
    },
    addRoot: (account) => credentials.addRoot(account),
  };
}

function trustingAccess(configuration: Configuration): Access {
  return {
    authenticator: new TrustingAuthenticator(new ScopeReader(configuration.account)),
    authorizer: undefined,
    firstCredential: undefined,
    mayAdminister: () => Promise.resolve(true),
    addRoot: undefined,
  };
}
