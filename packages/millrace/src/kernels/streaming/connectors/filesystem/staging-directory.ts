import fs from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "../../../../core/errors.ts";
import { namesIn, openFile, syncDirectory, writeFully } from "../../../../core/open-file.ts";

const fileMode = 0o600;
const directoryMode = 0o700;

/** Files of one sink that wait for their checkpoint, on the disk of the data directory. */
export class StagingDirectory {
  readonly #path: string;
  readonly #parent: string;

  /** @param parent made when something is staged */
  constructor(parent: string, name: string) {
    this.#parent = parent;
    this.#path = join(parent, name);
  }

  async make(): Promise<void> {
    await fs.promises.mkdir(this.#path, { recursive: true, mode: directoryMode });
    await syncDirectory(this.#parent);
    await syncDirectory(dirname(this.#parent));
  }

  names(): Promise<readonly string[]> {
    return namesIn(this.#path);
  }

  /** At a position, so that a write that failed can be done again. */
  async write(name: string, parts: readonly Uint8Array[], position: number): Promise<void> {
    const { O_WRONLY, O_CREAT } = fs.constants;
    const file = await openFile(join(this.#path, name), O_WRONLY | O_CREAT, fileMode);
    try {
      await writeFully(file, parts, position);
    } finally {
      await file.close();
    }
  }

  /** Makes a file durable, with nothing behind its end. */
  async seal(name: string, bytes: number): Promise<void> {
    const file = await openFile(join(this.#path, name), "r+", fileMode);
    try {
      await file.truncate(bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  /** Makes created and removed names durable. */
  sync(): Promise<void> {
    return syncDirectory(this.#path);
  }

  /** Undefined when there is no such file. */
  async size(name: string): Promise<number | undefined> {
    try {
      return (await fs.promises.stat(join(this.#path, name))).size;
    } catch (error) {
      if (systemCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  read(name: string): AsyncIterable<Buffer> {
    return fs.createReadStream(join(this.#path, name));
  }

  remove(name: string): Promise<void> {
    return fs.promises.rm(join(this.#path, name), { force: true });
  }

  /** With all that is in it. */
  removeAll(): Promise<void> {
    return fs.promises.rm(this.#path, { recursive: true, force: true });
  }
}
