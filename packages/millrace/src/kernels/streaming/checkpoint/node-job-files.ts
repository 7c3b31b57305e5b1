import fs from "node:fs";
import { systemCode } from "../../../core/errors.ts";
import { namesIn, type OpenFile, openFile, syncDirectory, writeFully } from "../../../core/open-file.ts";
import type { AppendedFile, JobFiles } from "./job-files.ts";

const mode = 0o600;

/** The real file system. */
export const nodeJobFiles: JobFiles = Object.freeze({
  async write(path: string, pieces: Iterable<Uint8Array>): Promise<void> {
    // A file of this name may have a second one, which keeps its bytes.
    await fs.promises.rm(path, { force: true });
    const file = await openFile(path, "wx", mode);
    try {
      let position = 0;
      for (const piece of pieces) {
        await writeFully(file, [piece], position);
        position += piece.byteLength;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await file.datasync();
    } finally {
      await file.close();
    }
  },
  async append(path: string): Promise<AppendedFile> {
    return new NodeAppendedFile(await openFile(path, "w", mode));
  },
  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await fs.promises.readFile(path);
    } catch (error) {
      if (systemCode(error) === "ENOENT") return undefined;
      throw error;
    }
  },
  names: namesIn,
  async makeDirectory(directory: string): Promise<void> {
    await fs.promises.mkdir(directory, { recursive: true });
  },
  rename: (from: string, to: string): Promise<void> => fs.promises.rename(from, to),
  async link(from: string, to: string): Promise<void> {
    try {
      await fs.promises.link(from, to);
    } catch (error) {
      // Some file systems have no second names.
      const code = systemCode(error);
      if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EXDEV" && code !== "EMLINK") throw error;
      await fs.promises.copyFile(from, to);
      const copy = await fs.promises.open(to, "r+");
      try {
        await copy.datasync();
      } finally {
        await copy.close();
      }
    }
  },
  remove: (path: string): Promise<void> => fs.promises.rm(path, { force: true }),
  removeTree: (directory: string): Promise<void> =>
    fs.promises.rm(directory, { recursive: true, force: true }),
  syncDirectory,
});

class NodeAppendedFile implements AppendedFile {
  readonly #file: OpenFile;
  #position = 0;

  constructor(file: OpenFile) {
    this.#file = file;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await writeFully(this.#file, [bytes], this.#position);
    this.#position += bytes.byteLength;
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
