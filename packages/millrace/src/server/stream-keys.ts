import { parseArn } from "../core/arn.ts";
import { ServiceError } from "../core/errors.ts";
import type { MasterKey } from "../core/master-key.ts";
import type { Permission } from "../gateway/service.ts";
import type { SegmentCipher } from "../kernels/log/index.ts";
import type { StreamKeys, StreamKeyUse } from "../services/kinesis/state.ts";
import type { ServiceKeys } from "../services/kms/index.ts";

/** What Kinesis calls the errors of KMS. */
const kinesisCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: "KMSAccessDeniedException",
  DisabledException: "KMSDisabledException",
  InvalidKeyUsageException: "KMSInvalidStateException",
  KMSInvalidStateException: "KMSInvalidStateException",
  NotFoundException: "KMSNotFoundException",
};

type Owner = { readonly account: string; readonly region: string };

/** KMS for the records of Kinesis: streams are checked against it, segments get their data keys from it. */
export class KmsStreamKeys implements StreamKeys, SegmentCipher {
  readonly #keys: ServiceKeys;
  readonly #master: MasterKey;

  constructor(keys: ServiceKeys, master: MasterKey) {
    this.#keys = keys;
    this.#master = master;
  }

  async check(keyId: string, owner: Owner): Promise<void> {
    await this.#keys.check(keyId, owner).catch((error: unknown) => Promise.reject(translated(error)));
  }

  checkNow(keyId: string, owner: Owner): void {
    try {
      this.#keys.checkNow(keyId, owner);
    } catch (error) {
      throw translated(error);
    }
  }

  permission(use: StreamKeyUse): Permission | undefined {
    const permission = this.#keys.permission({ ...use, service: "kinesis" });
    return permission && { ...permission, refusal: keyRefused };
  }

  /** @param keyId the ARN of a key or of an alias. */
  async createDataKey(
    keyId: string,
  ): Promise<{ readonly plaintext: Uint8Array; readonly wrapped: Uint8Array }> {
    const { account = "", region = "" } = parseArn(keyId) ?? {};
    return this.#keys.createDataKey({ keyId, account, region });
  }

  async openDataKey(keyId: string, wrapped: Uint8Array): Promise<Uint8Array> {
    const arn = parseArn(keyId);
    // Segments from before there was KMS name their key as the stream did, and it was no KMS key.
    if (arn === undefined) return this.#master.open(`data key under ${keyId}`, wrapped);
    return this.#keys.openDataKey({ region: arn.region, wrapped });
  }
}

function keyRefused(message: string): ServiceError {
  return new ServiceError("KMSAccessDeniedException", message);
}

function translated(error: unknown): unknown {
  const code = error instanceof ServiceError ? kinesisCodes[error.code] : undefined;
  if (code === undefined || !(error instanceof ServiceError)) return error;
  return new ServiceError(code, error.message, { cause: error });
}
