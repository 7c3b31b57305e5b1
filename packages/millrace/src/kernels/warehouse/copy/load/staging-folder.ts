import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Files that a COPY makes for the engine: they go with it, and with the process. */
export class StagingFolder implements AsyncDisposable {
  readonly #path: string;
  #files = 0;

  /** @param name unique in the cluster */
  constructor(temporaryDirectory: string, name: string) {
    this.#path = join(temporaryDirectory, name);
  }

  /** @returns where the bytes are now */
  async write(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<string> {
    if (this.#files === 0) await mkdir(this.#path, { recursive: true, mode: 0o700 });
    const file = join(this.#path, String(this.#files++));
    await pipeline(Readable.from(bytes), createWriteStream(file, { mode: 0o600 }), { signal });
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#files > 0) await rm(this.#path, { recursive: true, force: true });
  }
}
