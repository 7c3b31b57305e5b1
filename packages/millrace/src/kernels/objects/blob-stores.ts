import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { StoreUnavailableError } from "./errors.ts";
import type { BlobStore } from "./port.ts";

/** Blobs that wait to be removed at the same time. */
const concurrentRemovals = 16;

/** The stores that bytes lie in, by name, and the removal of what nobody needs. */
export class BlobStores {
  readonly #stores: ReadonlyMap<string, BlobStore>;
  readonly #storeOf: (bucket: string) => string;
  readonly #log: Logger;
  readonly #discarded: string[] = [];
  #removing: Promise<void> | undefined;
  readonly #later = new Set<Promise<void>>();

  /** @param storeOf the name of the store that takes the bytes of a bucket's next objects. */
  constructor(stores: readonly BlobStore[], storeOf: (bucket: string) => string, log: Logger) {
    this.#stores = new Map(stores.map((store) => [store.name, store]));
    this.#storeOf = storeOf;
    this.#log = log;
  }

  all(): Iterable<BlobStore> {
    return this.#stores.values();
  }

  /** @throws StoreUnavailableError when a former configuration had it and this one has not. */
  named(name: string): BlobStore {
    const store = this.#stores.get(name);
    if (store === undefined) throw new StoreUnavailableError(`the object store ${name} is not configured`);
    return store;
  }

  forBucket(bucket: string): BlobStore {
    return this.named(this.#storeOf(bucket));
  }

  /** @param blob `<store>:<id>` */
  resolve(blob: string): { readonly store: BlobStore; readonly id: string } {
    const colon = blob.indexOf(":");
    return { store: this.named(blob.slice(0, colon)), id: blob.slice(colon + 1) };
  }

  /** Removes the bytes soon. What cannot be removed is left for the sweep of the next start. */
  discard(blob: string): void {
    this.#discarded.push(blob);
    this.#removing ??= this.#removeAll();
  }

  /** Runs work that nobody waits for, but that must end before the store is closed. */
  later(what: string, work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => this.#log.warn({ error: messageOf(error) }, what))
      .finally(() => this.#later.delete(running));
    this.#later.add(running);
  }

  /** Resolves when nothing waits to be removed. */
  async settled(): Promise<void> {
    while (this.#removing !== undefined || this.#later.size > 0) {
      await this.#removing;
      await Promise.all(this.#later);
    }
  }

  async close(): Promise<void> {
    await this.settled();
    for (const store of this.#stores.values()) await store.close();
  }

  async #removeAll(): Promise<void> {
    while (this.#discarded.length > 0)
      await Promise.all(this.#discarded.splice(0, concurrentRemovals).map((blob) => this.#remove(blob)));
    this.#removing = undefined;
  }

  async #remove(blob: string): Promise<void> {
    try {
      const { store, id } = this.resolve(blob);
      await store.remove(id);
    } catch (error) {
      this.#log.warn({ blob, error: messageOf(error) }, "the bytes of a removed object could not be removed");
    }
  }
}

export function blobName(store: BlobStore, id: string): string {
  return `${store.name}:${id}`;
}
