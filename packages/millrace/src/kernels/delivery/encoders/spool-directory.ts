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
    try {
      await mkdir(path, { recursive: true });
      const names = await readdir(path);
      for (const name of names) if (name.endsWith(suffix)) await rm(join(path, name), { force: true });
    } catch (error) {
      throw new SpoolError(`${path} cannot be used as a spool`, { cause: error });
    }
    return new SpoolDirectory(path);
  }

  /** A path that no other file has. */
  newPath(): string {
    this.#next += 1;
    return join(this.#path, `${this.#next}${suffix}`);
  }
}
