import type { BlobStores } from "./blob-stores.ts";
import type { ContentKeys } from "./content-keys.ts";
import { DecryptedBytes, storedRange } from "./decrypting.ts";
import { DamagedObjectError, NoSuchVersionError, ObjectInputError } from "./errors.ts";
import { type Piece, readLayout } from "./layout.ts";
import type { VersionQueries } from "./metadata/version-table.ts";
import type { BlobLocation, ObjectVersion } from "./object-version.ts";
import type { ByteRange, ObjectBytes } from "./port.ts";
import type { ReadOptions } from "./store-options.ts";

/** Brings the bytes of a version back from where they lie. */
export class ObjectReader {
  readonly #blobs: BlobStores;
  readonly #keys: ContentKeys;
  readonly #queries: VersionQueries;

  constructor(blobs: BlobStores, keys: ContentKeys, queries: VersionQueries) {
    this.#blobs = blobs;
    this.#keys = keys;
    this.#queries = queries;
  }

  async read(version: ObjectVersion, options: ReadOptions): Promise<ObjectBytes> {
    const { location } = version;
    if (location === undefined) throw new NoSuchVersionError(version.bucket, version.key, version.versionId);
    const range = checkedRange(version, options.range);
    const { store, id } = this.#blobs.resolve(location.blob);
    const { encryption } = version;
    const key = await this.#keys.open(encryption, location.dataKey, options.customerKey, version);
    if (key === undefined) return store.open(id, range, options.transient);
    const pieces = this.#pieces(version, location);
    const sizes = pieces.map((piece) => piece.size);
    const stored = await store.open(id, storedRange(sizes, range));
    const keyed = pieces.map(({ size, salt }) => ({ size, cipher: key.piece(salt) }));
    return new DecryptedBytes(stored, keyed, range);
  }

  #pieces(version: ObjectVersion, location: BlobLocation): readonly Piece[] {
    if (location.salt !== undefined) return [{ size: version.size, salt: location.salt }];
    const text = this.#queries.layout(location.blob);
    const pieces = text === undefined ? undefined : readLayout(text).pieces;
    if (pieces === undefined)
      throw new DamagedObjectError(`the pieces of ${version.bucket}/${version.key} are not known`);
    return pieces;
  }
}

function checkedRange(version: ObjectVersion, range: ByteRange | undefined): ByteRange {
  if (range === undefined) return { start: 0, end: version.size };
  const { start, end } = range;
  if (!(start >= 0 && start <= end && end <= version.size))
    throw new ObjectInputError(`bytes ${start} to ${end} lie outside an object of ${version.size} bytes`);
  return range;
}
