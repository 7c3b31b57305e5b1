import type { Permission } from "../../gateway/service.ts";
import { makeDataKey } from "./data-key.ts";
import type { EncryptionContext } from "./encryption-context.ts";
import { invalidCiphertext } from "./errors.ts";
import type { Key } from "./key.ts";
import type { Owner } from "./key-arn.ts";
import { findKey, findOrMakeKey } from "./key-lookup.ts";
import { keyPolicies } from "./key-policies.ts";
import { requireEnabled, requireUsage } from "./key-state.ts";
import { encryptUnder, keyOfCiphertext, openCiphertext, requireAlgorithm } from "./key-use.ts";
import { ensureManagedKey, managedServiceOf } from "./managed-key.ts";
import { type ServiceUse, servicePermission } from "./service-permission.ts";
import type { KmsState } from "./state.ts";

export interface NewDataKey {
  /** 32 bytes. */
  readonly plaintext: Buffer;
  /** The same under the KMS key; names it. */
  readonly wrapped: Buffer;
  readonly keyArn: string;
}

/**
 * The keys as other services of Millrace use them, on their own authority. Errors are those that a client of
 * KMS sees; a service translates them into its own.
 */
export class ServiceKeys {
  readonly state: KmsState;

  constructor(state: KmsState) {
    this.state = state;
  }

  /** Rejects when data cannot be encrypted under the key. An alias of an AWS managed key makes that key. */
  async check(keyId: string, owner: Owner): Promise<{ readonly keyArn: string }> {
    const key = await findOrMakeKey(this.state, keyId, owner);
    this.#requireUsable(key, "GenerateDataKey");
    return { keyArn: key.arn };
  }

  /** As `check`, at once. An AWS managed key that was never used is about to be made. */
  checkNow(keyId: string, owner: Owner): void {
    const isManaged = managedServiceOf(keyId) !== undefined;
    if (isManaged && this.state.aliases.get(owner, keyId) === undefined) return;
    this.#requireUsable(findKey(this.state, keyId, owner), "GenerateDataKey");
  }

  /** @param wish.keyId a key's id or ARN, an alias or its ARN, as a client may name it. */
  async createDataKey(
    wish: Owner & { readonly keyId: string; readonly context?: EncryptionContext | undefined },
  ): Promise<NewDataKey> {
    const key = await findOrMakeKey(this.state, wish.keyId, wish);
    this.#requireUsable(key, "GenerateDataKey");
    const { plaintext, wrapped } = makeDataKey(this.state, key, { KeySpec: "AES_256" }, wish.context);
    return { plaintext, wrapped, keyArn: key.arn };
  }

  /** Encrypts a few bytes under the key itself, as a client's Encrypt does; `openDataKey` opens them. */
  async encrypt(
    wish: Owner & { readonly keyId: string; readonly context?: EncryptionContext | undefined },
    plaintext: Uint8Array,
  ): Promise<Buffer> {
    const key = await findOrMakeKey(this.state, wish.keyId, wish);
    this.#requireUsable(key, "Encrypt");
    return encryptUnder(this.state, key, "SYMMETRIC_DEFAULT", plaintext, wish.context).blob;
  }

  /**
   * Opens what `createDataKey` wrapped. The key is asked for its state each time: what was encrypted under a
   * key that is disabled now cannot be read.
   */
  async openDataKey(sealed: {
    /** Where the key is. */
    readonly region: string;
    readonly wrapped: Uint8Array;
    readonly context?: EncryptionContext | undefined;
  }): Promise<Buffer> {
    const { wrapped: blob, context, region } = sealed;
    const account = this.state.ciphertexts.header(blob)?.account;
    if (account === undefined) throw invalidCiphertext();
    const named = { blob, keyId: undefined, algorithm: "SYMMETRIC_DEFAULT" } as const;
    const key = keyOfCiphertext(this.state, named, { account, region });
    this.#requireUsable(key, "Decrypt");
    return openCiphertext(this.state, key, blob, "SYMMETRIC_DEFAULT", context).plaintext;
  }

  /** What a service's caller must be allowed to do with a key; undefined when there is no such key. */
  permission(use: ServiceUse): Permission | undefined {
    return servicePermission(this.state, use);
  }

  /** The policies of a key, as the policy engine asks for them. */
  policies(arn: string): readonly string[] {
    return keyPolicies(this.state, arn);
  }

  /** The ARN of an account's AWS managed key, made when it is first asked for. @param alias `alias/aws/s3` */
  async managedKey(alias: string, owner: Owner): Promise<string> {
    const service = managedServiceOf(alias);
    if (service === undefined) throw new Error(`${alias} is not the alias of an AWS managed key`);
    return (await ensureManagedKey(this.state, service, owner)).arn;
  }

  #requireUsable(key: Key, operation: string): void {
    requireEnabled(key, this.state.clock.now());
    requireUsage(key, "ENCRYPT_DECRYPT", operation);
    requireAlgorithm(key, "SYMMETRIC_DEFAULT");
  }
}
