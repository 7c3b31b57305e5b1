import type { Clock } from "../core/clock.ts";
import {
  type Authenticator,
  type IdentityObserver,
  type IssuedLookup,
  TrustingAuthenticator,
  VerifyingAuthenticator,
} from "../gateway/authenticate.ts";
import { type Authorizer, PolicyAuthorizer } from "../gateway/authorize.ts";
import { CredentialStore, type NewCredential } from "../gateway/credentials/credential-store.ts";
import type { SessionPrincipal } from "../gateway/credentials/session-tokens.ts";
import { ScopeReader } from "../gateway/sigv4/scope.ts";
import { Verifier } from "../gateway/sigv4/verifier.ts";
import type { ServiceKeys } from "../services/kms/index.ts";
import { type AdminGate, TrustingGate, VerifyingGate } from "./admin/gate.ts";
import type { Configuration } from "./configuration.ts";
import type { ScriptCredentials } from "./init/script-environment.ts";
import type { Identities } from "./open-identities.ts";
import type { ServiceContext } from "./service-context.ts";
import type { ServiceTable } from "./service-table.ts";
import { hasKept } from "./services.ts";

/** Who may do what, as the `--auth` mode says. */
export interface Access {
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer | undefined;
  readonly firstCredential: NewCredential | undefined;
  /** Who may use the admin API. */
  readonly gate: AdminGate;
  /** What programs that Millrace starts itself sign with: the root of its account, for an hour. */
  ownCredentials(): ScriptCredentials;
  /** Makes a root credential for an account; undefined where every key is taken anyway. */
  readonly addRoot: ((account: string) => Promise<NewCredential>) | undefined;
}

export interface AccessContext
  extends Pick<
    ServiceContext,
    "configuration" | "directory" | "master" | "clock" | "log" | "tokens" | "platform"
  > {
  readonly services: ServiceTable;
}

/**
 * `trust` takes every key and allows everything; `verify` checks signatures and policies: those of the root
 * credential that is made at the first start, of IAM's users, and of the sessions that STS issues.
 */
export async function openAccess(context: AccessContext): Promise<Access> {
  const { configuration, directory, master, clock, services } = context;
  if (configuration.auth === "trust") return trustingAccess(context);
  const identities = await (await import("./open-identities.ts")).openIdentities(context);
  // Other services ask about keys that are kept, also where KMS itself does not run.
  if (hasKept(directory, "kms")) await (await import("./open-keys.ts")).openKeys(context);
  const credentials = await CredentialStore.open({
    directory: directory.isKept ? directory.path : undefined,
    masterKey: master,
    clock,
  });
  const firstCredential = await credentials.ensureRoot(configuration.account);
  const verifier = new Verifier(
    (accessKeyId, token) =>
      credentials.lookup(accessKeyId, token) ?? identities.issued.lookup(accessKeyId, token),
  );
  return {
    authenticator: new VerifyingAuthenticator(verifier, useNoter(identities)),
    authorizer: new PolicyAuthorizer({
      compiled: identities.state.compiled,
      profiles: identities.principals,
      // Roles and keys are there even where IAM and KMS do not run; of others, who does not run has no resources.
      resourcePolicies(id, arn) {
        if (id === "iam") return identities.trustPolicies(arn);
        if (id === "kms") return context.platform.made<ServiceKeys>("keys")?.policies(arn) ?? [];
        return services.running(id)?.resourcePolicies(arn) ?? [];
      },
    }),
    firstCredential,
    gate: new VerifyingGate(verifier, identities.principals, configuration.account),
    ownCredentials: () => identities.sessions.issue(rootOf(configuration.account, clock), ownSessionMs),
    addRoot: (account) => credentials.addRoot(account),
  };
}

const ownSessionMs = 60 * 60 * 1_000;

function rootOf(account: string, clock: Clock): SessionPrincipal {
  const session = { issuedAtMs: clock.now(), tags: {}, transitiveTagKeys: [] };
  return { arn: `arn:aws:iam::${account}:root`, account, kind: "root", session };
}

/** Writes down when users' keys are used, for GetAccessKeyLastUsed. */
function useNoter({ state }: Identities): IdentityObserver {
  return ({ principal, service, region }, atMs) => {
    if (principal.kind === "user") state.keyUses.note(principal.accessKeyId, { atMs, service, region });
  };
}

function trustingAccess(context: AccessContext): Access {
  const { account }: Configuration = context.configuration;
  // Who asks about a key must not wake what nobody uses.
  const issued: IssuedLookup = (accessKeyId, token) =>
    context.platform.made<Identities>("identities")?.issued.lookup(accessKeyId, token);
  const authenticator = new TrustingAuthenticator(new ScopeReader(account), issued);
  return {
    authenticator,
    authorizer: undefined,
    firstCredential: undefined,
    gate: new TrustingGate(authenticator, account),
    ownCredentials: () => ({ accessKeyId: "test", secretKey: "test" }),
    addRoot: undefined,
  };
}
