import { ServiceError } from "../core/errors.ts";
import type { Principal } from "./call.ts";
import { missingField } from "./form-upload/form-errors.ts";
import type { HttpRequest } from "./http.ts";
import type { ServiceModel } from "./model/service-model.ts";
import { AuthFailure, type AuthFamily, authError } from "./sigv4/auth-failure.ts";
import { familyOf } from "./sigv4/auth-family.ts";
import { formClaim } from "./sigv4/claim.ts";
import { type Payload, trustedPayload } from "./sigv4/payload.ts";
import { percentDecode } from "./sigv4/percent-encoding.ts";
import { defaultRegion, type RequestScope, type ScopeReader } from "./sigv4/scope.ts";
import type { Credential, Identity, Verifier } from "./sigv4/verifier.ts";

/** Who calls, and where the call goes. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
  /** How a streamed body is to be read: see `openPayload`. */
  readonly payload: Payload;
}

/** What a request asks for: some operations may be called by anybody. */
export interface CalledOperation {
  readonly model: ServiceModel;
  readonly operation: string;
}

/** Finds out who makes a request. @throws ServiceError when that cannot be told. */
export interface Authenticator {
  identify(request: HttpRequest, called: CalledOperation, nowMs: number): Caller | Promise<Caller>;
  /** Who made a form for S3, whose policy is signed instead of the request. */
  identifyForm(
    request: HttpRequest,
    fields: ReadonlyMap<string, string>,
    nowMs: number,
  ): Caller | Promise<Caller>;
}

/** Finds a credential that IAM or STS has issued. */
export type IssuedLookup = (accessKeyId: string, sessionToken: string | undefined) => Credential | undefined;

/**
 * Takes everybody for the root of the account that the access key names: for a laptop and for tests, where
 * any key must do. A key that was issued here speaks for its user or role, though nothing is verified. The
 * last caller of each key is kept, because a client calls more than once.
 */
export class TrustingAuthenticator implements Authenticator {
  readonly #scopes: ScopeReader;
  readonly #issued: IssuedLookup;
  readonly #callers = new WeakMap<object, Caller>();

  constructor(scopes: ScopeReader, issued: IssuedLookup = () => undefined) {
    this.#scopes = scopes;
    this.#issued = issued;
  }

  identify(request: HttpRequest): Caller {
    const caller = this.#caller(request);
    if (request.stream === undefined) return caller;
    return { ...caller, payload: trustedPayload(request.headers["x-amz-content-sha256"]) };
  }

  /** A form says whom it comes from like any request. */
  identifyForm(request: HttpRequest): Caller {
    return this.#caller(request);
  }

  #caller(request: HttpRequest): Caller {
    const scope = this.#scopes.read(request);
    if (/^A[KS]IA/.test(scope.accessKeyId)) {
      const principal = this.#issued(scope.accessKeyId, sessionTokenOf(request))?.principal;
      if (principal !== undefined) return callerOf(scope, principal);
    }
    const known = this.#callers.get(scope);
    if (known !== undefined) return known;
    const { account, accessKeyId } = scope;
    const caller = callerOf(scope, { arn: rootArn(account), account, accessKeyId, kind: "root" });
    this.#callers.set(scope, caller);
    return caller;
  }
}

function callerOf({ region }: RequestScope, principal: Principal): Caller {
  return { principal, region: region || defaultRegion, payload: { kind: "unsigned" } };
}

/** Where a verified request is written down. */
export type IdentityObserver = (identity: Identity, nowMs: number) => void;

const anonymous: Principal = Object.freeze({ arn: "*", account: "", accessKeyId: "", kind: "anonymous" });

/** Operations that prove who calls by their input. */
const unsignedOperations: ReadonlySet<string> = new Set([
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoleWithSAML",
]);

/** Checks the signature of each request. */
export class VerifyingAuthenticator implements Authenticator {
  readonly #verifier: Verifier;
  readonly #observe: IdentityObserver;

  constructor(verifier: Verifier, observe: IdentityObserver = () => {}) {
    this.#verifier = verifier;
    this.#observe = observe;
  }

  async identify(
    request: HttpRequest,
    { model, operation }: CalledOperation,
    nowMs: number,
  ): Promise<Caller> {
    const mayBeUnsigned = model.id === "s3" || unsignedOperations.has(`${model.id}:${operation}`);
    if (mayBeUnsigned && isUnsigned(request)) {
      const payload = trustedPayload(request.headers["x-amz-content-sha256"]);
      return { principal: anonymous, region: defaultRegion, payload };
    }
    if (model.id === "s3" && isOfSecondVersion(request)) throw secondVersion();
    const rules = { s3: model.id === "s3", services: [model.facts.signingName] };
    return await this.#proven(this.#verifier.verify(request, rules, nowMs), familyOf(model), nowMs);
  }

  async identifyForm(
    _request: HttpRequest,
    fields: ReadonlyMap<string, string>,
    nowMs: number,
  ): Promise<Caller> {
    const proof = formProof(fields);
    if (proof === undefined)
      return { principal: anonymous, region: defaultRegion, payload: { kind: "unsigned" } };
    const rules = { s3: true, services: ["s3"] };
    const verify = async (): Promise<Identity> =>
      await this.#verifier.verifyText(formClaim(fields), proof.policy, rules, nowMs);
    return await this.#proven(verify(), "s3", nowMs);
  }

  async #proven(verified: Promise<Identity>, family: AuthFamily, nowMs: number): Promise<Caller> {
    try {
      const identity = await verified;
      this.#observe(identity, nowMs);
      return { principal: identity.principal, region: identity.region, payload: identity.payload };
    } catch (error) {
      if (error instanceof AuthFailure) throw authError(error, family);
      throw error;
    }
  }
}

/** Both or none of a form's policy and its signature. Without them, it is from anybody. */
function formProof(fields: ReadonlyMap<string, string>): { policy: string } | undefined {
  const policy = fields.get("policy");
  const signature = fields.get("x-amz-signature");
  if (fields.has("awsaccesskeyid") || fields.has("signature")) throw secondVersion();
  if (policy === undefined && signature === undefined && !fields.has("x-amz-credential")) return undefined;
  if (policy === undefined) throw missingField("policy");
  if (signature === undefined) throw missingField("x-amz-signature");
  return { policy };
}

/** What S3 says of signatures that are older than its newer buckets, which some clients presign with. */
function secondVersion(): ServiceError {
  return new ServiceError(
    "InvalidRequest",
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
  );
}

/** Whether a request is signed in version 2. */
function isOfSecondVersion({ headers, query }: HttpRequest): boolean {
  return headers.authorization?.startsWith("AWS ") === true || /(?:^|&)AWSAccessKeyId=/i.test(query);
}

/** Whether a request does not even claim to be signed, in whichever version. */
function isUnsigned({ headers, query }: HttpRequest): boolean {
  if (headers.authorization !== undefined) return false;
  return !/(?:^|&)(?:X-Amz-(?:Algorithm|Credential|Signature)|AWSAccessKeyId|Signature)=/i.test(query);
}

/** The token that goes with temporary credentials, from the header or a presigned URL. */
function sessionTokenOf({ headers, query }: HttpRequest): string | undefined {
  const header = headers["x-amz-security-token"];
  if (header !== undefined) return header;
  const inQuery = /(?:^|&)X-Amz-Security-Token=([^&]*)/i.exec(query)?.[1];
  return inQuery === undefined ? undefined : percentDecode(inQuery);
}

function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
