import { DamagedObjectError, diskFailure } from "./errors.ts";
import type { ObjectFile } from "./files.ts";
import { readBytes } from "./limits.ts";
import type { ByteRange, ObjectBytes } from "./port.ts";

/** Reads a range of a file in big pieces, one ahead of its consumer, and closes the file at the end. */
export class BlobReader implements ObjectBytes {
  readonly #file: ObjectFile;
  readonly #id: string;
  readonly #end: number;
  #position: number;
  #ahead: Promise<Uint8Array | undefined> | undefined;
  #closing: Promise<void> | undefined;

  constructor(file: ObjectFile, id: string, range: ByteRange) {
    this.#file = file;
    this.#id = id;
    this.#position = range.start;
    this.#end = range.end;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        // Kept until it is there, so that closing waits for it.
        this.#ahead ??= this.#read();
        const piece = await this.#ahead;
        this.#ahead = undefined;
        if (piece === undefined) return;
        if (this.#position < this.#end && this.#closing === undefined) {
          this.#ahead = this.#read();
          this.#ahead.catch(() => undefined);
        }
        yield piece;
      }
    } finally {
      await this.close();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#ahead?.catch(() => undefined);
    await this.#file.close();
  }

  /** The next piece; undefined at the end. */
  async #read(): Promise<Uint8Array | undefined> {
    if (this.#position >= this.#end || this.#closing !== undefined) return undefined;
    const length = Math.min(readBytes, this.#end - this.#position);
    const start = this.#position;
    this.#position += length;
    return readExactly(this.#file, this.#id, start, length);
  }
}

/** @throws DamagedObjectError when the file is shorter. */
export async function readExactly(
  file: ObjectFile,
  id: string,
  position: number,
  length: number,
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const got = await file
      .read(filled === 0 ? buffer : buffer.subarray(filled), position + filled)
      .catch((error: unknown) => {
        throw diskFailure(error);
      });
    if (got === 0) throw new DamagedObjectError(`blob ${id} ends at byte ${position + filled}`);
    filled += got;
  }
  return buffer;
}
