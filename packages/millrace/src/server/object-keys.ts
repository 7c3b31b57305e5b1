import { parseArn } from "../core/arn.ts";
import { ServiceError } from "../core/errors.ts";
import type { Permission } from "../gateway/service.ts";
import type { ObjectKeys } from "../kernels/objects/index.ts";
import type { ServiceKeys } from "../services/kms/index.ts";
import type { BucketKeys, ObjectKeyUse } from "../services/s3/dependencies.ts";

const managedKey = "alias/aws/s3";

type Context = Readonly<Record<string, string>>;

/**
 * KMS for S3 and the object store. It is opened by the first object that needs it, and asked each time, so
 * that nothing under a disabled key can be read or written. S3 puts `KMS.` before KMS's error codes.
 */
export class KmsObjectKeys implements ObjectKeys, BucketKeys {
  readonly #open: () => Promise<ServiceKeys>;
  readonly #opened: () => ServiceKeys | undefined;

  /** @param opened the keys if somebody uses them already, as they are when any are kept. */
  constructor(open: () => Promise<ServiceKeys>, opened: () => ServiceKeys | undefined) {
    this.#open = open;
    this.#opened = opened;
  }

  permission(use: ObjectKeyUse): Permission | undefined {
    const { keyId = managedKey } = use;
    return this.#opened()?.permission({ ...use, keyId, service: "s3" });
  }

  async keyArn(
    keyId: string | undefined,
    owner: { readonly account: string; readonly region: string },
  ): Promise<string> {
    return this.#ask(async (keys) => (await keys.check(keyId ?? managedKey, owner)).keyArn);
  }

  async createDataKey(
    keyId: string,
    context: Context,
  ): Promise<{ readonly plaintext: Uint8Array; readonly wrapped: Uint8Array }> {
    const { account = "", region = "" } = parseArn(keyId) ?? {};
    return this.#ask((keys) => keys.createDataKey({ keyId, account, region, context }));
  }

  async openDataKey(keyId: string, wrapped: Uint8Array, context: Context): Promise<Uint8Array> {
    const { region = "" } = parseArn(keyId) ?? {};
    return this.#ask((keys) => keys.openDataKey({ region, wrapped, context }));
  }

  async #ask<T>(question: (keys: ServiceKeys) => Promise<T>): Promise<T> {
    try {
      return await question(await this.#open());
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { code, message, status } = error;
      throw new ServiceError(`KMS.${code}`, message, { status, cause: error });
    }
  }
}
