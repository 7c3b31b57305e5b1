import { type FileHandle, open, rm } from "node:fs/promises";
import { GrowingBuffer } from "./growing-buffer.ts";
import { type SpoolDirectory, SpoolError } from "./spool-directory.ts";

/** Bytes that a spool keeps in memory before it makes a file of them. */
const maxMemoryBytes = 1024 * 1024;
/** Bytes that are written at once when there is a file. */
const writeBytes = 256 * 1024;
const readBytes = 256 * 1024;
/** Shorter parts are copied behind each other: a buffer of its own would cost more than what is in it. */
const ownBufferBytes = 16 * 1024;
const tailBytes = 64 * 1024;

/**
 * Bytes that are appended and then read, once or often: in memory while they are few, in a file when they are
 * many. Not more than one call that writes at a time. A file is open only while it is written or read, so
 * hundreds of spools need no hundreds of descriptors.
 */
export class Spool {
  readonly #directory: SpoolDirectory;
  #held: Buffer[] = [];
  /** Of `#held` alone. */
  #heldBytes = 0;
  readonly #tail = new GrowingBuffer(tailBytes);
  #path: string | undefined;
  #fileBytes = 0;

  constructor(directory: SpoolDirectory) {
    this.#directory = directory;
  }

  get sizeBytes(): number {
    return this.#fileBytes + this.#heldBytes + this.#tail.sizeBytes;
  }

  /** Memory that it takes. */
  get heldBytes(): number {
    return this.#heldBytes + this.#tail.capacityBytes;
  }

  /** The file that holds everything, after `toFile`. */
  get path(): string | undefined {
    return this.#path;
  }

  /** May keep the buffer: it is not to be changed. @throws SpoolError */
  async append(bytes: Buffer): Promise<void> {
    if (bytes.length < ownBufferBytes) {
      for (let at = 0; at < bytes.length; ) {
        at += this.#tail.append(bytes, at);
        if (this.#tail.isFull) this.#holdTail();
      }
    } else {
      this.#holdTail();
      this.#held.push(bytes);
      this.#heldBytes += bytes.length;
    }
    if (this.#heldBytes > (this.#path === undefined ? maxMemoryBytes : writeBytes)) await this.toFile();
  }

  /** Moves what is in memory into the file. @throws SpoolError */
  async toFile(): Promise<void> {
    this.#holdTail();
    if (this.#heldBytes === 0) return;
    this.#path ??= this.#directory.newPath();
    try {
      const file = await open(this.#path, "a");
      try {
        // What an attempt that failed has left behind must not stay between the parts.
        await file.truncate(this.#fileBytes);
        await writeAll(file, this.#held);
        this.#fileBytes += this.#heldBytes;
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
    // Taken before anything is waited for: what is in memory may move into the file meanwhile.
    const held = this.held();
    if (this.#path !== undefined) yield* readFile(this.#path, this.#fileBytes);
    yield* held;
  }

  /** What is in memory and not in the file. */
  held(): readonly Buffer[] {
    this.#holdTail();
    return this.#held;
  }

  async dispose(): Promise<void> {
    const path = this.#path;
    this.#held = [];
    this.#heldBytes = 0;
    this.#tail.clear();
    this.#fileBytes = 0;
    this.#path = undefined;
    // A file that cannot be removed is swept at the next start.
    if (path !== undefined) await rm(path, { force: true }).catch(() => {});
  }

  #holdTail(): void {
    if (this.#tail.sizeBytes === 0) return;
    const bytes = this.#tail.take(this.#tail.sizeBytes);
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }
}

async function writeAll(file: FileHandle, parts: readonly Buffer[]): Promise<void> {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  let { bytesWritten: at } = await file.writev(parts);
  if (at === bytes) return;
  // A short write, which a full disk announces itself by: the rest says why.
  const whole = Buffer.concat(parts);
  while (at < bytes) at += (await file.write(whole, at, bytes - at)).bytesWritten;
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
