import { randomBytes } from "node:crypto";
import type { DataKeyPairSpec, DataKeySpec } from "@aws-sdk/client-kms";
import type { MaterialDocument } from "./document.ts";
import type { EncryptionContext } from "./encryption-context.ts";
import { unsupported, validation } from "./errors.ts";
import type { Key } from "./key.ts";
import { specFacts } from "./key-spec.ts";
import { encryptUnder } from "./key-use.ts";
import { generateMaterial } from "./material.ts";
import type { KmsState } from "./state.ts";

export interface DataKey {
  readonly plaintext: Buffer;
  /** The same under the KMS key. */
  readonly wrapped: Buffer;
  readonly material: MaterialDocument;
}

/** A fresh data key of the length that is asked for in one of two ways. */
export function makeDataKey(
  state: KmsState,
  key: Key,
  size: { readonly KeySpec?: DataKeySpec | undefined; readonly NumberOfBytes?: number | undefined },
  context: EncryptionContext | undefined,
): DataKey {
  const { KeySpec, NumberOfBytes } = size;
  if ((KeySpec === undefined) === (NumberOfBytes === undefined))
    throw validation("Please specify either number of bytes or key spec.");
  const plaintext = randomBytes(NumberOfBytes ?? (KeySpec === "AES_128" ? 16 : 32));
  const { blob, material } = encryptUnder(state, key, "SYMMETRIC_DEFAULT", plaintext, context);
  return { plaintext, wrapped: blob, material };
}

export interface DataKeyPair extends DataKey {
  readonly publicKey: Buffer;
}

/** A fresh key pair; the private key, in PKCS #8, is what is wrapped. */
export async function makeDataKeyPair(
  state: KmsState,
  key: Key,
  spec: DataKeyPairSpec,
  context: EncryptionContext | undefined,
): Promise<DataKeyPair> {
  const facts = specFacts(spec);
  if (facts === undefined) throw unsupported(`Key pairs of spec ${spec} are not supported in this region.`);
  const { secret, publicKey } = await generateMaterial(facts);
  const { blob, material } = encryptUnder(state, key, "SYMMETRIC_DEFAULT", secret, context);
  return { plaintext: secret, wrapped: blob, material, publicKey: publicKey ?? Buffer.alloc(0) };
}
