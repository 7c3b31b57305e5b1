import { hash } from "node:crypto";
import type { Principal } from "../call.ts";
import type { HttpRequest } from "../http.ts";
import { AuthFailure } from "./auth-failure.ts";
import { canonicalRequest } from "./canonical-request.ts";
import { algorithm, type Claim, readClaim, timestampMs } from "./claim.ts";
import type { HmacKey } from "./hmac-key.ts";
import { type Payload, payloadOf } from "./payload.ts";
import { sameText } from "./same-text.ts";
import { SigningKeys } from "./signing-key.ts";

/** An access key with its secret and owner. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretKey: string;
  /** 12 digits. */
  readonly account: string;
  readonly arn: string;
  readonly kind: Principal["kind"];
  /** All that is known of the owner, where that is more than the members above. */
  readonly principal?: Principal;
  /** A temporary credential is good only together with its token and until it expires. */
  readonly sessionToken?: string;
  readonly expiresAtMs?: number;
}

/** Finds a credential; the token is given for stores that keep temporary credentials by it. */
export type CredentialLookup = (
  accessKeyId: string,
  sessionToken: string | undefined,
) => Credential | undefined | Promise<Credential | undefined>;

export interface SigningRules {
  /** S3 signs paths as they are and may leave the body out of the signature. */
  readonly s3: boolean;
  /** Signing names that the request's scope may carry; undefined allows any. */
  readonly services?: readonly string[];
}

/** Who signed a request, proven. */
export interface Identity {
  readonly credential: Credential;
  readonly principal: Principal;
  readonly region: string;
  /** The signing name, such as `kinesis`. */
  readonly service: string;
  readonly sessionToken: string | undefined;
  readonly signedAtMs: number;
  readonly presigned: boolean;
  /** How to check the body: see `openPayload`. A whole body of a request is checked already. */
  readonly payload: Payload;
}

const skewMs = 5 * 60 * 1_000;
const s3SkewMs = 15 * 60 * 1_000;

/** Verifies signatures of version 4 (AWS4-HMAC-SHA256) in headers and presigned URLs. */
export class Verifier {
  readonly #lookup: CredentialLookup;
  readonly #keys = new SigningKeys();

  constructor(lookup: CredentialLookup) {
    this.#lookup = lookup;
  }

  /** @throws AuthFailure when the request is not proven to come from the owner of its access key. */
  async verify(request: HttpRequest, rules: SigningRules, nowMs: number): Promise<Identity> {
    const claim = readClaim(request.headers, request.query);
    const { credential, signingKey } = await this.#claimed(claim, rules, nowMs);
    const { day, region, service, timestamp } = claim;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const declared = declaredPayload(request, claim, rules);
    if (!signatureMatches(request, claim, declared, scope, signingKey, rules.s3)) {
      throw new AuthFailure("mismatch");
    }
    // Only who knows the secret learns about times and headers; others see a wrong signature.
    checkTime(claim, rules, nowMs);
    checkSignedHeaders(request, claim, rules);
    const payload = payloadOf(declared, { signingKey, timestamp, scope, seedSignature: claim.signature });
    checkBody(request, payload, rules);
    return identity(claim, credential, payload);
  }

  /**
   * Verifies a text that was signed instead of a request, which is the policy of a form. Until when it is good
   * is for the text to say. @throws AuthFailure
   */
  async verifyText(claim: Claim, text: string, rules: SigningRules, nowMs: number): Promise<Identity> {
    const { credential, signingKey } = await this.#claimed(claim, rules, nowMs);
    if (!sameText(signingKey.hex(text), claim.signature)) throw new AuthFailure("mismatch");
    return identity(claim, credential, { kind: "unsigned" });
  }

  /** The credential that a claim names, and the key that it has signed with if it is telling the truth. */
  async #claimed(
    claim: Claim,
    rules: SigningRules,
    nowMs: number,
  ): Promise<{ readonly credential: Credential; readonly signingKey: HmacKey }> {
    checkScope(claim, rules);
    const found = this.#lookup(claim.accessKeyId, claim.sessionToken);
    const credential = found instanceof Promise ? await found : found;
    if (credential === undefined) throw new AuthFailure("unknownKey");
    checkToken(claim, credential, nowMs);
    const { day, region, service } = claim;
    const signingKey = this.#keys.get(credential.accessKeyId, credential.secretKey, day, region, service);
    return { credential, signingKey };
  }
}

function identity(claim: Claim, credential: Credential, payload: Payload): Identity {
  const { account, arn, kind, accessKeyId, principal } = credential;
  return {
    credential,
    principal: principal ?? { account, arn, kind, accessKeyId },
    region: claim.region,
    service: claim.service,
    sessionToken: claim.sessionToken,
    signedAtMs: timestampMs(claim.timestamp),
    presigned: claim.expiresAfterMs !== undefined,
    payload,
  };
}

