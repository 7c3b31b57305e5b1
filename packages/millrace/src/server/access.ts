import type { Clock } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import type { MasterKey } from "../core/master-key.ts";
import { type Authenticator, TrustingAuthenticator } from "../gateway/authenticate.ts";
import type { Authorizer } from "../gateway/authorize.ts";
import type { HttpRequest } from "../gateway/http.ts";
import { ScopeReader } from "../gateway/sigv4/scope.ts";
import type { Configuration } from "./configuration.ts";
import type { DataDirectory } from "./data-directory.ts";

export interface RootCredential {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly account: string;
}

/** Who may do what, as the `--auth` mode says. */
export interface Access {
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer | undefined;
  readonly firstCredential: RootCredential | undefined;
  /** Whether the sender of a request may change this Millrace as a whole. */
  mayAdminister(request: HttpRequest): Promise<boolean>;
}

export interface AccessContext {
  readonly configuration: Configuration;
  readonly directory: DataDirectory;
  readonly master: MasterKey;
  readonly clock: Clock;
  readonly log: Logger;
}

export async function openAccess(context: AccessContext): Promise<Access> {
  return {
    authenticator: new TrustingAuthenticator(new ScopeReader(context.configuration.account)),
    authorizer: undefined,
    firstCredential: undefined,
    mayAdminister: () => Promise.resolve(true),
  };
}
