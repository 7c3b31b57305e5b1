import type { BlobStores } from "./blob-stores.ts";
import type { Bucket } from "./bucket.ts";
import { StoreFailedError } from "./errors.ts";
import type { DurableFeed, EventFeed, EventFilter, EventListener } from "./event-feed.ts";
import type { Housekeeping } from "./housekeeping.ts";
import { checkKey } from "./key-order.ts";
import { readLayout } from "./layout.ts";
import type {
  ListOptions,
  ListPage,
  UploadListOptions,
  UploadListPage,
  VersionListOptions,
  VersionListPage,
} from "./list-page.ts";
import type { BucketTable } from "./metadata/bucket-table.ts";
import type { GroupCommit } from "./metadata/group-commit.ts";
import type { UploadListing } from "./metadata/upload-listing.ts";
import type { VersionListing } from "./metadata/version-listing.ts";
import { readVersion } from "./metadata/version-row.ts";
import type { VersionQueries } from "./metadata/version-table.ts";
import type { ObjectReader } from "./object-reader.ts";
import type { ObjectAttributes, ObjectVersion } from "./object-version.ts";
import type { ObjectWriter } from "./object-writer.ts";
import { openParts, type StoreOptions, type StoreParts } from "./open-parts.ts";
import type { ByteSource, ObjectBytes } from "./port.ts";
import type {
  CompleteOptions,
  EncryptionRequest,
  PutOptions,
  ReadOptions,
  Removal,
  RemoveOptions,
  Upload,
  UploadedPart,
  UploadPartOptions,
} from "./store-options.ts";
import type { UploadStore } from "./upload-store.ts";
import type { VersionCommits } from "./version-commits.ts";

/**
 * Buckets and the versions of their objects: one plain file a version, metadata in SQLite. What a promise
 * acknowledges is durable, and nobody is shown anything before it is. One store in one process owns a directory.
 */
export class ObjectStore {
  readonly #commits: GroupCommit;
  readonly #buckets: BucketTable;
  readonly #queries: VersionQueries;
  readonly #listing: VersionListing;
  readonly #changes: VersionCommits;
  readonly #uploads: UploadStore;
  readonly #events: EventFeed;
  readonly #housekeeping: Housekeeping;
  readonly #uploadListing: UploadListing;
  readonly #blobs: BlobStores;
  readonly #writer: ObjectWriter;
  readonly #reader: ObjectReader;
  readonly #closeParts: () => Promise<void>;
  #closing: Promise<void> | undefined;

  private constructor(parts: StoreParts) {
    this.#commits = parts.commits;
    this.#buckets = parts.buckets;
    this.#queries = parts.queries;
    this.#listing = parts.listing;
    this.#changes = parts.changes;
    this.#uploads = parts.uploads;
    this.#events = parts.events;
    this.#housekeeping = parts.housekeeping;
    this.#uploadListing = parts.uploadListing;
    this.#blobs = parts.blobs;
    this.#writer = parts.writer;
    this.#reader = parts.reader;
    this.#closeParts = parts.close;
  }

  static async open(options: StoreOptions): Promise<ObjectStore> {
    return new ObjectStore(await openParts(options));
  }

