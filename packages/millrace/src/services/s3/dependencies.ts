import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { ObjectStore } from "../../kernels/objects/index.ts";

/** What S3 needs of a key service; the bytes themselves are encrypted by the object store. */
export interface BucketKeys {
  /**
   * The ARN of the key that an id, alias or ARN names for this owner, or of the key that AWS manages for S3
   * when none is named. Rejects with the KMS error that a client of S3 sees when the key cannot be used.
   */
  keyArn(
    keyId: string | undefined,
    owner: { readonly account: string; readonly region: string },
  ): Promise<string>;
}

export interface S3Dependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** Buckets and objects; other services read and write them too. */
  readonly objects: ObjectStore;
  readonly tokens: PageTokens;
  readonly keys: BucketKeys;
}
