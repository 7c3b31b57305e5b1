import {
  constants,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";
import type { MessageType, SigningAlgorithmSpec } from "@aws-sdk/client-kms";
import { assert } from "../../core/assert.ts";
import { signEcdsaDigest, verifyEcdsaDigest } from "./ecdsa-digest.ts";
import { notImplemented, validation } from "./errors.ts";
import { encodeDigestInfo, encodePss, type HashName, hashBytes, isPssOf } from "./message-digest.ts";

interface Scheme {
  readonly kind: "pkcs1" | "pss" | "ecdsa" | "pure";
  /** Undefined for schemes that hash in their own way. */
  readonly hash: HashName | undefined;
}

const schemes: Readonly<Partial<Record<SigningAlgorithmSpec, Scheme>>> = {
  ECDSA_SHA_256: { kind: "ecdsa", hash: "sha256" },
  ECDSA_SHA_384: { kind: "ecdsa", hash: "sha384" },
  ECDSA_SHA_512: { kind: "ecdsa", hash: "sha512" },
  ED25519_SHA_512: { kind: "pure", hash: undefined },
  ML_DSA_SHAKE_256: { kind: "pure", hash: undefined },
  RSASSA_PKCS1_V1_5_SHA_256: { kind: "pkcs1", hash: "sha256" },
  RSASSA_PKCS1_V1_5_SHA_384: { kind: "pkcs1", hash: "sha384" },
  RSASSA_PKCS1_V1_5_SHA_512: { kind: "pkcs1", hash: "sha512" },
  RSASSA_PSS_SHA_256: { kind: "pss", hash: "sha256" },
  RSASSA_PSS_SHA_384: { kind: "pss", hash: "sha384" },
  RSASSA_PSS_SHA_512: { kind: "pss", hash: "sha512" },
};

/** Something to sign, or that was signed. The algorithm fits the key. */
export interface SignedMessage {
  readonly algorithm: SigningAlgorithmSpec;
  readonly message: Uint8Array;
  readonly type: MessageType | undefined;
}

/** @throws ServiceError when the message is not of the type that it is said to be. */
export async function signMessage(key: KeyObject, signed: SignedMessage): Promise<Buffer> {
  const { kind, hash } = schemeOf(signed);
  const { message, type } = signed;
  if (type !== "DIGEST") return sign(hash ?? null, message, withPadding(key, kind));
  assert(hash !== undefined, "schemes without a hash take no digests");
  if (kind === "ecdsa") return signEcdsaDigest(key, message);
  if (kind === "pkcs1")
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, encodeDigestInfo(hash, message));
  const encoded = encodePss(hash, message, randomBytes(hashBytes[hash]), modulusBits(key));
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded);
}

/** @throws ServiceError when the message is not of the type that it is said to be. */
export async function verifyMessage(
  privateKey: KeyObject,
  signed: SignedMessage,
  signature: Uint8Array,
): Promise<boolean> {
  const { kind, hash } = schemeOf(signed);
  const { message, type } = signed;
  const key = createPublicKey(privateKey);
  if (type !== "DIGEST") return verify(hash ?? null, message, withPadding(key, kind), signature);
  assert(hash !== undefined, "schemes without a hash take no digests");
  if (kind === "ecdsa") return verifyEcdsaDigest(key, message, signature);
  if (kind === "pkcs1") {
    const recovered = recover(key, signature, constants.RSA_PKCS1_PADDING);
    const expected = encodeDigestInfo(hash, message);
    return recovered?.length === expected.length && timingSafeEqual(recovered, expected);
  }
  const recovered = recover(key, signature, constants.RSA_NO_PADDING);
  return recovered !== undefined && isPssOf(hash, message, recovered, modulusBits(key));
}

/** The public operation on a signature; undefined when it cannot be one of this key. */
function recover(key: KeyObject, signature: Uint8Array, padding: number): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding }, signature);
  } catch {
    // Wrong length, too big for the modulus or wrongly padded: not a signature.
    return undefined;
  }
}

function schemeOf({ algorithm, message, type }: SignedMessage): Scheme {
  const scheme = schemes[algorithm];
  assert(scheme !== undefined, `no key spec has the algorithm ${algorithm}`);
  if (type === "EXTERNAL_MU") {
    if (algorithm === "ML_DSA_SHAKE_256") throw notImplemented("the message type EXTERNAL_MU");
    throw validation(`MessageType EXTERNAL_MU is not valid for algorithm ${algorithm}.`);
  }
  if (type !== "DIGEST") return scheme;
  if (scheme.hash === undefined)
    throw validation(`MessageType DIGEST is not valid for algorithm ${algorithm}.`);
  if (message.length !== hashBytes[scheme.hash])
    throw validation(`Digest is invalid length for algorithm ${algorithm}.`);
  return scheme;
}

function withPadding(
  key: KeyObject,
  kind: Scheme["kind"],
): KeyObject | { readonly key: KeyObject; readonly padding: number; readonly saltLength: number } {
  if (kind !== "pss") return key;
  return {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
}

function modulusBits(key: KeyObject): number {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  assert(bits !== undefined, "an RSA key has a modulus");
  return bits;
}
