import { randomBytes } from "node:crypto";
import { ServiceError } from "../core/errors.ts";
import type { MasterKey } from "../core/master-key.ts";
import type { SegmentCipher } from "../kernels/log/index.ts";
import type { StreamKeys } from "../services/kinesis/state.ts";

/** A key id, a key ARN, an alias or an alias ARN, as KMS takes them. */
const keyIdForm =
  /^(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[a-zA-Z0-9:/_-]+|alias\/[a-zA-Z0-9:/_-]+|(mrk-)?[a-f0-9-]{32,64})$/;

/**
 * Stream encryption without KMS: each key id stands for a key derived from the data directory's master key,
 * so that any well-formed id works and data is really encrypted at rest. KMS takes its place with the same
 * two interfaces.
 */
export class LocalStreamKeys implements StreamKeys, SegmentCipher {
  readonly #master: MasterKey;

  constructor(master: MasterKey) {
    this.#master = master;
  }

  check(keyId: string): Promise<void> {
    if (keyIdForm.test(keyId)) return Promise.resolve();
    return Promise.reject(new ServiceError("KMSNotFoundException", `Invalid keyId ${keyId}`));
  }

  createDataKey(keyId: string): Promise<{ readonly plaintext: Uint8Array; readonly wrapped: Uint8Array }> {
    const plaintext = randomBytes(32);
    return Promise.resolve({ plaintext, wrapped: this.#master.seal(`data key under ${keyId}`, plaintext) });
  }

  openDataKey(keyId: string, wrapped: Uint8Array): Promise<Uint8Array> {
    return Promise.resolve().then(() => this.#master.open(`data key under ${keyId}`, wrapped));
  }
}
