import type { Change, Store } from "../../core/store.ts";
import type { GrantDocument } from "./document.ts";
import { grantPolicy } from "./grant-policy.ts";
import type { Key } from "./key.ts";
import { keyArn } from "./key-arn.ts";

const collection = "grants";

/** A grant, and the policy that says the same to the policy engine. */
export interface Grant {
  readonly document: GrantDocument;
  readonly policy: string;
}

/** All grants, by their keys. */
export class GrantTable {
  readonly #store: Store;
  readonly #byKey = new Map<string, Map<string, Grant>>();

  constructor(store: Store) {
    this.#store = store;
  }

  load(): void {
    for (const [, grant] of this.#store.all<GrantDocument>(collection)) this.#adopt(grant);
  }

  get(key: Key, id: string): Grant | undefined {
    return this.#byKey.get(key.arn)?.get(id);
  }

  /** In the order of their ids. */
  of(key: Key): Grant[] {
    const grants = [...(this.#byKey.get(key.arn)?.values() ?? [])];
    return grants.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  }

  count(key: Key): number {
    return this.#byKey.get(key.arn)?.size ?? 0;
  }

  policies(arn: string): string[] {
    return [...(this.#byKey.get(arn)?.values() ?? [])].map(({ policy }) => policy);
  }

  *all(): Generator<Grant> {
    for (const grants of this.#byKey.values()) yield* grants.values();
  }

  async put(grant: GrantDocument): Promise<void> {
    await this.#store.commit([{ collection, key: grant.id, put: grant }]);
    this.#adopt(grant);
  }

  async remove(grants: readonly Grant[]): Promise<void> {
    await this.#store.commit(this.removing(grants));
    this.forget(grants);
  }

  /** The changes that remove grants, for a commit of more; `forget` them afterwards. */
  removing(grants: readonly Grant[]): Change[] {
    return grants.map(({ document }) => ({ collection, key: document.id }));
  }

  forget(grants: readonly Grant[]): void {
    for (const { document } of grants) {
      const arn = keyArn(document, document.keyId);
      const others = this.#byKey.get(arn);
      others?.delete(document.id);
      if (others?.size === 0) this.#byKey.delete(arn);
    }
  }

  async reset(): Promise<void> {
    await this.remove([...this.all()]);
  }

  #adopt(document: GrantDocument): void {
    const arn = keyArn(document, document.keyId);
    const grant = { document, policy: grantPolicy(document) };
    const others = this.#byKey.get(arn);
    if (others === undefined) this.#byKey.set(arn, new Map([[document.id, grant]]));
    else others.set(document.id, grant);
  }
}
