import type { ByteSource } from "./byte-source.ts";
import { compressionOf, type FileCompression } from "./compression.ts";
import { decompressed } from "./decompress.ts";

/** Read at once at the beginning: small files are whole in it, and it tells the format of others. */
const headBytes = 64 * 1024;

/** The beginning of a file's content, decompressed, which grows as more is wanted. Close it after use. */
export class Sample {
  readonly source: ByteSource;
  /** The first bytes as they are stored. */
  readonly head: Buffer;
  readonly compression: FileCompression;
  /** Whether the sample is the whole content. */
  complete = false;
  #content: Buffer = Buffer.alloc(0);
  #pieces: AsyncGenerator<Buffer> | undefined;

  private constructor(source: ByteSource, head: Buffer) {
    this.source = source;
    this.head = head;
    this.compression = compressionOf(head, source.key);
    if (this.compression === "none" && head.length >= source.sizeBytes) {
      this.#content = head;
      this.complete = true;
    }
  }

  static async open(source: ByteSource): Promise<Sample> {
    return new Sample(source, await source.read(0, Math.min(headBytes, source.sizeBytes)));
  }

  /** Bytes of the content that have been read so far. */
  get length(): number {
    return this.#content.length;
  }

  /**
   * The first `bytes` of the content, or all of it if it is shorter. Throws `UndecodableError` for content that
   * cannot be decompressed, and what the source throws.
   */
  async take(bytes: number): Promise<Buffer> {
    if (this.complete || this.#content.length >= bytes) return this.#content.subarray(0, bytes);
    if (this.compression === "none") {
      await this.#readOn(bytes);
      return this.#content.subarray(0, bytes);
    }
    this.#pieces ??= decompressed(this.source, this.head, this.compression);
    const pieces = [this.#content];
    let length = this.#content.length;
    while (length < bytes) {
      const next = await this.#pieces.next();
      if (next.done === true) {
        this.complete = true;
        break;
      }
      pieces.push(next.value);
      length += next.value.length;
    }
    this.#content = Buffer.concat(pieces);
    return this.#content.subarray(0, bytes);
  }

  async close(): Promise<void> {
    await this.#pieces?.return(undefined);
  }

  async #readOn(bytes: number): Promise<void> {
    const have = this.#content.length === 0 ? this.head : this.#content;
    const end = Math.min(bytes, this.source.sizeBytes);
    const more = end > have.length ? await this.source.read(have.length, end) : Buffer.alloc(0);
    this.#content = Buffer.concat([have, more]);
    this.complete = this.#content.length >= this.source.sizeBytes || (more.length === 0 && end > have.length);
  }
}
