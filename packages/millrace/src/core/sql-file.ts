import { DatabaseSync, type StatementSync } from "node:sqlite";

interface Waiting {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

export interface SqlFileOptions {
  /** A file, or ":memory:". */
  readonly path: string;
  /** As in `StoreOptions`. */
  readonly sync: "full" | "normal" | "off";
  /** Statements that bring a new file up to date; each must be able to run again. */
  readonly schema: string;
}

/** Pages that SQLite keeps in memory: 2 MiB. */
const cacheKiB = 2048;

/**
 * A SQLite file for a part whose data does not fit in memory, and which therefore has tables of its own.
 * Writes that are asked for in the same turn of the event loop share one transaction and one fsync. Readers
 * see a write when it is durable: reads and transactions never overlap, because both are synchronous.
 */
export class SqlFile {
  readonly #database: DatabaseSync;
  #waiting: Waiting[] = [];
  #closed = false;

  constructor(options: SqlFileOptions) {
    this.#database = new DatabaseSync(options.path);
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${options.sync.toUpperCase()};
      PRAGMA busy_timeout = 5000;
      PRAGMA cache_size = -${cacheKiB};
      ${options.schema}`);
  }

  prepare(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }

  /**
   * Runs `work` inside a transaction and resolves with what it returned when that is durable. When `work`
   * throws, nothing of it remains and the promise rejects with what it threw; its neighbours go on.
   */
  write<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("the file is closed"));
    return new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | undefined;
      this.#waiting.push({
        run: () => {
          result = { value: work() };
        },
        resolve: () => {
          if (result !== undefined) resolve(result.value);
        },
        reject,
      });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** Writes what waits, then closes. */
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
    const done: Waiting[] = [];
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      for (const waiting of group) if (this.#run(waiting)) done.push(waiting);
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      // Those that failed on their own know it already; a second rejection has no effect.
      for (const waiting of group) waiting.reject(error);
      return;
    }
    for (const waiting of done) waiting.resolve();
  }

  #run(waiting: Waiting): boolean {
    this.#database.exec("SAVEPOINT work");
    try {
      waiting.run();
      this.#database.exec("RELEASE work");
      return true;
    } catch (error) {
      // A full disk may have ended the whole transaction; then the commit fails, and with it the group.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK TO work; RELEASE work");
      waiting.reject(error);
      return false;
    }
  }
}
