import type { Change } from "../../core/store.ts";
import type { IamAccount } from "./account.ts";
import type { CollectionName, Collections } from "./document.ts";

interface Edit {
  readonly collection: CollectionName;
  readonly key: string;
  /** Undefined deletes. */
  readonly document: Collections[CollectionName] | undefined;
}

/** The documents that one call changes: all of them become durable together, and visible afterwards. */
export class Draft {
  readonly #edits: Edit[] = [];

  put<Name extends CollectionName>(collection: Name, key: string, document: Collections[Name]): void {
    this.#edits.push({ collection, key, document });
  }

  remove(collection: CollectionName, key: string): void {
    this.#edits.push({ collection, key, document: undefined });
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  changes(account: string): Change[] {
    return this.#edits.map(({ collection, key, document }) => {
      const place = { collection, key: `${account}/${key}` };
      return document === undefined ? place : { ...place, put: document };
    });
  }

  apply(account: IamAccount): void {
    for (const { collection, key, document } of this.#edits) {
      const table: Map<string, unknown> = account.table(collection);
      if (document === undefined) table.delete(key);
      else table.set(key, document);
    }
    account.revision++;
  }
}