  // Buckets lie in memory, hence are synchronous to read.
  bucket(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** In the order of their names. */
  buckets(): readonly Bucket[] {
    return this.#buckets.all();
  }

  /** @throws BucketExistsError */
  createBucket(bucket: Bucket): Promise<void> {
    return this.#buckets.create(bucket);
  }

  /** Called in the moment of the commit. @throws NoSuchBucketError, and what `change` throws. */
  changeBucket(name: string, change: (bucket: Bucket) => Bucket): Promise<Bucket> {
    return this.#buckets.change(name, change);
  }

  /** @throws NoSuchBucketError, BucketNotEmptyError (versions, delete markers; uploads under way are dropped) */
  async deleteBucket(name: string): Promise<void> {
    const id = await this.#buckets.delete(name);
    this.#blobs.later("uploads of a deleted bucket could not be removed", () => this.#housekeeping.drop(id));
  }

  /** @throws NoSuchBucketError, ObjectInputError for a key that cannot be kept. */
  async put(bucket: string, key: string, body: ByteSource, options: PutOptions): Promise<ObjectVersion> {
    checkKey(key);
    this.#buckets.idOf(bucket);
    const { written, location } = await this.#writer.write(body, { ...options, bucket, key });
    return this.#keep(location.blob, () => {
      const content = {
        ...options.attributes,
        isDeleteMarker: false,
        size: written.size,
        etag: written.md5,
        checksum: options.verify?.(written),
        parts: undefined,
        encryption: options.encryption,
        location,
      };
      const eventName = options.eventName ?? "ObjectCreated:Put";
      const version = { bucket, key, content, layout: undefined, check: options.check, eventName };
      return this.#commits.run((transaction) => this.#changes.add(transaction, version));
    });
  }

  /** The current version, or the one named; a delete marker is a version too. @throws NoSuchBucketError */
  find(bucket: string, key: string, versionId?: string): ObjectVersion | undefined {
    const id = this.#buckets.idOf(bucket);
    const latest = this.#queries.latest(id, key);
    const row = versionId === undefined ? latest : this.#queries.find(id, key, versionId);
    if (row === undefined) return undefined;
    const version = readVersion(bucket, row, row[1] === latest?.[1]);
    if (version.location?.hasLayout !== true) return version;
    const layout = this.#queries.layout(version.location.blob);
    return layout === undefined ? version : { ...version, parts: readLayout(layout).parts };
  }

  /**
   * Opens the bytes before it resolves, so that a removal does not disturb a reader.
   * @throws ObjectGoneError when it was removed after it was found, WrongCustomerKeyError, DamagedObjectError
   */
  read(version: ObjectVersion, options: ReadOptions = {}): Promise<ObjectBytes> {
    return this.#reader.read(version, options);
  }

  /** The plain file of a version that is not encrypted and lies on a local disk. */
  path(version: ObjectVersion): string | undefined {
    if (version.location === undefined || version.encryption.kind !== "none") return undefined;
    const { store, id } = this.#blobs.resolve(version.location.blob);
    return store.path(id);
  }

  /** @throws NoSuchBucketError; that there is no such object or version is no error. */
  remove(bucket: string, key: string, options: RemoveOptions = {}): Promise<Removal> {
    return this.#commits.run((transaction) => this.#changes.remove(transaction, bucket, key, options));
  }

  /**
   * Changes attributes of a version in place (tags, retention, storage class, settings), in the moment of the
   * commit. @throws NoSuchBucketError, NoSuchVersionError
   */
  change(
    bucket: string,
    key: string,
    versionId: string | undefined,
    change: (version: ObjectVersion) => ObjectAttributes,
    eventName?: string,
  ): Promise<ObjectVersion> {
    const target = { bucket, key, versionId };
    return this.#commits.run((transaction) => this.#changes.change(transaction, target, change, eventName));
  }

  /** Current versions without delete markers, in the order of the keys' UTF-8 bytes. @throws NoSuchBucketError */
  list(bucket: string, options: ListOptions): ListPage<ObjectVersion> {
    return this.#listing.current(bucket, this.#buckets.idOf(bucket), options);
  }

  /** All versions and delete markers: keys ascending, within a key the newest first. @throws NoSuchBucketError */
  listVersions(bucket: string, options: VersionListOptions): VersionListPage {
    return this.#listing.versions(bucket, this.#buckets.idOf(bucket), options);
  }

  /** @throws NoSuchBucketError, ObjectInputError for a key that cannot be kept. */
  startUpload(
    bucket: string,
    key: string,
    options: Pick<Upload, "attributes" | "checksum"> & EncryptionRequest,
  ): Promise<Upload> {
    return this.#uploads.start(bucket, key, options);
  }

  /** @throws NoSuchBucketError */
  upload(bucket: string, key: string, id: string): Upload | undefined {
    return this.#uploads.find(bucket, key, id);
  }

  /** Keys ascending, within a key the oldest upload first. @throws NoSuchBucketError */
  listUploads(bucket: string, options: UploadListOptions): UploadListPage {
    return this.#uploadListing.list(this.#buckets.idOf(bucket), options);
  }

  /** Replaces an earlier part of the number when all is there. @throws NoSuchUploadError, ObjectInputError */
  putPart(
    upload: Upload,
    number: number,
    body: ByteSource,
    options: UploadPartOptions,
  ): Promise<UploadedPart> {
    return this.#uploads.putPart(upload, number, body, options);
  }

  /** In the order of their numbers, from behind `after`. @throws NoSuchUploadError */
  parts(
    upload: Upload,
    options: { readonly after?: number; readonly limit: number },
  ): readonly UploadedPart[] {
    return this.#uploads.parts(upload, options.after ?? 0, options.limit);
  }

  /** Parts that are not named are dropped. @throws NoSuchUploadError, NoSuchPartError */
  completeUpload(upload: Upload, options: CompleteOptions): Promise<ObjectVersion> {
    return this.#uploads.complete(upload, options);
  }

  /** @throws NoSuchUploadError */
  abortUpload(upload: Upload): Promise<void> {
    return this.#uploads.abort(upload);
  }

  /** Called soon after each commit, in order; what the listener throws is logged. Returns how to stop it. */
  subscribe(listener: EventListener): () => void {
    return this.#events.subscribe(listener);
  }

  /**
   * Events that survive a crash: a feed with this name goes on where it was committed last. Events of commits
   * while it is not open are not in it.
   */
  openFeed(name: string, filter: EventFilter): Promise<DurableFeed> {
    return this.#events.open(name, filter);
  }

  /** Forgets all buckets and objects. */
  async reset(): Promise<void> {
    for (const id of await this.#buckets.deleteAll()) await this.#housekeeping.drop(id);
    await this.#blobs.settled();
  }

  /** Resolves when nothing goes on in the background: removals, and the sweep of what a crash left. */
  settled(): Promise<void> {
    return this.#blobs.settled();
  }

  /** Finishes writes that are under way; what else goes on in the background, the next start goes on with. */
  close(): Promise<void> {
    this.#closing ??= this.#closeParts();
    return this.#closing;
  }

  /** Removes the bytes again when they find no owner. */
  async #keep<T>(blob: string, commit: () => Promise<T>): Promise<T> {
    try {
      return await commit();
    } catch (error) {
      // After a failed sync the commit may come back when the store is opened again, and needs its bytes then.
      if (!(error instanceof StoreFailedError)) this.#blobs.discard(blob);
      throw error;
    }
  }
}
