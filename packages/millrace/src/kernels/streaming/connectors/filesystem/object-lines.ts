import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { SourceLimits } from "../../connector-port.ts";
import type { BucketObjects, FoundObject, OpenedObject } from "../objects-port.ts";

const newline = 10;
const carriageReturn = 13;
const maxLineBytes = 16 * 1024 * 1024;

export interface Lines {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Behind the last line, in the bytes of the text. */
  readonly next: number;
  readonly isEnd: boolean;
  readonly object: FoundObject;
}

/**
 * An object as a text that is read in pieces, a gzip member unpacked. It goes on where it was, and is opened anew
 * for any other position.
 */
export class ObjectLines {
  readonly #bucket: BucketObjects;
  readonly #key: string;
  readonly #etag: string;
  #opened: OpenedObject | undefined;
  #pieces: AsyncIterator<Uint8Array> | undefined;
  /** Read and not given out: the text from `#position` on. */
  #rest: Buffer = Buffer.alloc(0);
  /** What follows it. */
  #read: Uint8Array[] = [];
  /** Of both. */
  #restBytes = 0;
  #position = 0;
  #hasEnded = false;

  constructor(bucket: BucketObjects, key: string, etag: string) {
    this.#bucket = bucket;
    this.#key = key;
    this.#etag = etag;
  }

  /** Whole lines, at least one where there are any; undefined when the object is gone. */
  async read(from: number, { maxBytes, maxRecords }: SourceLimits): Promise<Lines | undefined> {
    if (!(await this.#seek(from))) return undefined;
    let hasLine = this.#rest.includes(newline);
    while (!this.#hasEnded && (this.#restBytes < maxBytes || !hasLine)) {
      if (!hasLine && this.#restBytes > maxLineBytes)
        throw new Error(`object ${this.#key} has a line of more than ${maxLineBytes} bytes`);
      hasLine = (await this.#readOn())?.includes(newline) === true || hasLine;
    }
    return this.#take(maxBytes, maxRecords, false);
  }

  /** The lines of exactly so many bytes, which were read before. */
  async reread(from: number, bytes: number): Promise<Lines | undefined> {
    if (!(await this.#seek(from))) return undefined;
    while (!this.#hasEnded && this.#restBytes < bytes) await this.#readOn();
    return this.#take(bytes, Number.POSITIVE_INFINITY, true);
  }

  async close(): Promise<void> {
    const [opened, pieces] = [this.#opened, this.#pieces];
    this.#opened = undefined;
    this.#pieces = undefined;
    this.#rest = Buffer.alloc(0);
    this.#read = [];
    this.#restBytes = 0;
    await pieces?.return?.();
    await opened?.close();
  }

  async #seek(from: number): Promise<boolean> {
    if (this.#opened !== undefined && this.#position === from) return true;
    await this.close();
    const isPacked = /\.gz(?:ip)?$/i.test(this.#key);
    this.#opened = await this.#bucket.read(this.#key, this.#etag, isPacked ? 0 : from);
    if (this.#opened === undefined) return false;
    const stream = isPacked ? unpacked(this.#opened) : this.#opened;
    this.#pieces = stream[Symbol.asyncIterator]();
    this.#hasEnded = false;
    this.#position = isPacked ? 0 : from;
    // What is packed has no place to begin at but its beginning.
    while (this.#position < from && !this.#hasEnded) {
      await this.#readOn();
      this.#drop(Math.min(this.#join().byteLength, from - this.#position));
    }
    return true;
  }

  async #readOn(): Promise<Uint8Array | undefined> {
    const piece = await this.#pieces?.next();
    if (piece === undefined || piece.done === true) {
      this.#hasEnded = true;
      return undefined;
    }
    this.#read.push(piece.value);
    this.#restBytes += piece.value.byteLength;
    return piece.value;
  }

  #join(): Buffer {
    if (this.#read.length > 0) this.#rest = Buffer.concat([this.#rest, ...this.#read]);
    this.#read = [];
    return this.#rest;
  }

  #drop(bytes: number): void {
    this.#rest = this.#rest.subarray(bytes);
    this.#restBytes -= bytes;
    this.#position += bytes;
  }

  /** @param isExact the bytes are whole lines, the last one perhaps without its end */
  #take(maxBytes: number, maxRecords: number, isExact: boolean): Lines {
    const [starts, ends]: [number[], number[]] = [[], []];
    const text = isExact ? this.#join().subarray(0, maxBytes) : this.#join();
    let at = 0;
    while (at < text.byteLength && starts.length < maxRecords && at < maxBytes) {
      const found = text.indexOf(newline, at);
      if (found < 0 && !this.#hasEnded && !isExact) break;
      const end = found < 0 ? text.byteLength : found;
      starts.push(at);
      ends.push(end > at && text[end - 1] === carriageReturn ? end - 1 : end);
      at = found < 0 ? end : end + 1;
    }
    const bytes = new Uint8Array(at);
    bytes.set(text.subarray(0, at));
    this.#drop(at);
    return {
      ...{ bytes, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) },
      ...{ next: this.#position, isEnd: this.#hasEnded && this.#restBytes === 0 },
      object: (this.#opened as OpenedObject).object,
    };
  }
}

async function* unpacked(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const source = Readable.from(packed);
  const unpacker = createGunzip();
  source.on("error", (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  try {
    for await (const piece of unpacker) yield piece as Uint8Array;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}
