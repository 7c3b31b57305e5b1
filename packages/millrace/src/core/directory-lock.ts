import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Somebody else owns the directory: another process, or another owner in this one. */
export class DirectoryLockedError extends Error {
  override readonly name = "DirectoryLockedError";
}

/**
 * Sees to it that a directory has one owner in one process. The lock is SQLite's exclusive lock on an empty
 * database: the operating system releases it when the process dies, however it dies, and it works between
 * containers that share a volume, where a process id says nothing. Nothing is ever written to the file.
 */
export class DirectoryLock implements Disposable {
  readonly #database: DatabaseSync;

  /** @throws DirectoryLockedError */
  constructor(directory: string) {
    this.#database = new DatabaseSync(path.join(directory, lockName));
    try {
      this.#database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    } catch (cause) {
      this.#database.close();
      throw new DirectoryLockedError(`${directory} is in use by another process`, { cause });
    }
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

const lockName = ".lock";
