import { DamagedObjectError, diskFailure } from "./errors.ts";
import type { ObjectFile } from "./files.ts";
import { readBytes } from "./limits.ts";
import type { PieceBuffers } from "./piece-buffers.ts";
import type { ByteRange, ObjectBytes } from "./port.ts";

/**
 * Reads a range of a file in big pieces, one ahead of its consumer, and closes the file at the end. With
 * buffers to read into, a piece is overwritten once the next one is asked for.
 */
export class BlobReader implements ObjectBytes {
  readonly #file: ObjectFile;
  readonly #id: string;
  readonly #end: number;
  readonly #buffers: PieceBuffers | undefined;
  /** One that the consumer has, and one to read ahead into. */
  readonly #taken: Buffer[] = [];
  #pieces = 0;
  #position: number;
  #ahead: Promise<Uint8Array | undefined> | undefined;
  #closing: Promise<void> | undefined;

  constructor(file: ObjectFile, id: string, range: ByteRange, buffers?: PieceBuffers) {
    this.#file = file;
    this.#id = id;
    this.#position = range.start;
    this.#end = range.end;
    this.#buffers = buffers;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        // Kept until it is there, so that closing waits for it.
        this.#ahead ??= this.#read();
        const piece = await this.#ahead;
        this.#ahead = undefined;
        if (piece === undefined) {
          // The last piece was done with before this was asked for; after an early end nobody can tell.
          this.#buffers?.give(this.#taken.splice(0));
          return;
        }
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
    return readExactly(this.#file, this.#id, start, this.#bufferOf(length));
  }

  #bufferOf(length: number): Buffer {
    if (this.#buffers === undefined) return Buffer.allocUnsafeSlow(length);
    const slot = this.#pieces++ % 2;
    const buffer = this.#taken[slot] ?? this.#buffers.take();
    this.#taken[slot] = buffer;
    return buffer.subarray(0, length);
  }
}

/** Fills the buffer. @throws DamagedObjectError when the file is shorter. */
export async function readExactly(
  file: ObjectFile,
  id: string,
  position: number,
  buffer: Buffer,
): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
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
