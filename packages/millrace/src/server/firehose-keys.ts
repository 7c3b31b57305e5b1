import { randomBytes } from "node:crypto";
import { parseArn } from "../core/arn.ts";
import { ServiceError } from "../core/errors.ts";
import type { MasterKey } from "../core/master-key.ts";
import type { Permission } from "../gateway/service.ts";
import type { SegmentCipher } from "../kernels/log/index.ts";
import { type FirehoseKeys, type KeyGrantUse, type Owner, ownedKeyId } from "../services/firehose/index.ts";
import type { ServiceKeys } from "../services/kms/index.ts";

const dataKeyBytes = 32;

/** Records that wait in Firehose: under keys of KMS, or under the data directory's own. */
export class KmsFirehoseKeys implements FirehoseKeys, SegmentCipher {
  readonly #keys: ServiceKeys;
  readonly #master: MasterKey;

  constructor(keys: ServiceKeys, master: MasterKey) {
    this.#keys = keys;
    this.#master = master;
  }

  async check(keyArn: string, owner: Owner): Promise<void> {
    await this.#keys.check(keyArn, owner).catch((error: unknown) => Promise.reject(translated(error)));
  }

  checkNow(keyArn: string, owner: Owner): void {
    try {
      this.#keys.checkNow(keyArn, owner);
    } catch (error) {
      throw translated(error);
    }
  }

  /** As on AWS, the caller grants Firehose the use of the key, and needs nothing to put records. */
  permission({ keyArn, owner, caller }: KeyGrantUse): Permission | undefined {
    const use = { keyId: keyArn, owner, caller, service: "firehose", context: {} };
    const permission = this.#keys.permission({ ...use, action: "kms:GenerateDataKey" });
    if (permission === undefined) return undefined;
    return {
      ...permission,
      action: "kms:CreateGrant",
      context: { ...permission.context, "kms:GrantIsForAWSResource": "true" },
      refusal: (message) => refused("AccessDeniedException", message),
    };
  }

  async createDataKey(
    keyId: string,
  ): Promise<{ readonly plaintext: Uint8Array; readonly wrapped: Uint8Array }> {
    if (keyId === ownedKeyId) {
      const plaintext = randomBytes(dataKeyBytes);
      return { plaintext, wrapped: this.#master.seal(sealName, plaintext) };
    }
    const { account = "", region = "" } = parseArn(keyId) ?? {};
    try {
      return await this.#keys.createDataKey({ keyId, account, region });
    } catch (error) {
      throw translated(error);
    }
  }

  async openDataKey(keyId: string, wrapped: Uint8Array): Promise<Uint8Array> {
    if (keyId === ownedKeyId) return this.#master.open(sealName, wrapped);
    const { region = "" } = parseArn(keyId) ?? {};
    try {
      return await this.#keys.openDataKey({ region, wrapped });
    } catch (error) {
      throw translated(error);
    }
  }
}

const sealName = "data key of delivery streams";

function refused(code: string, message: string, cause?: unknown): ServiceError {
  return new ServiceError("InvalidKMSResourceException", message, { members: { code }, cause });
}

/** Firehose answers with one code of its own and KMS's as a member. */
function translated(error: unknown): unknown {
  return error instanceof ServiceError ? refused(error.code, error.message, error) : error;
}
