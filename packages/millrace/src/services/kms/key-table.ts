import type { Clock } from "../../core/clock.ts";
import type { Change, Store } from "../../core/store.ts";
import type { KeyDocument } from "./document.ts";
import { Key } from "./key.ts";
import type { Owner } from "./key-arn.ts";

const collection = "keys";

/** A key's new document, or its removal. */
export interface KeyChange {
  readonly put?: KeyDocument;
  readonly remove?: Key;
}

/** All keys, by account and region. */
export class KeyTable {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #regions = new Map<string, Map<string, Key>>();
  /** The keys of each multi-Region key, by account and id. */
  readonly #families = new Map<string, Set<Key>>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  load(): void {
    for (const [, document] of this.#store.all<KeyDocument>(collection)) this.#adopt(document);
  }

  /** Undefined when there is none, or when its waiting period is over. */
  get(owner: Owner, id: string): Key | undefined {
    const key = this.#regions.get(regionKey(owner))?.get(id);
    return key === undefined || key.isGone(this.#clock.now()) ? undefined : key;
  }

  /** The keys of an account in a region, in the order of their ids. */
  list(owner: Owner): Key[] {
    const nowMs = this.#clock.now();
    const keys = [...(this.#regions.get(regionKey(owner))?.values() ?? [])];
    return keys.filter((key) => !key.isGone(nowMs)).sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  }

  /** The primary and the replicas of a multi-Region key, or the key alone; also those whose time is over. */
  family(key: Key): readonly Key[] {
    return [...(this.#families.get(familyKey(key.document)) ?? [key])];
  }

  /** Also those whose waiting period is over. */
  *all(): Generator<Key> {
    for (const region of this.#regions.values()) yield* region.values();
  }

  /** Makes changes of keys, and others that belong to them, durable and then visible: all or none. */
  async commit(changes: readonly KeyChange[], others: readonly Change[] = []): Promise<void> {
    const stored = changes.flatMap(({ put, remove }): Change[] => {
      if (put !== undefined) return [{ collection, key: documentKey(put), put }];
      return remove === undefined ? [] : [{ collection, key: documentKey(remove.document) }];
    });
    await this.#store.commit([...stored, ...others]);
    for (const { put, remove } of changes) {
      if (put !== undefined) this.#adopt(put);
      else if (remove !== undefined) this.#forget(remove);
    }
  }

  async reset(): Promise<void> {
    await this.commit([...this.all()].map((remove) => ({ remove })));
  }

  #adopt(document: KeyDocument): void {
    let region = this.#regions.get(regionKey(document));
    if (region === undefined) {
      region = new Map();
      this.#regions.set(regionKey(document), region);
    }
    const known = region.get(document.id);
    if (known !== undefined) {
      known.adopt(document);
      return;
    }
    const key = new Key(document);
    region.set(document.id, key);
    if (document.multiRegion === undefined) return;
    let family = this.#families.get(familyKey(document));
    if (family === undefined) {
      family = new Set();
      this.#families.set(familyKey(document), family);
    }
    family.add(key);
  }

  #forget(key: Key): void {
    const { document } = key;
    const region = this.#regions.get(regionKey(document));
    region?.delete(document.id);
    if (region?.size === 0) this.#regions.delete(regionKey(document));
    const family = this.#families.get(familyKey(document));
    family?.delete(key);
    if (family?.size === 0) this.#families.delete(familyKey(document));
  }
}

const regionKey = ({ account, region }: Owner): string => `${account}/${region}`;
const familyKey = ({ account, id }: KeyDocument): string => `${account}/${id}`;
const documentKey = ({ account, region, id }: KeyDocument): string => `${account}/${region}/${id}`;
