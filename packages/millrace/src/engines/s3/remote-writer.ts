import { assert } from "../../core/assert.ts";
import { ObjectInputError } from "../../kernels/objects/errors-port.ts";
import type { ByteSource } from "../../kernels/objects/port.ts";
import { maxParts, partBytes, partsInFlight } from "./limits.ts";
import type { Permits } from "./permits.ts";
import type { OpenUpload, RemoteBucket, SentPart } from "./remote-bucket.ts";

export interface RemoteWriterOptions {
  readonly bucket: RemoteBucket;
  readonly key: string;
  /** Parts of all writers that are on their way. */
  readonly permits: Permits;
  /** Wraps what a request throws. */
  readonly failure: (thrown: unknown) => Error;
}

/**
 * Writes what comes to a remote object: at once when it is small, else in parts while more of it comes. A
 * source that is faster than the endpoint waits. What fails leaves nothing, as far as the endpoint answers.
 */
export async function pourRemote(source: ByteSource, options: RemoteWriterOptions): Promise<number> {
  const writer = new RemoteWriter(options);
  try {
    if (source instanceof Uint8Array) await writer.add(source);
    else for await (const chunk of source) if (chunk.byteLength > 0) await writer.add(chunk);
    return await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

class RemoteWriter {
  readonly #options: RemoteWriterOptions;
  #chunks: Uint8Array[] = [];
  #gatheredBytes = 0;
  #bytes = 0;
  #upload: OpenUpload | undefined;
  readonly #sent: SentPart[] = [];
  readonly #sending = new Set<Promise<void>>();
  #begun = 0;
  #failure: Error | undefined;
  /** The request that makes the object visible was sent. */
  #isEnding = false;

  constructor(options: RemoteWriterOptions) {
    this.#options = options;
  }

  async add(chunk: Uint8Array): Promise<void> {
    let rest = chunk;
    // Some endpoints want all parts but the last to be of one size. A part goes when more than it has come.
    while (this.#gatheredBytes + rest.byteLength > partBytes) {
      const taken = partBytes - this.#gatheredBytes;
      this.#gather(rest.subarray(0, taken));
      rest = rest.subarray(taken);
      await this.#send();
    }
    this.#gather(rest);
  }

  async finish(): Promise<number> {
    const { bucket, key } = this.#options;
    if (this.#begun === 0) {
      this.#isEnding = true;
      await this.#request(() => bucket.put(key, this.#taken()));
      return this.#bytes;
    }
    await this.#send();
    await Promise.all(this.#sending);
    if (this.#failure !== undefined) throw this.#failure;
    const upload = this.#upload;
    assert(upload !== undefined, "parts belong to an upload");
    this.#isEnding = true;
    const parts = this.#sent.sort((a, b) => a.PartNumber - b.PartNumber);
    await this.#request(() => bucket.complete(upload, parts, this.#bytes));
    return this.#bytes;
  }

  /** Never throws: what cannot be removed now is swept after the next start. */
  async abort(): Promise<void> {
    const { bucket, key } = this.#options;
    await Promise.all(this.#sending);
    const upload = this.#upload;
    await Promise.allSettled([
      upload === undefined ? undefined : bucket.abort(upload),
      // The answer may have got lost behind a write that was done.
      this.#isEnding ? bucket.remove(key) : undefined,
    ]);
  }

  #gather(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.#chunks.push(chunk);
    this.#gatheredBytes += chunk.byteLength;
    this.#bytes += chunk.byteLength;
  }

  #taken(): Uint8Array {
    const [first, ...others] = this.#chunks;
    const bytes = others.length === 0 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#gatheredBytes = 0;
    return bytes;
  }

  /** Resolves when the part is on its way, and few enough others are. */
  async #send(): Promise<void> {
    const { bucket, key, permits } = this.#options;
    this.#upload ??= await this.#request(() => bucket.startUpload(key));
    const upload = this.#upload;
    while (this.#sending.size >= partsInFlight) await Promise.race(this.#sending);
    if (this.#failure !== undefined) throw this.#failure;
    await permits.acquire();
    this.#begun += 1;
    const number = this.#begun;
    const bytes = this.#taken();
    const sending = this.#sendPart(upload, number, bytes).finally(() => {
      permits.release();
      this.#sending.delete(sending);
    });
    this.#sending.add(sending);
  }

  /** Never rejects: whoever adds or finishes next meets the failure. */
  async #sendPart(upload: OpenUpload, number: number, bytes: Uint8Array): Promise<void> {
    try {
      if (number > maxParts)
        throw new ObjectInputError(`more than ${maxParts * partBytes} bytes are to be uploaded in parts`);
      this.#sent.push(await this.#options.bucket.sendPart(upload, number, bytes));
    } catch (error) {
      this.#failure ??= this.#options.failure(error);
    }
  }

  async #request<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.#options.failure(error);
    }
  }
}
