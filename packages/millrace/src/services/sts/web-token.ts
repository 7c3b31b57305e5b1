import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { invalidToken } from "./errors.ts";
import type { PublicKey } from "./key-sets.ts";

/** A JSON Web Token (RFC 7519) in its compact form, taken apart; nothing of it is checked. */
export interface WebToken {
  readonly algorithm: Algorithm;
  readonly keyId: string | undefined;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  /** The party that the token was issued to, where that is another one than the audience. */
  readonly authorizedParty: string | undefined;
  readonly methods: readonly string[];
  readonly issuedAtSeconds: number;
  readonly expirySeconds: number;
  readonly notBeforeSeconds: number | undefined;
  /** What is signed. */
  readonly signed: string;
  readonly signature: Buffer;
}

interface Algorithm {
  readonly hash: string;
  readonly keyType: "rsa" | "ec";
  readonly curve?: string;
}

/** The algorithms that AWS takes from identity providers. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: { hash: "sha256", keyType: "rsa" },
  RS384: { hash: "sha384", keyType: "rsa" },
  RS512: { hash: "sha512", keyType: "rsa" },
  ES256: { hash: "sha256", keyType: "ec", curve: "prime256v1" },
  ES384: { hash: "sha384", keyType: "ec", curve: "secp384r1" },
  ES512: { hash: "sha512", keyType: "ec", curve: "secp521r1" },
};
const minRsaBits = 2_048;

/** token = base64url(header) "." base64url(claims) "." base64url(signature) */
export function readToken(text: string): WebToken {
  const parts = text.split(".");
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || header === undefined || claims === undefined || signature === undefined)
    throw invalidToken(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  const { alg, kid } = jsonOf(header);
  const { iss, sub, aud, azp, amr, iat, exp, nbf } = jsonOf(claims);
  const algorithm = typeof alg === "string" && Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
  if (algorithm === undefined)
    throw invalidToken("The token is signed with an algorithm that is not supported.");
  if (typeof iss !== "string" || typeof sub !== "string")
    throw missing(typeof iss === "string" ? "sub" : "iss");
  if (typeof exp !== "number") throw missing("exp");
  if (typeof iat !== "number") throw missing("iat");
  const audiences = strings(aud);
  if (audiences.length === 0) throw missing("aud");
  return {
    algorithm,
    keyId: typeof kid === "string" ? kid : undefined,
    ...{ issuer: iss, subject: sub, audiences, methods: strings(amr) },
    authorizedParty: typeof azp === "string" ? azp : undefined,
    ...{ issuedAtSeconds: iat, expirySeconds: exp },
    notBeforeSeconds: typeof nbf === "number" ? nbf : undefined,
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, "base64url"),
  };
}

/** Whether one of the keys has signed the token. */
export function isSignedBy(token: WebToken, keys: readonly PublicKey[]): boolean {
  return keys.some((key) => {
    const imported = importKey(key, token.algorithm);
    if (imported === undefined) return false;
    const { hash } = token.algorithm;
    const data = Buffer.from(token.signed);
    return verify(hash, data, { key: imported, dsaEncoding: "ieee-p1363" }, token.signature);
  });
}

/** Undefined when the key is broken, too weak, or for something else than this algorithm's signatures. */
function importKey(key: PublicKey, { keyType, curve }: Algorithm): KeyObject | undefined {
  if (key["use"] !== undefined && key["use"] !== "sig") return undefined;
  try {
    const imported = createPublicKey({ key, format: "jwk" });
    const { modulusLength = 0, namedCurve } = imported.asymmetricKeyDetails ?? {};
    if (imported.asymmetricKeyType !== keyType) return undefined;
    return (keyType === "rsa" ? modulusLength >= minRsaBits : namedCurve === curve) ? imported : undefined;
  } catch {
    // A key of a kind that Node does not know signs nothing that we take.
    return undefined;
  }
}

function jsonOf(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    if (typeof value === "object" && value !== null) return { ...value };
  } catch (error) {
    throw invalidToken("The ID Token provided is not a valid JWT.", error);
  }
  throw invalidToken("The ID Token provided is not a valid JWT.");
}

function strings(value: unknown): readonly string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string");
}

const missing = (claim: string): Error => invalidToken(`Missing a required claim: ${claim}`);
