import { assert } from "../../core/assert.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { DamagedObjectError, ObjectGoneError } from "../../kernels/objects/errors-port.ts";
import type {
  BlobStore,
  ByteRange,
  ByteSource,
  ObjectBytes,
  PartOptions,
  StoredBlob,
  StoredPart,
  StoredUpload,
} from "../../kernels/objects/port.ts";
import type { BlobNames } from "./blob-names.ts";
import { Composer } from "./composer.ts";
import { concurrentRemovals, maxPartsInFlight } from "./limits.ts";
import { Permits } from "./permits.ts";
import type { RemoteBucket } from "./remote-bucket.ts";
import { readFailure, remoteCode, remoteFailure } from "./remote-errors.ts";
import { RemoteReader } from "./remote-reader.ts";
import { pourRemote } from "./remote-writer.ts";

export interface S3BlobsParts {
  readonly name: string;
  readonly bucket: RemoteBucket;
  readonly names: BlobNames;
  readonly log: Logger;
}

/**
 * Blobs as objects of a bucket at another S3 endpoint. A part of an upload is an object of its own, which stays
 * until the upload ends; composing them is the endpoint's work.
 */
export class S3Blobs implements BlobStore {
  readonly name: string;
  readonly #bucket: RemoteBucket;
  readonly #names: BlobNames;
  readonly #log: Logger;
  readonly #composer: Composer;
  readonly #permits = new Permits(maxPartsInFlight);

  constructor({ name, bucket, names, log }: S3BlobsParts) {
    this.name = name;
    this.#bucket = bucket;
    this.#names = names;
    this.#log = log;
    this.#composer = new Composer({
      bucket,
      permits: this.#permits,
      keyOf: (blob) => names.key(blob),
      failure: (blob, thrown) => this.#readFailure(blob, thrown),
    });
  }

  async write(bytes: ByteSource): Promise<StoredBlob> {
    const id = this.#names.create();
    const size = await pourRemote(bytes, {
      bucket: this.#bucket,
      key: this.#names.key(id),
      permits: this.#permits,
      failure: (thrown) => this.#failure(thrown),
    });
    return { id, size };
  }

  async open(id: string, range: ByteRange): Promise<ObjectBytes> {
    const key = this.#names.key(id);
    const failure = (thrown: unknown): Error => this.#readFailure(id, thrown);
    if (range.start < range.end) return RemoteReader.open({ bucket: this.#bucket, key, range, failure });
    // A range without bytes cannot be asked for.
    const size = await this.#bucket.size(key).catch((error: unknown) => {
      throw failure(error);
    });
    if (size < range.end) throw new DamagedObjectError(`blob ${id} has ${size} bytes`);
    return { async *[Symbol.asyncIterator]() {}, async close() {} };
  }

  async remove(id: string): Promise<void> {
    const key = this.#names.key(id);
    await this.#run(() => this.#bucket.remove(key));
  }

  async *older(): AsyncGenerator<string, void, void> {
    try {
      await this.#abortOlderUploads();
      for await (const key of this.#bucket.list(this.#names.ownPrefix)) {
        const id = this.#names.olderId(key);
        if (id !== undefined) yield id;
      }
    } catch (error) {
      // The first write makes the bucket.
      if (remoteCode(error) !== "NoSuchBucket") throw this.#failure(error);
    }
  }

  path(): undefined {
    return undefined;
  }

  /** Nothing is begun at the endpoint: parts lie beside each other until they are composed. */
  async startUpload(): Promise<StoredUpload> {
    return { id: this.#names.create(), blob: undefined };
  }

  async writePart(_upload: string, bytes: ByteSource, _options: PartOptions): Promise<StoredPart> {
    const { id, size } = await this.write(bytes);
    return { place: id, size, blob: id };
  }

  async removePart(_upload: string, part: StoredPart): Promise<void> {
    await this.remove(part.place);
  }

  async compose(_upload: string, parts: readonly StoredPart[]): Promise<StoredBlob> {
    const id = this.#names.create();
    const sources = parts.map(({ place, size }) => ({ blob: place, size }));
    const size = await this.#composer.compose({ blob: id, sources });
    return { id, size };
  }

  async endUpload(
    _upload: string,
    parts: readonly StoredPart[],
    kept: StoredBlob | undefined,
  ): Promise<void> {
    assert(!parts.some((part) => part.place === kept?.id), "a part never becomes the object");
    for (let at = 0; at < parts.length; at += concurrentRemovals) {
      const some = parts.slice(at, at + concurrentRemovals);
      const results = await Promise.allSettled(some.map((part) => this.remove(part.place)));
      for (const result of results) if (result.status === "rejected") throw result.reason;
    }
  }

  async close(): Promise<void> {
    this.#bucket.close();
  }

  /** Former writes that a crash interrupted. Some endpoints list none, and remove them by themselves. */
  async #abortOlderUploads(): Promise<void> {
    for await (const upload of this.#bucket.listUploads(this.#names.ownPrefix))
      if (this.#names.olderId(upload.key) !== undefined) await this.#bucket.abort(upload);
  }

  async #run<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #failure(thrown: unknown): Error {
    return this.#noted(remoteFailure(this.name, thrown), thrown);
  }

  #readFailure(id: string, thrown: unknown): Error {
    return this.#noted(readFailure(this.name, id, thrown), thrown);
  }

  /** The client is told little: who runs Millrace reads the rest here. */
  #noted(failure: Error, thrown: unknown): Error {
    if (failure !== thrown && !(failure instanceof ObjectGoneError))
      this.#log.warn(
        { store: this.name, code: remoteCode(thrown), error: messageOf(thrown) },
        "a request to another object store failed",
      );
    return failure;
  }
}
