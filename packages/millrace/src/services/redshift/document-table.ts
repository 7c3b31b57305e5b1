import type { Change, Store } from "../../core/store.ts";
import type { Named, Owner } from "./document.ts";

/** One part of a commit: what is written, and what becomes visible once it is on disk. */
export interface Edit {
  readonly change: Change;
  apply(): void;
}

/** Makes edits durable and then visible: all or none. */
export async function commitEdits(store: Store, edits: readonly Edit[]): Promise<void> {
  await store.commit(edits.map(({ change }) => change));
  for (const edit of edits) edit.apply();
}

/** Documents of one kind, found by account, region and name. */
export class DocumentTable<Document extends Named> {
  readonly #collection: string;
  readonly #byName = new Map<string, Document>();

  constructor(collection: string) {
    this.#collection = collection;
  }

  load(store: Store): void {
    for (const [, document] of store.all<Document>(this.#collection))
      this.#byName.set(keyOf(document, document.name), document);
  }

  get(owner: Owner, name: string): Document | undefined {
    return this.#byName.get(keyOf(owner, name));
  }

  /** Those of an account in a region, by name. */
  list({ account, region }: Owner): Document[] {
    return [...this.#byName.values()]
      .filter((document) => document.account === account && document.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  all(): readonly Document[] {
    return [...this.#byName.values()];
  }

  /** For a reset. */
  removals(): Edit[] {
    return this.all().map((document) => this.remove(document));
  }

  put(document: Document): Edit {
    const key = keyOf(document, document.name);
    return {
      change: { collection: this.#collection, key, put: document },
      apply: () => void this.#byName.set(key, document),
    };
  }

  remove(document: Document): Edit {
    const key = keyOf(document, document.name);
    return {
      change: { collection: this.#collection, key },
      apply: () => void this.#byName.delete(key),
    };
  }
}

const keyOf = ({ account, region }: Owner, name: string): string => `${account}/${region}/${name}`;
