import type { Readable } from "node:stream";
import { DamagedObjectError } from "../../kernels/objects/errors-port.ts";
import type { ByteRange, ObjectBytes } from "../../kernels/objects/port.ts";
import { maxResumes } from "./limits.ts";
import type { RemoteBucket } from "./remote-bucket.ts";

export interface RemoteReaderOptions {
  readonly bucket: RemoteBucket;
  readonly key: string;
  readonly range: ByteRange;
  /** Wraps what a request throws. */
  readonly failure: (thrown: unknown) => Error;
}

/**
 * Reads a range of a remote object as its consumer takes it. A connection that breaks, or that the endpoint
 * ends because the consumer pauses, is followed by another request from where the bytes ended.
 */
export class RemoteReader implements ObjectBytes {
  readonly #options: RemoteReaderOptions;
  #position: number;
  #body: Readable | undefined;
  #isClosed = false;

  private constructor(options: RemoteReaderOptions) {
    this.#options = options;
    this.#position = options.range.start;
  }

  /** Resolves when the endpoint answers, so that the object is known to be there. */
  static async open(options: RemoteReaderOptions): Promise<RemoteReader> {
    const reader = new RemoteReader(options);
    reader.#body = await reader.#request();
    return reader;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    try {
      let idleResumes = 0;
      while (!this.#isClosed) {
        const from = this.#position;
        const failure = yield* this.#rest();
        if (this.#position === this.#options.range.end || this.#isClosed) return;
        idleResumes = this.#position > from ? 0 : idleResumes + 1;
        if (idleResumes > maxResumes) throw failure;
        this.#body = await this.#request();
      }
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#body?.destroy();
    this.#body = undefined;
  }

  /** What the open request still gives; returns why it gave no more. */
  async *#rest(): AsyncGenerator<Uint8Array, Error, void> {
    try {
      for await (const chunk of this.#body ?? []) {
        const bytes: Uint8Array = chunk;
        this.#position += bytes.byteLength;
        yield bytes;
      }
      return new DamagedObjectError(`${this.#options.key} ended at byte ${this.#position}`);
    } catch (error) {
      return this.#options.failure(error);
    }
  }

  async #request(): Promise<Readable> {
    const { bucket, key, range, failure } = this.#options;
    const { body, bytes } = await bucket
      .get(key, { start: this.#position, end: range.end })
      .catch((error: unknown) => {
        throw failure(error);
      });
    // Iterating meets the error again; until then it would end the process.
    body.on("error", () => {});
    if (bytes !== range.end - this.#position) {
      body.destroy();
      throw new DamagedObjectError(`${key} has ${bytes} bytes from ${this.#position}, not to ${range.end}`);
    }
    return body;
  }
}
