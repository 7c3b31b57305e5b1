import { open, rm } from "node:fs/promises";
import { type SpoolDirectory, SpoolError } from "./spool-directory.ts";

/** Bytes that a spool keeps in memory before it makes a file of them. */
export const maxMemoryBytes: number = 1024 * 1024;
/** Bytes that are written at once when there is a file. */
const writeBytes = 256 * 1024;
const readBytes = 256 * 1024;

/**
 * Bytes that are appended and then read, once or often: in memory while they are few, in a file when they are
 * many. Not more than one call that writes at a time. A file is open only while it is written or read, so
 * hundreds of spools need no hundreds of descriptors.
 */
export class Spool {
  readonly #directory: SpoolDirectory;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #path: string | undefined;
  #fileBytes = 0;

  constructor(directory: SpoolDirectory) {
    this.#directory = directory;
  }

  get sizeBytes(): number {
    return this.#fileBytes + this.#heldBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** The file that holds everything, after `toFile`. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Keeps the buffer: it is not to be changed. @throws SpoolError */
  async append(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > (this.#path === undefined ? maxMemoryBytes : writeBytes)) await this.toFile();
  }

  /** Moves what is in memory into the file. @throws SpoolError */
  async toFile(): Promise<void> {
    if (this.#heldBytes === 0) return;
    this.#path ??= this.#directory.newPath();
    try {
      const file = await open(this.#path, "a");
      try {
        // What an attempt that failed has left behind must not stay between the parts.
        await file.truncate(this.#fileBytes);
        let written = 0;
        for (const part of this.#held) {
          for (let at = 0; at < part.length; ) {
            const { bytesWritten } = await file.write(part, at, part.length - at);
            at += bytesWritten;
          }
          written += part.length;
        }
        this.#fileBytes += written;
      } finally {
        await file.close();
      }
    } catch (error) {
      throw new SpoolError(`a spool file cannot be written: ${String(error)}`, { cause: error });
    }
    this.#held = [];
    this.#heldBytes = 0;
  }

  /** Everything from the beginning. @throws SpoolError */
  async *read(): AsyncGenerator<Buffer> {
    if (this.#path !== undefined) yield* readFile(this.#path, this.#fileBytes);
    yield* this.#held;
  }

  /** What is in memory, for one who has checked that there is no file. */
  held(): readonly Buffer[] {
    return this.#held;
  }

  async dispose(): Promise<void> {
    const path = this.#path;
    this.#held = [];
    this.#heldBytes = 0;
    this.#fileBytes = 0;
    this.#path = undefined;
    // A file that cannot be removed is swept at the next start.
    if (path !== undefined) await rm(path, { force: true }).catch(() => {});
  }
}

async function* readFile(path: string, sizeBytes: number): AsyncGenerator<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      for (let at = 0; at < sizeBytes; ) {
        const part = Buffer.allocUnsafeSlow(Math.min(readBytes, sizeBytes - at));
        const { bytesRead } = await file.read(part, 0, part.length, at);
        if (bytesRead === 0) throw new Error(`it ends at ${at} of ${sizeBytes} bytes`);
        at += bytesRead;
        yield bytesRead === part.length ? part : part.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new SpoolError(`a spool file cannot be read: ${String(error)}`, { cause: error });
  }
}
