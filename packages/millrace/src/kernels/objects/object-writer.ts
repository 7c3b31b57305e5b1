import type { BlobStores } from "./blob-stores.ts";
import { blobName } from "./blob-stores.ts";
import type { ContentKey, ContentKeys } from "./content-keys.ts";
import { Digests, type Written } from "./digests.ts";
import { encrypted } from "./encrypting.ts";
import type { BlobLocation, ChecksumAlgorithm } from "./object-version.ts";
import type { ByteSource } from "./port.ts";
import type { EncryptionRequest } from "./store-options.ts";

/** Bytes that are durable and belong to nobody yet. */
export interface WrittenBytes {
  readonly written: Written;
  readonly location: BlobLocation;
}

export interface WriteRequest extends EncryptionRequest {
  readonly bucket: string;
  readonly key: string;
  readonly digests: readonly ChecksumAlgorithm[];
}

/** Brings the bytes of an object to its store: digested, encrypted, durable. */
export class ObjectWriter {
  readonly #blobs: BlobStores;
  readonly #keys: ContentKeys;

  constructor(blobs: BlobStores, keys: ContentKeys) {
    this.#blobs = blobs;
    this.#keys = keys;
  }

  async write(body: ByteSource, request: WriteRequest): Promise<WrittenBytes> {
    const key = await this.#keys.create(request.encryption, request.customerKey, request);
    const digests = new Digests(request.digests);
    const store = this.#blobs.forBucket(request.bucket);
    const { bytes, salt } = sealed(digests.through(body), key);
    const { id } = await store.write(bytes);
    const location = { blob: blobName(store, id), dataKey: key?.dataKey, salt, hasLayout: false };
    return { written: digests.finish(), location };
  }
}

/** The bytes as they will lie on disk: a piece of its own when there is a key. */
export function sealed(
  bytes: ByteSource,
  key: ContentKey | undefined,
): { readonly bytes: ByteSource; readonly salt: string | undefined } {
  if (key === undefined) return { bytes, salt: undefined };
  const { salt, cipher } = key.newPiece();
  return { bytes: encrypted(bytes, cipher), salt };
}
