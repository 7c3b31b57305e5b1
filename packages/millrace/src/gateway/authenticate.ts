import type { Principal } from "./call.ts";
import type { HttpRequest } from "./http.ts";
import type { ServiceModel } from "./model/service-model.ts";
import { AuthFailure, authError } from "./sigv4/auth-failure.ts";
import { familyOf } from "./sigv4/auth-family.ts";
import { type Payload, trustedPayload } from "./sigv4/payload.ts";
import { defaultRegion, type ScopeReader } from "./sigv4/scope.ts";
import type { Verifier } from "./sigv4/verifier.ts";

/** Who calls, and where the call goes. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
  /** How a streamed body is to be read: see `openPayload`. */
  readonly payload: Payload;
}

/** Finds out who makes a request. @throws ServiceError when that cannot be told. */
export interface Authenticator {
  identify(request: HttpRequest, model: ServiceModel, nowMs: number): Caller | Promise<Caller>;
}

/**
 * Takes everybody for the root of the account that the access key names: for a laptop and for tests, where
 * any key must do. The last caller of each key is kept, because a client calls more than once.
 */
export class TrustingAuthenticator implements Authenticator {
  readonly #scopes: ScopeReader;
  readonly #callers = new WeakMap<object, Caller>();

  constructor(scopes: ScopeReader) {
    this.#scopes = scopes;
  }

  identify(request: HttpRequest): Caller {
    const caller = this.#caller(request);
    if (request.stream === undefined) return caller;
    return { ...caller, payload: trustedPayload(request.headers["x-amz-content-sha256"]) };
  }

  #caller(request: HttpRequest): Caller {
    const scope = this.#scopes.read(request);
    const known = this.#callers.get(scope);
    if (known !== undefined) return known;
    const { account, accessKeyId, region } = scope;
    const principal: Principal = { arn: rootArn(account), account, accessKeyId, kind: "root" };
    const caller: Caller = { principal, region: region || defaultRegion, payload: { kind: "unsigned" } };
    this.#callers.set(scope, caller);
    return caller;
  }
}

/** Checks the signature of each request. */
export class VerifyingAuthenticator implements Authenticator {
  readonly #verifier: Verifier;

  constructor(verifier: Verifier) {
    this.#verifier = verifier;
  }

  async identify(request: HttpRequest, model: ServiceModel, nowMs: number): Promise<Caller> {
    const rules = { s3: model.id === "s3", services: [model.facts.signingName] };
    try {
      const { principal, region, payload } = await this.#verifier.verify(request, rules, nowMs);
      return { principal, region, payload };
    } catch (error) {
      if (error instanceof AuthFailure) throw authError(error, familyOf(model));
      throw error;
    }
  }
}

function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
