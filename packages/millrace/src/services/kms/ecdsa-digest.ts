import type { KeyObject } from "node:crypto";
import type { ECDSA } from "@noble/curves/abstract/weierstrass.js";
import { assert } from "../../core/assert.ts";

/*
 * ECDSA over a digest that the client has computed (FIPS 186-5, section 6.4). node:crypto hashes whatever it
 * signs and verifies, so that MessageType DIGEST is the library's work; everything else is OpenSSL's.
 *
 *   Signature => SEQUENCE { INTEGER r, INTEGER s }   (DER)
 */
const asGiven = { prehash: false, lowS: false, format: "der" } as const;

export async function signEcdsaDigest(privateKey: KeyObject, digest: Uint8Array): Promise<Buffer> {
  const curve = await curveOf(privateKey);
  const { d = "" } = privateKey.export({ format: "jwk" });
  // Further entropy beside RFC 6979's: a nonce does not repeat, whatever is signed.
  return Buffer.from(curve.sign(digest, Buffer.from(d, "base64url"), { ...asGiven, extraEntropy: true }));
}

export async function verifyEcdsaDigest(
  publicKey: KeyObject,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const curve = await curveOf(publicKey);
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  try {
    return curve.verify(signature, digest, point, asGiven);
  } catch {
    // Bytes that are no signature at all.
    return false;
  }
}

/** Loaded for the first digest that is signed: most keys sign messages. */
async function curveOf(key: KeyObject): Promise<ECDSA> {
  const name = key.asymmetricKeyDetails?.namedCurve;
  if (name === "secp256k1") return (await import("@noble/curves/secp256k1.js")).secp256k1;
  const { p256, p384, p521 } = await import("@noble/curves/nist.js");
  const curve = new Map([
    ["prime256v1", p256],
    ["secp384r1", p384],
    ["secp521r1", p521],
  ]).get(name ?? "");
  assert(curve !== undefined, "keys are on curves that KMS has");
  return curve;
}
