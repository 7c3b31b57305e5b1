import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { promisify } from "node:util";
import { assert } from "../../core/assert.ts";
import { isAsymmetric, type SpecFacts } from "./key-spec.ts";

/** A key's secret in the clear: the bytes of a symmetric key, or a private key in PKCS #8. */
export interface FreshMaterial {
  readonly secret: Buffer;
  /** SubjectPublicKeyInfo of an asymmetric key. */
  readonly publicKey?: Buffer;
}

const pairOf = promisify(generateKeyPair) as (
  type: string,
  options: object,
) => Promise<{ readonly publicKey: KeyObject; readonly privateKey: KeyObject }>;

/** Makes the secret of a new key. RSA takes a while; it runs beside the event loop. */
export async function generateMaterial(facts: SpecFacts): Promise<FreshMaterial> {
  if (!isAsymmetric(facts)) return { secret: randomBytes(facts.size) };
  const { publicKey, privateKey } = await generatePair(facts);
  return {
    secret: privateKey.export({ type: "pkcs8", format: "der" }),
    publicKey: publicKey.export({ type: "spki", format: "der" }),
  };
}

function generatePair(facts: SpecFacts): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  if (facts.family === "rsa") return pairOf("rsa", { modulusLength: facts.size });
  if (facts.family === "ec") return pairOf("ec", { namedCurve: facts.curve });
  return pairOf(facts.curve, {});
}

/** The secret as OpenSSL takes it. @throws when the bytes are not one of this spec. */
export function openMaterial(facts: SpecFacts, secret: Buffer): KeyObject {
  if (!isAsymmetric(facts)) {
    assert(secret.length === facts.size, "a symmetric key has the length of its spec");
    return createSecretKey(secret);
  }
  return createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
}

/**
 * The public half of imported private-key bytes, or undefined when they are not a private key of this spec.
 * For a symmetric spec only the length is checked, and there is no public half.
 */
export function checkImported(facts: SpecFacts, secret: Buffer): FreshMaterial | undefined {
  if (!isAsymmetric(facts)) return secret.length === facts.size ? { secret } : undefined;
  try {
    const key = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
    const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
    const fits =
      facts.family === "rsa"
        ? key.asymmetricKeyType === "rsa" && modulusLength === facts.size
        : facts.family === "ec"
          ? key.asymmetricKeyType === "ec" && namedCurve === facts.curve
          : key.asymmetricKeyType === facts.curve;
    if (!fits) return undefined;
    return { secret, publicKey: createPublicKey(key).export({ type: "spki", format: "der" }) };
  } catch {
    // Whatever OpenSSL cannot read is not key material; it has nothing more to say to the client.
    return undefined;
  }
}
