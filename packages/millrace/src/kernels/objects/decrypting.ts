import {
  type ChunkCipher,
  chunkBytes,
  chunksOf,
  encryptedBytes,
  storedChunkBytes,
  tagBytes,
} from "./chunk-cipher.ts";
import { DamagedObjectError } from "./errors.ts";
import type { ByteRange, ObjectBytes } from "./port.ts";

/** A piece as it lies in a blob, behind the pieces before it. */
export interface EncryptedPiece {
  /** Without encryption. */
  readonly size: number;
  readonly cipher: ChunkCipher;
}

/** One chunk that a range touches, and what of it belongs to the range. */
interface PlannedChunk {
  readonly cipher: ChunkCipher;
  readonly index: number;
  readonly isLast: boolean;
  readonly storedBytes: number;
  readonly from: number;
  readonly to: number;
}

/** The bytes on disk that a range of the plain bytes needs. */
export function storedRange(sizes: readonly number[], range: ByteRange): ByteRange {
  let plainStart = 0;
  let storedStart = 0;
  let start: number | undefined;
  let end = 0;
  for (const size of sizes) {
    const from = Math.max(range.start - plainStart, 0);
    const to = Math.min(range.end - plainStart, size);
    if (from < to || (size === 0 && sizes.length === 1)) {
      start ??= storedStart + Math.floor(from / chunkBytes) * storedChunkBytes;
      end =
        storedStart +
        Math.min(encryptedBytes(size), Math.ceil(Math.max(to, 1) / chunkBytes) * storedChunkBytes);
    }
    plainStart += size;
    storedStart += encryptedBytes(size);
  }
  return { start: start ?? 0, end };
}

/** Decrypts the chunks of a range, each checked before any of its bytes is handed on. */
export class DecryptedBytes implements ObjectBytes {
  readonly #stored: ObjectBytes;
  readonly #pieces: readonly EncryptedPiece[];
  readonly #range: ByteRange;

  /** @param stored the bytes of `storedRange`. */
  constructor(stored: ObjectBytes, pieces: readonly EncryptedPiece[], range: ByteRange) {
    this.#stored = stored;
    this.#pieces = pieces;
    this.#range = range;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    const stored = new ExactReader(this.#stored);
    try {
      for (const chunk of plannedChunks(this.#pieces, this.#range)) {
        const bytes = await stored.read(chunk.storedBytes);
        const plain = chunk.cipher.decrypt(bytes, chunk.index, chunk.isLast);
        if (chunk.from < chunk.to) yield plain.subarray(chunk.from, chunk.to);
      }
    } finally {
      await stored.close();
      await this.close();
    }
  }

  close(): Promise<void> {
    return this.#stored.close();
  }
}

function* plannedChunks(
  pieces: readonly EncryptedPiece[],
  range: ByteRange,
): Generator<PlannedChunk, void, void> {
  let plainStart = 0;
  for (const { size, cipher } of pieces) {
    const from = Math.max(range.start - plainStart, 0);
    const to = Math.min(range.end - plainStart, size);
    // An empty piece has one chunk, whose tag tells that it is empty: inside the range it lies between the others.
    const isInside = plainStart > range.start && plainStart < range.end;
    plainStart += size;
    if (from >= to && !(size === 0 && (isInside || pieces.length === 1))) continue;
    const last = chunksOf(size) - 1;
    for (let index = Math.floor(from / chunkBytes); index <= last; index++) {
      const chunkStart = index * chunkBytes;
      if (chunkStart >= to && index > 0) break;
      const plainBytes = Math.min(chunkBytes, size - chunkStart);
      yield {
        cipher,
        index,
        isLast: index === last,
        storedBytes: plainBytes + tagBytes,
        from: Math.max(from - chunkStart, 0),
        to: Math.min(to - chunkStart, plainBytes),
      };
    }
  }
}

/** Hands out exactly as many bytes as asked for, wherever the source's pieces end. */
class ExactReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async read(bytes: number): Promise<Uint8Array> {
    while (this.#rest.byteLength < bytes) {
      const { value, done } = await this.#source.next();
      if (done === true || value === undefined)
        throw new DamagedObjectError("an encrypted object ends before its last chunk");
      this.#rest = this.#rest.byteLength === 0 ? value : Buffer.concat([this.#rest, value]);
    }
    const taken = this.#rest.subarray(0, bytes);
    this.#rest = this.#rest.subarray(bytes);
    return taken;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
