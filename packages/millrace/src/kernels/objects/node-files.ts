import fs from "node:fs";
import { systemCode } from "../../core/errors.ts";
import type { ObjectFile, ObjectFiles } from "./files.ts";

/** Writes up to this size go to the page cache in the calling thread; bigger ones leave the event loop free. */
const maxDirectWriteBytes = 64 * 1024;

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = fs.constants;
const flags = Object.freeze({ create: O_RDWR | O_CREAT | O_EXCL, update: O_RDWR | O_CREAT, read: O_RDONLY });

/** The real file system. */
export const nodeFiles: ObjectFiles = Object.freeze({
  open: (path: string, mode: "create" | "update" | "read"): Promise<ObjectFile> =>
    new Promise((resolve, reject) => {
      fs.open(path, flags[mode], 0o600, (error, fd) => (error ? reject(error) : resolve(new NodeFile(fd))));
    }),
  async names(directory: string): Promise<readonly string[]> {
    try {
      return (await fs.promises.readdir(directory)).sort();
    } catch (error) {
      if (systemCode(error) === "ENOENT") return [];
      throw error;
    }
  },
  async makeDirectory(directory: string): Promise<void> {
    await fs.promises.mkdir(directory, { recursive: true, mode: 0o700 });
  },
  async removeDirectory(directory: string): Promise<void> {
    try {
      await fs.promises.rmdir(directory);
    } catch (error) {
      if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes(systemCode(error) ?? "")) throw error;
    }
  },
  async remove(path: string): Promise<void> {
    try {
      await fs.promises.unlink(path);
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
    }
  },
  async syncDirectory(directory: string): Promise<void> {
    // Windows has no handle of a directory to sync; NTFS journals names by itself.
    if (process.platform === "win32") return;
    const handle = await fs.promises.open(directory, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
});

class NodeFile implements ObjectFile {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  read(into: Uint8Array, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      fs.read(this.#fd, into, 0, into.byteLength, position, (error, bytes) =>
        error ? reject(error) : resolve(bytes),
      );
    });
  }

  writev(parts: readonly Uint8Array[], position: number): number | Promise<number> {
    let bytes = 0;
    for (const part of parts) bytes += part.byteLength;
    if (bytes <= maxDirectWriteBytes) return fs.writevSync(this.#fd, parts, position);
    return new Promise((resolve, reject) => {
      fs.writev(this.#fd, parts, position, (error, written) => (error ? reject(error) : resolve(written)));
    });
  }

  datasync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.fdatasync(this.#fd, (error) => (error ? reject(error) : resolve()));
    });
  }

  truncate(bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.ftruncate(this.#fd, bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.close(this.#fd, (error) => (error ? reject(error) : resolve()));
    });
  }
}
