import { setImmediate } from "node:timers/promises";
import { type BlobStores, blobName } from "./blob-stores.ts";
import { NoSuchUploadError } from "./errors.ts";
import { backgroundBatch } from "./limits.ts";
import type { BucketTable } from "./metadata/bucket-table.ts";
import type { GroupCommit } from "./metadata/group-commit.ts";
import type { UploadQueries } from "./metadata/upload-table.ts";
import type { VersionQueries, VersionTable } from "./metadata/version-table.ts";
import type { UploadStore } from "./upload-store.ts";

export interface HousekeepingOptions {
  readonly commits: GroupCommit;
  readonly buckets: BucketTable;
  readonly versions: VersionTable;
  readonly queries: VersionQueries;
  readonly uploadQueries: UploadQueries;
  readonly uploads: UploadStore;
  readonly blobs: BlobStores;
}

/** Removes what deleted buckets and interrupted writes left, in small steps beside the store's work. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  #isStopped = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  /** Once, after the store was opened. */
  start(): void {
    this.#options.blobs.later("what a former run left could not be removed", async () => {
      for (const bucket of this.#options.buckets.forgotten()) await this.drop(bucket);
      await this.#sweep();
    });
  }

  /** The next start goes on. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Removes all below a bucket that is gone. */
  async drop(bucket: number): Promise<void> {
    const { uploadQueries, uploads } = this.#options;
    while (!this.#isStopped && (await this.#dropVersions(bucket)) > 0);
    for (;;) {
      const ids = this.#isStopped ? [] : uploadQueries.some(bucket, backgroundBatch);
      if (ids.length === 0) return;
      await Promise.all(ids.map((id) => uploads.abort({ id }).catch(ignoreEnded)));
    }
  }

  #dropVersions(bucket: number): Promise<number> {
    const { commits, versions, blobs } = this.#options;
    return commits.run((transaction) => {
      const rows = versions.some(bucket, backgroundBatch);
      for (const row of rows) {
        const blob = versions.delete(bucket, row);
        if (blob !== undefined) transaction.after(() => blobs.discard(blob));
      }
      return rows.length;
    });
  }

  /** Removes the bytes that were written for nobody: before an acknowledgement, or after a removal. */
  async #sweep(): Promise<void> {
    const { blobs, queries } = this.#options;
    for (const store of blobs.all()) {
      let looked = 0;
      for await (const id of store.older()) {
        if (this.#isStopped) return;
        if (!queries.isOwned(blobName(store, id))) await store.remove(id);
        looked += 1;
        if (looked % backgroundBatch === 0) await setImmediate();
      }
    }
  }
}

/** Somebody else completed or aborted it. */
function ignoreEnded(error: unknown): void {
  if (!(error instanceof NoSuchUploadError)) throw error;
}
