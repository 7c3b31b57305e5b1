import type { EncryptionAlgorithmSpec, KeyUsageType } from "@aws-sdk/client-kms";
import { assert } from "../../core/assert.ts";
import type { Call } from "../../gateway/call.ts";
import type { MaterialDocument } from "./document.ts";
import type { EncryptionContext } from "./encryption-context.ts";
import {
  accessDenied,
  dryRun,
  incompatibleAlgorithm,
  incorrectKey,
  invalidCiphertext,
  notImplemented,
  validation,
} from "./errors.ts";
import { checkGrantTokens } from "./grant-token-check.ts";
import type { Key } from "./key.ts";
import type { Owner } from "./key-arn.ts";
import { findKey, findOrMakeKey } from "./key-lookup.ts";
import { requireEnabled, requireMaterial, requireUsage } from "./key-state.ts";
import { decryptRsa, encryptRsa } from "./rsa-encryption.ts";
import type { KmsState } from "./state.ts";

/** What all calls that use a key have in common. */
export interface KeyUse {
  readonly KeyId: string;
  readonly GrantTokens?: readonly string[] | undefined;
}

/** The key of a call that uses one, in a state and of a usage that lets it. */
export async function useKey(state: KmsState, input: KeyUse, call: Call, usage: KeyUsageType): Promise<Key> {
  checkGrantTokens(state, input.GrantTokens);
  const key = await findOrMakeKey(state, input.KeyId, call);
  requireEnabled(key, state.clock.now());
  requireUsage(key, usage, call.operation);
  return key;
}

/** A key that makes data keys: these are encrypted under symmetric keys only. */
export async function useDataKeyParent(state: KmsState, input: KeyUse, call: Call): Promise<Key> {
  const key = await useKey(state, input, call, "ENCRYPT_DECRYPT");
  requireAlgorithm(key, "SYMMETRIC_DEFAULT");
  return key;
}

export function requireAlgorithm(key: Key, algorithm: EncryptionAlgorithmSpec): void {
  if (!key.facts.encryption.includes(algorithm)) throw incompatibleAlgorithm(algorithm, key.document.spec);
}

/** Ends a dry run, after everything was checked. @throws DryRunOperationException */
export function endDryRun(asked: boolean | undefined): void {
  if (asked) throw dryRun();
}

/** @throws ServiceError NotImplemented when the answer is to go to an enclave. */
export function refuseRecipient(recipient: unknown): void {
  if (recipient !== undefined) throw notImplemented("attested recipients (Nitro Enclaves and NitroTPM)");
}

export interface Encrypted {
  readonly blob: Buffer;
  readonly material: MaterialDocument;
}

/** Encrypts under the current material of a key that is enabled. */
export function encryptUnder(
  state: KmsState,
  key: Key,
  algorithm: EncryptionAlgorithmSpec,
  plaintext: Uint8Array,
  context: EncryptionContext | undefined,
): Encrypted {
  requireAlgorithm(key, algorithm);
  if (algorithm !== "SYMMETRIC_DEFAULT") refuseContext(context);
  const material = requireMaterial(key, state.clock.now());
  const secret = key.secret(material, state.master);
  const { id, account, spec } = key.document;
  if (algorithm !== "SYMMETRIC_DEFAULT")
    return { blob: encryptRsa(secret, spec, algorithm, plaintext), material };
  const named = { keyId: id, account, material: material.id.slice(0, 32), secret };
  return { blob: state.ciphertexts.encrypt(named, plaintext, context), material };
}

/** Asymmetric ciphertexts have no place for a context. */
function refuseContext(context: EncryptionContext | undefined): void {
  if (context !== undefined && Object.keys(context).length > 0)
    throw validation("Encryption context is not supported with asymmetric keys.");
}

/** A ciphertext, and what a client says of it. */
export interface Ciphertext {
  readonly blob: Uint8Array;
  readonly keyId: string | undefined;
  readonly algorithm: EncryptionAlgorithmSpec;
  readonly context: EncryptionContext | undefined;
}

/** The key of a ciphertext: the one it names, which is the one that the client names if it names one. */
export function keyOfCiphertext(
  state: KmsState,
  { blob, keyId, algorithm }: Pick<Ciphertext, "blob" | "keyId" | "algorithm">,
  call: Owner,
): Key {
  if (algorithm !== "SYMMETRIC_DEFAULT") {
    if (keyId === undefined) throw validation("A KeyId is required for ciphertexts of asymmetric keys.");
    return findKey(state, keyId, call);
  }
  const expected = keyId === undefined ? undefined : findKey(state, keyId, call);
  if (expected !== undefined && !expected.facts.encryption.includes(algorithm)) throw incorrectKey();
  const header = state.ciphertexts.header(blob);
  if (header === undefined) throw invalidCiphertext();
  const key = state.keys.get({ account: header.account, region: call.region }, header.keyId);
  if (expected !== undefined && key !== expected) throw incorrectKey();
  if (key !== undefined) return key;
  throw accessDenied(
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  );
}

export interface Decrypted {
  readonly key: Key;
  readonly plaintext: Buffer;
  readonly material: MaterialDocument;
}

/** Opens a ciphertext. @throws InvalidCiphertextException when it was changed or has another context. */
export function decryptWith(state: KmsState, ciphertext: Ciphertext, call: Call): Decrypted {
  const { blob, algorithm, context } = ciphertext;
  const key = keyOfCiphertext(state, ciphertext, call);
  requireEnabled(key, state.clock.now());
  requireUsage(key, "ENCRYPT_DECRYPT", call.operation);
  requireAlgorithm(key, algorithm);
  return { key, ...openCiphertext(state, key, blob, algorithm, context) };
}

/** Opens a ciphertext of a key that is known and enabled. */
export function openCiphertext(
  state: KmsState,
  key: Key,
  blob: Uint8Array,
  algorithm: EncryptionAlgorithmSpec,
  context: EncryptionContext | undefined,
): Omit<Decrypted, "key"> {
  const nowMs = state.clock.now();
  if (algorithm !== "SYMMETRIC_DEFAULT") {
    refuseContext(context);
    const material = requireMaterial(key, nowMs);
    const plaintext = decryptRsa(key.secret(material, state.master), algorithm, blob);
    if (plaintext === undefined) throw invalidCiphertext();
    return { plaintext, material };
  }
  const header = state.ciphertexts.header(blob);
  if (header === undefined || header.keyId !== key.document.id) throw invalidCiphertext();
  if (key.material(header.material) === undefined) throw invalidCiphertext();
  const material = requireMaterial(key, nowMs, header.material);
  assert(material.id.startsWith(header.material), "the ciphertext's own material opens it");
  const plaintext = state.ciphertexts.decrypt(key.secret(material, state.master), blob, context);
  if (plaintext === undefined) throw invalidCiphertext();
  return { plaintext, material };
}
