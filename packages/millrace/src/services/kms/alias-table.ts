import type { Change, Store } from "../../core/store.ts";
import type { AliasDocument } from "./document.ts";
import type { Key } from "./key.ts";
import type { Owner } from "./key-arn.ts";

const collection = "aliases";

/** All aliases, by account, region and name. */
export class AliasTable {
  readonly #store: Store;
  readonly #regions = new Map<string, Map<string, AliasDocument>>();

  constructor(store: Store) {
    this.#store = store;
  }

  load(): void {
    for (const [, alias] of this.#store.all<AliasDocument>(collection)) this.adopt(alias);
  }

  /** @param name with its prefix. */
  get(owner: Owner, name: string): AliasDocument | undefined {
    return this.#regions.get(regionKey(owner))?.get(name);
  }

  /** In the order of their names. */
  list(owner: Owner): AliasDocument[] {
    const aliases = [...(this.#regions.get(regionKey(owner))?.values() ?? [])];
    return aliases.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  of(key: Key): AliasDocument[] {
    return this.list(key.document).filter(({ keyId }) => keyId === key.document.id);
  }

  async put(alias: AliasDocument): Promise<void> {
    await this.#store.commit([this.putting(alias)]);
    this.adopt(alias);
  }

  async remove(aliases: readonly AliasDocument[]): Promise<void> {
    await this.#store.commit(this.removing(aliases));
    this.forget(aliases);
  }

  /** The change that keeps an alias, for a commit of more; `adopt` it afterwards. */
  putting(alias: AliasDocument): Change {
    return { collection, key: documentKey(alias), put: alias };
  }

  /** The changes that remove aliases, for a commit of more; `forget` them afterwards. */
  removing(aliases: readonly AliasDocument[]): Change[] {
    return aliases.map((alias) => ({ collection, key: documentKey(alias) }));
  }

  adopt(alias: AliasDocument): void {
    const region = this.#regions.get(regionKey(alias));
    if (region === undefined) this.#regions.set(regionKey(alias), new Map([[alias.name, alias]]));
    else region.set(alias.name, alias);
  }

  forget(aliases: readonly AliasDocument[]): void {
    for (const alias of aliases) this.#regions.get(regionKey(alias))?.delete(alias.name);
  }

  async reset(): Promise<void> {
    await this.remove([...this.#regions.values()].flatMap((region) => [...region.values()]));
  }
}

const regionKey = ({ account, region }: Owner): string => `${account}/${region}`;
const documentKey = ({ account, region, name }: AliasDocument): string => `${account}/${region}/${name}`;
