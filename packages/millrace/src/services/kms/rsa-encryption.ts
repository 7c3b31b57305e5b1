import {
  constants,
  createDecipheriv,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from "node:crypto";
import type { AlgorithmSpec, EncryptionAlgorithmSpec, KeySpec } from "@aws-sdk/client-kms";
import { validation } from "./errors.ts";

const hashOf = (algorithm: string): "sha1" | "sha256" => (algorithm.endsWith("SHA_1") ? "sha1" : "sha256");

function oaep(key: KeyObject, algorithm: string): { key: KeyObject; padding: number; oaepHash: string } {
  return { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hashOf(algorithm) };
}

/** @throws ServiceError when the plaintext is too long for the modulus. */
export function encryptRsa(
  privateKey: KeyObject,
  spec: KeySpec,
  algorithm: EncryptionAlgorithmSpec,
  plaintext: Uint8Array,
): Buffer {
  const modulusBytes = (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  // RFC 8017, section 7.1.1.
  const maxBytes = modulusBytes - 2 * (hashOf(algorithm) === "sha1" ? 20 : 32) - 2;
  if (plaintext.length > maxBytes)
    throw validation(
      `Algorithm ${algorithm} and key spec ${spec} cannot encrypt data larger than ${maxBytes} bytes.`,
    );
  return publicEncrypt(oaep(createPublicKey(privateKey), algorithm), plaintext);
}

/** Undefined when the ciphertext was not made by this key with this algorithm. */
export function decryptRsa(
  privateKey: KeyObject,
  algorithm: string,
  ciphertext: Uint8Array,
): Buffer | undefined {
  try {
    return privateDecrypt(oaep(privateKey, algorithm), ciphertext);
  } catch {
    // OAEP does not tell one kind of wrong ciphertext from another, on purpose.
    return undefined;
  }
}

/**
 * Key material as a client has wrapped it for ImportKeyMaterial.
 *
 *   RSAES_OAEP_*        => OAEP(material)
 *   RSA_AES_KEY_WRAP_*  => OAEP(AES key of 256 bits) AES-KWP(material)      (RFC 5649)
 */
export function unwrapMaterial(
  privateKey: KeyObject,
  algorithm: AlgorithmSpec,
  wrapped: Uint8Array,
): Buffer | undefined {
  if (!algorithm.startsWith("RSA_AES_KEY_WRAP")) return decryptRsa(privateKey, algorithm, wrapped);
  const modulusBytes = (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const aesKey = decryptRsa(privateKey, algorithm, wrapped.subarray(0, modulusBytes));
  if (aesKey?.length !== 32) return undefined;
  try {
    const unwrap = createDecipheriv("id-aes256-wrap-pad", aesKey, Buffer.from("a65959a6", "hex"));
    return Buffer.concat([unwrap.update(wrapped.subarray(modulusBytes)), unwrap.final()]);
  } catch {
    // The wrap's own check failed: it is not wrapped under this key.
    return undefined;
  }
}
