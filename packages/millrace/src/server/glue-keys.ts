import { ServiceError } from "../core/errors.ts";
import type { Permission } from "../gateway/service.ts";
import type { PasswordKeys, PasswordKeyUse } from "../services/glue/index.ts";
import type { ServiceKeys } from "../services/kms/index.ts";

type Owner = { readonly account: string; readonly region: string };

/** KMS for the passwords of Glue's connections; it is opened by the first that needs it. */
export class KmsPasswordKeys implements PasswordKeys {
  readonly #open: () => Promise<ServiceKeys>;
  readonly #opened: () => ServiceKeys | undefined;

  /** @param opened the keys if somebody uses them already, as they are when any are kept. */
  constructor(open: () => Promise<ServiceKeys>, opened: () => ServiceKeys | undefined) {
    this.#open = open;
    this.#opened = opened;
  }

  async check(keyId: string, owner: Owner): Promise<void> {
    await this.#ask((keys) => keys.check(keyId, owner));
  }

  encrypt(keyId: string, owner: Owner, plaintext: Uint8Array): Promise<Uint8Array> {
    return this.#ask((keys) => keys.encrypt({ ...owner, keyId }, plaintext));
  }

  decrypt({ region }: Owner, wrapped: Uint8Array): Promise<Uint8Array> {
    return this.#ask((keys) => keys.openDataKey({ region, wrapped }));
  }

  permission(use: PasswordKeyUse): Permission | undefined {
    const permission = this.#opened()?.permission({ ...use, service: "glue", context: {} });
    return permission && { ...permission, refusal };
  }

  /** Glue answers all that KMS refuses with an error of its own. */
  async #ask<T>(question: (keys: ServiceKeys) => Promise<T>): Promise<T> {
    try {
      return await question(await this.#open());
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new ServiceError("GlueEncryptionException", `${error.code}: ${error.message}`, { cause: error });
    }
  }
}

function refusal(message: string): ServiceError {
  return new ServiceError("GlueEncryptionException", message);
}
