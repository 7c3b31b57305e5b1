import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** The spool cannot be written or read: a full disk, a directory that is gone. Worth trying again later. */
export class SpoolError extends Error {
  override readonly name = "SpoolError";
}

const suffix = ".spool";

/**
 * Where encoders put what does not fit in memory. Nothing in it outlives the process: what it held is encoded
 * again from the log, so files are never synced, and what a former process left is removed.
 */
export class SpoolDirectory {
  readonly #path: string;
  #next = 0;

  private constructor(path: string) {
    this.#path = path;
  }

  static async open(path: string): Promise<SpoolDirectory> {
    const directory = new SpoolDirectory(path);
    try {
      await mkdir(path, { recursive: true });
      await directory.clear();
    } catch (error) {
      throw new SpoolError(`${path} cannot be used as a spool`, { cause: error });
    }
    return directory;
  }

  /** Removes every spool file. */
  async clear(): Promise<void> {
    for (const name of await readdir(this.#path)) {
      if (name.endsWith(suffix)) await rm(join(this.#path, name), { force: true });
    }
  }

  /** A path that no other file has. */
  newPath(): string {
    this.#next += 1;
    return join(this.#path, `${this.#next}${suffix}`);
  }
}
