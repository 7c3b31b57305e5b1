import type { Bucket } from "./bucket.ts";
import type {
  Checksum,
  ChecksumAlgorithm,
  Encryption,
  ObjectAttributes,
  ObjectPart,
  ObjectVersion,
} from "./object-version.ts";

/** Bytes on their way in: whole, or as they come. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

/** What was computed while the bytes passed. */
export interface Written {
  readonly size: number;
  /** Hexadecimal. */
  readonly md5: string;
  /** Base64 of each digest that was asked for. */
  readonly digests: Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
}

/** How to encrypt, with the key that an encryption of kind `customer` needs. */
export interface EncryptionRequest {
  readonly encryption: Encryption;
  readonly customerKey?: Uint8Array;
}

export interface PutOptions extends EncryptionRequest {
  readonly attributes: ObjectAttributes;
  /** Digests to compute beside the MD5. */
  readonly digests: readonly ChecksumAlgorithm[];
  /**
   * Called when all bytes are there and before anything is visible: compares what the client promised, and
   * answers the checksum to keep. What it throws is what `put` rejects with, and nothing is kept.
   */
  readonly verify?: (written: Written) => Checksum | undefined;
  /**
   * Called with the current version (undefined: none, or a delete marker) in the moment of the commit, so
   * that conditional writes are atomic. What it throws is what `put` rejects with.
   */
  readonly check?: (current: ObjectVersion | undefined) => void;
  /** Replaces the event's name, `ObjectCreated:Put`. */
  readonly eventName?: string;
}

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface ListOptions {
  readonly prefix?: string;
  readonly delimiter?: string;
  /** Keys and common prefixes after this one, exclusive. */
  readonly after?: string;
  /** Of keys and common prefixes together. */
  readonly limit: number;
}

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  /** Undefined at the end; otherwise the key or common prefix that the page ends with. */
  readonly next: string | undefined;
}

export interface VersionListOptions extends ListOptions {
  /** With `after`: continues behind this version of that key instead of behind the key. */
  readonly afterVersionId?: string;
}

export interface VersionListPage extends ListPage<ObjectVersion> {
  readonly nextVersionId: string | undefined;
}

export interface Removal {
  /** Undefined when versioning is off. */
  readonly versionId: string | undefined;
  /** True when a delete marker was made, or the version removed was one. */
  readonly deleteMarker: boolean;
}

export interface RemoveOptions {
  /** Undefined removes the current version as the bucket's versioning says. */
  readonly versionId?: string;
  /** Called with the version in question in the moment of the commit; what it throws refuses the removal. */
  readonly check?: (version: ObjectVersion | undefined) => void;
  readonly eventName?: string;
}

/** An upload in parts that is under way. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedAtMs: number;
  readonly attributes: ObjectAttributes;
  readonly encryption: Encryption;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly type: Checksum["type"] } | undefined;
}

export interface UploadedPart extends ObjectPart {
  /** Hexadecimal MD5. */
  readonly etag: string;
  readonly lastModifiedMs: number;
}

export interface UploadPartOptions {
  readonly customerKey?: Uint8Array;
  readonly digests: readonly ChecksumAlgorithm[];
  readonly verify?: (written: Written) => Checksum | undefined;
  /** Bytes of the part as its sender declared them, when it did. */
  readonly declaredBytes?: number;
}

export interface CompleteOptions {
  /** Part numbers, ascending, each of an uploaded part. */
  readonly parts: readonly number[];
  readonly customerKey?: Uint8Array;
  readonly check?: (current: ObjectVersion | undefined) => void;
  /** Called before the commit with what the object will be; answers the checksum to keep. */
  readonly verify?: (object: { readonly size: number; readonly etag: string }) => Checksum | undefined;
}

/**
 * Buckets and the versions of their objects: one plain file a version, metadata in SQLite. What a promise
 * acknowledges is durable. One store in one process owns a directory.
 */
export declare class ObjectStore {
  // Buckets: kept in memory, hence synchronous to read.
  bucket(name: string): Bucket | undefined;
  /** In the order of their names. */
  buckets(): readonly Bucket[];
  /** @throws BucketExistsError */
  createBucket(bucket: Bucket): Promise<void>;
  /** @throws NoSuchBucketError */
  changeBucket(name: string, change: (bucket: Bucket) => Bucket): Promise<Bucket>;
  /** @throws NoSuchBucketError, BucketNotEmptyError (versions, delete markers; uploads under way are dropped) */
  deleteBucket(name: string): Promise<void>;

  // Objects. Each throws NoSuchBucketError.
  put(bucket: string, key: string, body: ByteSource, options: PutOptions): Promise<ObjectVersion>;
  /** The current version, or the one named; a delete marker is a version too. */
  find(bucket: string, key: string, versionId?: string): ObjectVersion | undefined;
  /** Opens the bytes before it resolves, so that a removal does not disturb a reader. The whole by default. */
  read(
    version: ObjectVersion,
    options?: { readonly range?: ByteRange; readonly customerKey?: Uint8Array },
  ): Promise<AsyncIterable<Uint8Array>>;
  /** The plain file of a version that is not encrypted and lies on a local disk. */
  path(version: ObjectVersion): string | undefined;
  remove(bucket: string, key: string, options?: RemoveOptions): Promise<Removal>;
  /** Changes attributes of a version in place (tags, retention, storage class, settings). */
  change(
    bucket: string,
    key: string,
    versionId: string | undefined,
    change: (version: ObjectVersion) => ObjectAttributes,
    eventName?: string,
  ): Promise<ObjectVersion>;
  /** Current versions without delete markers, in the order of the keys' UTF-8 bytes. */
  list(bucket: string, options: ListOptions): ListPage<ObjectVersion>;
  /** All versions and delete markers: keys ascending, within a key the newest first. */
  listVersions(bucket: string, options: VersionListOptions): VersionListPage;

  // Uploads in parts. Each throws NoSuchUploadError.
  startUpload(
    bucket: string,
    key: string,
    options: Pick<Upload, "attributes" | "checksum"> & EncryptionRequest,
  ): Promise<Upload>;
  upload(bucket: string, key: string, id: string): Upload | undefined;
  listUploads(
    bucket: string,
    options: ListOptions & { readonly afterUploadId?: string },
  ): ListPage<Upload> & { readonly nextUploadId: string | undefined };
  putPart(
    upload: Upload,
    number: number,
    body: ByteSource,
    options: UploadPartOptions,
  ): Promise<UploadedPart>;
  parts(
    upload: Upload,
    options: { readonly after?: number; readonly limit: number },
  ): readonly UploadedPart[];
  completeUpload(upload: Upload, options: CompleteOptions): Promise<ObjectVersion>;
  abortUpload(upload: Upload): Promise<void>;

  /** Forgets all buckets and objects. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