function checkScope(claim: Claim, rules: SigningRules): void {
  if (rules.services !== undefined && !rules.services.includes(claim.service)) {
    throw new AuthFailure(
      "mismatch",
      `Credential should be scoped to correct service: '${rules.services[0]}'.`,
    );
  }
}

function checkToken(claim: Claim, credential: Credential, nowMs: number): void {
  const { sessionToken, expiresAtMs } = credential;
  if (sessionToken === undefined && claim.sessionToken === undefined) return;
  if (sessionToken === undefined || !sameText(sessionToken, claim.sessionToken ?? "")) {
    throw new AuthFailure("invalidToken");
  }
  if (expiresAtMs !== undefined && nowMs >= expiresAtMs) throw new AuthFailure("expiredToken");
}

/** The payload hash that the client has signed, or must have. */
function declaredPayload(request: HttpRequest, claim: Claim, rules: SigningRules): string {
  const header = request.headers["x-amz-content-sha256"];
  if (!rules.s3) {
    // Whatever the header says, the body we act on is the body that must have been signed.
    return hash("sha256", request.signedBody ?? request.body, "hex");
  }
  if (claim.expiresAfterMs === undefined) {
    if (header !== undefined) return header;
    throw new AuthFailure("incomplete", "Missing required header for this request: x-amz-content-sha256");
  }
  const inQuery = /(?:^|&)X-Amz-Content-Sha256=([^&]*)/i.exec(request.query)?.[1];
  return inQuery ?? header ?? "UNSIGNED-PAYLOAD";
}

function signatureMatches(
  request: HttpRequest,
  claim: Claim,
  payloadHash: string,
  scope: string,
  signingKey: HmacKey,
  s3: boolean,
): boolean {
  const matches = (tightCommas: boolean): boolean => {
    const canonical = canonicalRequest(request, claim, payloadHash, s3, tightCommas);
    const toSign = `${algorithm}\n${claim.timestamp}\n${scope}\n${hash("sha256", canonical, "hex")}`;
    return sameText(signingKey.hex(toSign), claim.signature);
  };
  if (matches(false)) return true;
  const joined = claim.signedHeaders.some((name) => {
    const value: unknown = request.headers[name];
    return typeof value === "string" && value.includes(", ");
  });
  return joined && matches(true);
}

function checkTime(claim: Claim, rules: SigningRules, nowMs: number): void {
  const signedAtMs = timestampMs(claim.timestamp);
  const allowedMs = rules.s3 ? s3SkewMs : skewMs;
  if (signedAtMs > nowMs + allowedMs) {
    const now = basic(nowMs);
    const latest = basic(nowMs + allowedMs);
    throw new AuthFailure(
      "notYetValid",
      `Signature not yet current: ${claim.timestamp} is still later than ${latest} (${now} + ${allowedMs / 60_000} min.)`,
    );
  }
  if (claim.expiresAfterMs !== undefined) {
    const expiresAtMs = signedAtMs + claim.expiresAfterMs;
    if (nowMs <= expiresAtMs) return;
    throw new AuthFailure(
      "presignExpired",
      `Signature expired: ${basic(expiresAtMs)} is now earlier than ${basic(nowMs)}`,
    );
  }
  if (signedAtMs < nowMs - allowedMs) {
    const now = basic(nowMs);
    const earliest = basic(nowMs - allowedMs);
    throw new AuthFailure(
      "expired",
      `Signature expired: ${claim.timestamp} is now earlier than ${earliest} (${now} - ${allowedMs / 60_000} min.)`,
    );
  }
}

/** What selects the operation or changes its meaning must not be added on the way. */
function checkSignedHeaders(request: HttpRequest, claim: Claim, rules: SigningRules): void {
  for (const name in request.headers) {
    const significant = rules.s3
      ? name.startsWith("x-amz-") && !(name === "x-amz-content-sha256" && claim.expiresAfterMs !== undefined)
      : name === "x-amz-target";
    if (significant && !claim.signedHeaders.includes(name)) {
      throw new AuthFailure(
        "unsignedHeaders",
        "There were headers present in the request which were not signed",
      );
    }
  }
}

function checkBody(request: HttpRequest, payload: Payload, rules: SigningRules): void {
  if (!rules.s3 || payload.kind !== "hashed" || request.stream !== undefined) return;
  if (hash("sha256", request.body, "hex") !== payload.sha256) throw new AuthFailure("payloadMismatch");
}

function basic(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}|[-:]/g, "");
}
