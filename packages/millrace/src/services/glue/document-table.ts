import { SerialTasks } from "../../core/serial-tasks.ts";
import type { Change, Store } from "../../core/store.ts";

/** What belongs to an account in a region. */
export interface Owner {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * Documents of one kind by their owner and by names below it: in memory, and durable in the store. Changes run
 * one after the other, so that what one has checked still holds when it is written.
 */
export class DocumentTable<T extends Owner> {
  readonly #store: Store;
  readonly #collection: string;
  readonly #nameOf: (document: T) => string;
  readonly #regions = new Map<string, Map<string, T>>();
  readonly #changes = new SerialTasks();

  /** @param nameOf the name of a document among its owner's. */
  constructor(store: Store, collection: string, nameOf: (document: T) => string) {
    this.#store = store;
    this.#collection = collection;
    this.#nameOf = nameOf;
  }

  load(): void {
    for (const [, document] of this.#store.all<T>(this.#collection)) this.#adopt(document);
  }

  get(owner: Owner, name: string): T | undefined {
    return this.#regions.get(regionKey(owner))?.get(name);
  }

  /** Of all owners. */
  *all(): Generator<T> {
    for (const region of this.#regions.values()) yield* region.values();
  }

  count(owner: Owner): number {
    return this.#regions.get(regionKey(owner))?.size ?? 0;
  }

  /** In the order of their names. */
  list(owner: Owner): T[] {
    const documents = [...(this.#regions.get(regionKey(owner))?.entries() ?? [])];
    return documents.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, document]) => document);
  }

  /** Runs after the changes that were asked for before; one that throws changes nothing. */
  change<R>(task: () => Promise<R>): Promise<R> {
    return this.#changes.run(task);
  }

  /** Inside a change. Resolves when it is durable. */
  async put(document: T): Promise<void> {
    await this.#store.commit([{ ...this.#place(document), put: document }]);
    this.#adopt(document);
  }

  /** Inside a change. */
  async remove(documents: readonly T[]): Promise<void> {
    if (documents.length === 0) return;
    await this.#store.commit(documents.map((document): Change => this.#place(document)));
    for (const document of documents) this.#regions.get(regionKey(document))?.delete(this.#nameOf(document));
  }

  /** Forgets all owners' documents. */
  reset(): Promise<void> {
    return this.change(() =>
      this.remove([...this.#regions.values()].flatMap((region) => [...region.values()])),
    );
  }

  /** Resolves when the changes that were asked for are done. */
  close(): Promise<void> {
    return this.#changes.settled();
  }

  #adopt(document: T): void {
    const key = regionKey(document);
    const region = this.#regions.get(key) ?? new Map<string, T>();
    this.#regions.set(key, region);
    region.set(this.#nameOf(document), document);
  }

  #place(document: T): { readonly collection: string; readonly key: string } {
    return {
      collection: this.#collection,
      key: `${regionKey(document)}/${this.#nameOf(document)}`,
    };
  }
}

const regionKey = ({ account, region }: Owner): string => `${account}/${region}`;
