import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Permission } from "../../gateway/service.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { ObjectStore } from "../../kernels/objects/index.ts";

/** A use of an object's key on behalf of a caller. */
export interface ObjectKeyUse {
  readonly action: "kms:Decrypt" | "kms:GenerateDataKey";
  /** Undefined for the key that AWS manages for S3. */
  readonly keyId: string | undefined;
  /** Where a name that is not an ARN is looked up. */
  readonly owner: { readonly account: string; readonly region: string };
  /** The account of whoever reads or writes. */
  readonly caller: string;
  /** KMS's encryption context. */
  readonly context: Readonly<Record<string, string>>;
}

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
  /** What the caller must be allowed to do with the key; undefined when there is no such key. */
  permission(use: ObjectKeyUse): Permission | undefined;
}

export interface S3Dependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** Buckets and objects; other services read and write them too. */
  readonly objects: ObjectStore;
  readonly tokens: PageTokens;
  readonly keys: BucketKeys;
}
