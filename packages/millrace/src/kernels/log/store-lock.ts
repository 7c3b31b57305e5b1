import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LogLockedError } from "./errors.ts";

/**
 * Sees to it that one store in one process owns a directory. The lock is SQLite's exclusive lock on an empty
 * database: the operating system releases it when the process dies, however it dies, and it works between
 * containers that share a volume, where a process id says nothing. Nothing is ever written to the file.
 */
export class StoreLock implements Disposable {
  readonly #database: DatabaseSync;

  constructor(directory: string) {
    this.#database = new DatabaseSync(path.join(directory, lockName));
    try {
      this.#database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    } catch (cause) {
      this.#database.close();
      throw new LogLockedError(directory, cause);
    }
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

const lockName = ".lock";
