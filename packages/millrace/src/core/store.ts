import { DatabaseSync, type StatementSync } from "node:sqlite";

/** One change of a document; a commit applies several of them or none. */
export type Change =
  | { readonly put: unknown; readonly collection: string; readonly key: string }
  | { readonly put?: undefined; readonly collection: string; readonly key: string };

interface Waiting {
  readonly changes: readonly Change[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface StoreOptions {
  /** A file, or ":memory:". */
  readonly path: string;
  /**
   * `full`: a commit is on disk when it resolves. `normal`: a power cut may lose the newest commits, never
   * the file. `off`: for what is not kept.
   */
  readonly sync: "full" | "normal" | "off";
}

/**
 * Durable documents for control-plane state: JSON by collection and key, in one SQLite file.
 * Commits that are asked for in the same turn of the event loop share one transaction and one fsync; a
 * commit's promise resolves when it is on disk. Owners keep their state in memory and read it at start.
 */
export class Store {
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #select: StatementSync;
  #waiting: Waiting[] = [];
  #closed = false;

  constructor(options: StoreOptions) {
    this.#database = new DatabaseSync(options.path);
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${options.sync.toUpperCase()};
      PRAGMA busy_timeout = 5000;
      PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS documents (
        collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (collection, key)
      ) STRICT, WITHOUT ROWID;`);
    this.#put = this.#database.prepare("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)");
    this.#delete = this.#database.prepare("DELETE FROM documents WHERE collection = ? AND key = ?");
    this.#select = this.#database.prepare(
      "SELECT key, value FROM documents WHERE collection = ? ORDER BY key",
    );
  }

  /** All documents of a collection in the order of their keys. */
  all<T>(collection: string): readonly (readonly [key: string, value: T])[] {
    return this.#select.all(collection).map((row) => [String(row["key"]), JSON.parse(String(row["value"]))]);
  }

  /** Applies all changes or none. Resolves when they are durable. */
  commit(changes: readonly Change[]): Promise<void> {
    if (this.#closed) return Promise.reject(new Error("the store is closed"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    this.#database.close();
  }

  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    try {
      this.#transact(group.flatMap((waiting) => waiting.changes));
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else this.#flushOneByOne(group);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  /** After a failed group, so that one bad commit does not fail its neighbours. */
  #flushOneByOne(group: readonly Waiting[]): void {
    for (const { changes, resolve, reject } of group) {
      try {
        this.#transact(changes);
        resolve();
      } catch (error) {
        reject(error);
      }
    }
  }

  #transact(changes: readonly Change[]): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const change of changes) {
        if (change.put === undefined) this.#delete.run(change.collection, change.key);
        else this.#put.run(change.collection, change.key, JSON.stringify(change.put));
      }
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}
