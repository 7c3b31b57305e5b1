import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import type { AlgorithmSpec, ImportKeyMaterialResponse } from "@aws-sdk/client-kms";
import type { TestKms } from "./test-kms.ts";

/** Wraps key material as a client does: by OAEP, or by an AES key that OAEP wraps. */
export function wrap(publicKey: Uint8Array, algorithm: AlgorithmSpec, material: Uint8Array): Buffer {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  const oaepHash = algorithm.endsWith("SHA_1") ? "sha1" : "sha256";
  const seal = (bytes: Uint8Array): Buffer =>
    publicEncrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, bytes);
  if (!algorithm.startsWith("RSA_AES")) return seal(material);
  const aesKey = randomBytes(32);
  const cipher = createCipheriv("id-aes256-wrap-pad", aesKey, Buffer.from("a65959a6", "hex"));
  return Buffer.concat([seal(aesKey), cipher.update(material), cipher.final()]);
}

/** Both calls of an import. */
export async function importMaterial(
  kms: TestKms,
  KeyId: string,
  material: Uint8Array,
  more: object = { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" },
  WrappingAlgorithm: AlgorithmSpec = "RSAES_OAEP_SHA_256",
): Promise<ImportKeyMaterialResponse> {
  const { ImportToken, PublicKey } = await kms.run("GetParametersForImport", {
    KeyId,
    WrappingAlgorithm,
    WrappingKeySpec: "RSA_2048",
  });
  const EncryptedKeyMaterial = wrap(PublicKey ?? Buffer.alloc(0), WrappingAlgorithm, material);
  return kms.run("ImportKeyMaterial", { KeyId, ImportToken, EncryptedKeyMaterial, ...more });
}
