import { closeSync, fdatasync, fdatasyncSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { assert } from "../../../core/assert.ts";
import { messageOf, ServiceError } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";

export interface ItemDatabaseOptions {
  /** A file, or ":memory:". */
  readonly path: string;
  /** Whether a write is answered only when it is on disk. Without a file there is nothing to wait for. */
  readonly isSynced: boolean;
  readonly log: Logger;
}

/** What a group of writes touches; it learns when they are durable, and when they are undone. */
export interface Written {
  /** The newest group that wrote here and is not durable yet. */
  pending: WriteGroup | undefined;
  /** Called in the transaction, before it is committed. */
  beforeCommit(): void;
  /** Called when the transaction was undone. */
  rolledBack(): void;
}

const pageBytes = 8_192;
/** Pages of the database that SQLite keeps in memory. */
const cacheKiB = 8_192;

/** Writes that share a transaction and an fsync. */
class WriteGroup {
  readonly written: Set<Written> = new Set();
  readonly done: Promise<void>;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor() {
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A group whose only writer was refused has nobody who waits for it.
    this.done.catch(() => {});
  }

  end(error?: unknown): void {
    for (const table of this.written) if (table.pending === this) table.pending = undefined;
    if (error === undefined) this.#resolve();
    else this.#reject(error);
  }
}

/**
 * The SQLite file of all items. There is one connection, so each write sees those before it. Writes of the
 * same turn of the event loop, and those that arrive while the disk is busy, share a transaction: it is
 * committed to the write-ahead log without waiting, the log is flushed by `fdatasync` off the event loop, and
 * only then are the writers answered. Readers of a table wait likewise for what they may have seen.
 */
export class ItemDatabase {
  readonly #connection: DatabaseSync;
  readonly #log: Logger;
  readonly #walFile: number | undefined;
  #group: WriteGroup | undefined;
  #syncing: WriteGroup | undefined;
  /** Set when the log could not be flushed: nobody knows then what is on disk. */
  #failure: Error | undefined;
  #closed = false;

  constructor({ path, isSynced, log }: ItemDatabaseOptions) {
    this.#log = log;
    this.#connection = new DatabaseSync(path);
    this.#connection.exec(`
      PRAGMA page_size = ${pageBytes};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -${cacheKiB};
      PRAGMA busy_timeout = 5000;
      CREATE TABLE IF NOT EXISTS counts (id TEXT PRIMARY KEY, items INTEGER NOT NULL, bytes INTEGER NOT NULL)
        STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS tokens (
        scope TEXT PRIMARY KEY, hash TEXT NOT NULL, expires_ms INTEGER NOT NULL, answer TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS tokens_by_age ON tokens (expires_ms);
      PRAGMA synchronous = NORMAL;`);
    this.#walFile = isSynced && path !== ":memory:" ? openSync(`${path}-wal`, "r+") : undefined;
  }

  /** A statement whose rows are arrays. */
  prepare(sql: string): StatementSync {
    const statement = this.#connection.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  }

  /** Makes or drops tables. Call it inside `write`. */
  define(sql: string): void {
    assert(this.#group !== undefined, "definitions are written in a group");
    this.#connection.exec(sql);
  }

  /** The tables that begin with a prefix. */
  tableNames(prefix: string): readonly string[] {
    const names = this.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    return names
      .map((row) => String((row as unknown as readonly unknown[])[0]))
      .filter((name) => name.startsWith(prefix));
  }

  /**
   * Runs `work` in one go and answers what it returned when all it wrote is durable. A `ServiceError` must be
   * thrown before anything is written; any other error undoes the whole group.
   */
  async write<T>(tables: readonly Written[], work: () => T): Promise<T> {
    const group = this.#open();
    let result: T;
    try {
      result = work();
    } catch (error) {
      if (!(error instanceof ServiceError)) this.#undo(group, error);
      await this.#settled(tables);
      throw error;
    }
    for (const table of tables) {
      table.pending = group;
      group.written.add(table);
    }
    await group.done;
    return result;
  }

  /** Runs `work` in one go and answers what it returned when all that it may have read is durable. */
  read<T>(tables: readonly Written[], work: () => T): T | Promise<T> {
    const result = work();
    if (tables.every(({ pending }) => pending === undefined)) return result;
    return this.#settled(tables).then(() => result);
  }

  async #settled(tables: readonly Written[]): Promise<void> {
    for (const { pending } of tables) if (pending !== undefined) await pending.done;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#commitNow();
    // While a flush is under way its file must stay open.
    if (this.#syncing === undefined) this.#closeLog();
    this.#connection.close();
  }

  #open(): WriteGroup {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw new Error("the item database is closed");
    if (this.#group !== undefined) return this.#group;
    this.#connection.exec("BEGIN IMMEDIATE");
    this.#group = new WriteGroup();
    setImmediate(() => this.#flush());
    return this.#group;
  }

  /** Commits the open group unless the disk is busy; then it goes on growing. */
  #flush(): void {
    if (this.#syncing !== undefined || this.#closed) return;
    const group = this.#commit();
    if (group === undefined) return;
    if (this.#walFile === undefined || group.written.size === 0) {
      group.end();
      return;
    }
    this.#syncing = group;
    fdatasync(this.#walFile, (error) => {
      this.#syncing = undefined;
      if (error !== null) this.#fail(error);
      group.end(error ?? undefined);
      if (this.#closed) this.#closeLog();
      else this.#flush();
    });
  }

  #closeLog(): void {
    if (this.#walFile !== undefined) closeSync(this.#walFile);
  }

  /** The group that is now in the write-ahead log, if there is one and it could be written. */
  #commit(): WriteGroup | undefined {
    const group = this.#group;
    if (group === undefined) return undefined;
    try {
      if (this.#failure !== undefined) throw this.#failure;
      for (const table of group.written) table.beforeCommit();
      this.#connection.exec("COMMIT");
    } catch (error) {
      this.#undo(group, error);
      return undefined;
    }
    this.#group = undefined;
    return group;
  }

  #undo(group: WriteGroup, error: unknown): void {
    this.#log.error({ err: error }, `writing items failed: ${messageOf(error)}`);
    this.#group = undefined;
    if (this.#connection.isTransaction) this.#connection.exec("ROLLBACK");
    for (const table of group.written) table.rolledBack();
    group.end(error);
  }

  #fail(error: Error): void {
    this.#log.error({ err: error }, `the items' log could not be flushed: ${messageOf(error)}`);
    this.#failure = new Error("items cannot be written: the disk failed", { cause: error });
  }

  /** At the end: what is open is made durable before the file is closed. */
  #commitNow(): void {
    const group = this.#commit();
    if (group === undefined) return;
    try {
      if (this.#walFile !== undefined) fdatasyncSync(this.#walFile);
      group.end();
    } catch (error) {
      group.end(error);
    }
  }
}
