import { ServiceError } from "../../core/errors.ts";
import { authorize, denialMessage } from "../../core/policy/authorize.ts";
import type { Authenticator } from "../../gateway/authenticate.ts";
import { callContext, type PrincipalProfiles } from "../../gateway/authorize.ts";
import type { Principal } from "../../gateway/call.ts";
import type { HttpRequest } from "../../gateway/http.ts";
import { AuthFailure, authError } from "../../gateway/sigv4/auth-failure.ts";
import { type Payload, trustedPayload } from "../../gateway/sigv4/payload.ts";
import { defaultRegion } from "../../gateway/sigv4/scope.ts";
import type { Verifier } from "../../gateway/sigv4/verifier.ts";

/** The signing name of the admin API, and the prefix of its actions. */
const signingName = "millrace";

/** Who calls the admin API. */
export interface AdminCaller {
  readonly principal: Principal;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** The root of the account that Millrace was started with: answers are not cut down to its account. */
  readonly seesAllAccounts: boolean;
}

export interface IdentifiedCaller {
  readonly caller: AdminCaller;
  readonly payload: Payload;
}

/** What a caller wants to do, and how it asks. */
export interface AdminPermission {
  readonly action: string;
  readonly isOfMachine: boolean;
  readonly request: Pick<HttpRequest, "headers" | "secure">;
  readonly remoteAddress: string;
}

/** Decides who may use the admin API. */
export interface AdminGate {
  /** @throws ServiceError 403 when it is not proven who sends the request */
  identify(request: HttpRequest, nowMs: number): Promise<IdentifiedCaller>;
  /** @throws ServiceError 403 */
  require(caller: AdminCaller, permission: AdminPermission, nowMs: number): void;
  /** Nobody has to prove anything, so that nothing but the address keeps web pages out. */
  readonly isOpen: boolean;
}

/** Everybody may do everything; whom a request claims to come from says whose things it is about. */
export class TrustingGate implements AdminGate {
  readonly isOpen = true;
  readonly #authenticator: { identify(request: HttpRequest): ReturnType<Authenticator["identify"]> };
  readonly #account: string;

  constructor(
    authenticator: { identify(request: HttpRequest): ReturnType<Authenticator["identify"]> },
    account: string,
  ) {
    this.#authenticator = authenticator;
    this.#account = account;
  }

  async identify(request: HttpRequest): Promise<IdentifiedCaller> {
    const { principal, region } = await this.#authenticator.identify(request);
    const payload = trustedPayload(request.headers["x-amz-content-sha256"]);
    return { caller: callerOf(principal, region, this.#account), payload };
  }

  require(): void {}
}

/** Requests are signed for `millrace`, and IAM policies decide about `millrace:<action>` on `*`. */
export class VerifyingGate implements AdminGate {
  readonly isOpen = false;
  readonly #verifier: Verifier;
  readonly #profiles: PrincipalProfiles;
  readonly #account: string;

  constructor(verifier: Verifier, profiles: PrincipalProfiles, account: string) {
    this.#verifier = verifier;
    this.#profiles = profiles;
    this.#account = account;
  }

  async identify(request: HttpRequest, nowMs: number): Promise<IdentifiedCaller> {
    // A body that streams is signed as S3's are: by its hash, in chunks, or not at all.
    const rules = { s3: request.stream !== undefined, services: [signingName] };
    try {
      const { principal, region, payload } = await this.#verifier.verify(request, rules, nowMs);
      return { caller: callerOf(principal, region, this.#account), payload };
    } catch (error) {
      if (error instanceof AuthFailure) throw authError(error, "rest");
      throw error;
    }
  }

  require(caller: AdminCaller, permission: AdminPermission, nowMs: number): void {
    const { principal, account } = caller;
    const action = `${signingName}:${permission.action}`;
    if (permission.isOfMachine && account !== this.#account)
      throw accessDenied(
        `User: ${principal.arn} is not authorized to perform: ${action} because it concerns the whole of this Millrace, which belongs to account ${this.#account}`,
      );
    const profile = this.#profiles.profile(principal);
    const call = { receivedAt: nowMs, region: caller.region };
    const denial = authorize({
      principal,
      policies: profile.policies,
      action,
      resources: ["*"],
      context: () => ({ ...callContext({ ...permission, call }), ...profile.context }),
      resourcePolicies: () => [],
    });
    if (denial !== undefined) throw accessDenied(denialMessage(principal, action, denial));
  }
}

function callerOf(principal: Principal, region: string, account: string): AdminCaller {
  return {
    principal,
    account: principal.account,
    region: region === "" ? defaultRegion : region,
    seesAllAccounts: principal.kind === "root" && principal.account === account,
  };
}

function accessDenied(message: string): ServiceError {
  return new ServiceError("AccessDenied", message, { status: 403 });
}

/** Who asks for what is public. */
export function anonymousCaller(account: string): AdminCaller {
  const principal: Principal = { arn: "*", account: "", accessKeyId: "", kind: "anonymous" };
  return { principal, account, region: defaultRegion, seesAllAccounts: false };
}
