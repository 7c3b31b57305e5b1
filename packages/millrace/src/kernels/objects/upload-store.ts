import { createHash } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import { type BlobStores, blobName } from "./blob-stores.ts";
import type { ContentKeys } from "./content-keys.ts";
import { NoSuchPartError, NoSuchUploadError, StoreFailedError } from "./errors.ts";
import { checkKey } from "./key-order.ts";
import { writeLayout } from "./layout.ts";
import type { BucketTable } from "./metadata/bucket-table.ts";
import type { GroupCommit } from "./metadata/group-commit.ts";
import type { Sequence } from "./metadata/sequence.ts";
import {
  newUploadId,
  type PartRecord,
  publicPart,
  publicUpload,
  type UploadQueries,
  type UploadRecord,
  type UploadTable,
} from "./metadata/upload-table.ts";
import type { VersionTable } from "./metadata/version-table.ts";
import type { BlobLocation, ObjectVersion } from "./object-version.ts";
import { PartWriter } from "./part-writer.ts";
import type { BlobStore, ByteSource, StoredBlob, StoredPart } from "./port.ts";
import type {
  CompleteOptions,
  EncryptionRequest,
  Upload,
  UploadedPart,
  UploadPartOptions,
} from "./store-options.ts";
import { UploadGates } from "./upload-gates.ts";
import type { NewVersion, VersionCommits } from "./version-commits.ts";

/** Parts that an upload may have. */
const maxParts = 10_000;

export interface UploadStoreOptions {
  readonly clock: Clock;
  readonly commits: GroupCommit;
  readonly buckets: BucketTable;
  readonly versions: VersionTable;
  readonly changes: VersionCommits;
  readonly sequence: Sequence;
  readonly table: UploadTable;
  readonly queries: UploadQueries;
  readonly blobs: BlobStores;
  readonly keys: ContentKeys;
}

/** Uploads in parts, from their start to the object or to nothing. */
export class UploadStore {
  readonly #options: UploadStoreOptions;
  readonly #gates = new UploadGates();
  readonly #parts: PartWriter;

  constructor(options: UploadStoreOptions) {
    this.#options = options;
    this.#parts = new PartWriter({ ...options, gates: this.#gates });
  }

  async start(
    bucket: string,
    key: string,
    options: Pick<Upload, "attributes" | "checksum"> & EncryptionRequest,
  ): Promise<Upload> {
    const { commits, buckets, blobs, keys, sequence, table, versions, clock } = this.#options;
    checkKey(key);
    buckets.idOf(bucket);
    const { attributes, encryption, checksum } = options;
    const contentKey = await keys.create(encryption, options.customerKey, { bucket, key });
    const store = blobs.forBucket(bucket);
    const stored = await store.startUpload();
    const starting = commits.run(() => {
      const bucketId = buckets.row(bucket).id;
      const number = sequence.next();
      const upload = {
        id: newUploadId(number),
        bucket,
        key,
        startedAtMs: clock.now(),
        attributes,
        encryption,
        checksum,
      };
      const record = {
        bucketId,
        sequence: number,
        storeName: store.name,
        stored,
        dataKey: contentKey?.dataKey,
      };
      table.insert({ ...upload, ...record });
      if (stored.blob !== undefined) versions.own(blobName(store, stored.blob));
      return upload;
    });
    starting.catch(() => this.#later(store, stored.id, [], undefined));
    return starting;
  }

  find(bucket: string, key: string, id: string): Upload | undefined {
    const record = this.#options.queries.upload(id);
    if (record === undefined || record.bucketId !== this.#options.buckets.idOf(bucket)) return undefined;
    return record.key === key ? publicUpload(record) : undefined;
  }

  parts(upload: Upload, after: number, limit: number): readonly UploadedPart[] {
    this.#record(upload.id);
    return this.#options.queries.parts(upload.id, after, limit).map(publicPart);
  }

  putPart(
    upload: Upload,
    number: number,
    body: ByteSource,
    options: UploadPartOptions,
  ): Promise<UploadedPart> {
    return this.#parts.put(upload, number, body, options);
  }

  complete(upload: Upload, options: CompleteOptions): Promise<ObjectVersion> {
    return this.#gates.use(upload.id, (gate) =>
      gate.exclusively(async () => {
        const { record, parts } = await this.#settledParts(upload.id);
        const listed = pick(parts, options.parts);
        const version = await this.#assemble(record, listed, options);
        const store = this.#options.blobs.named(record.storeName);
        const others = parts.filter((part) => !listed.includes(part));
        const stored = (of: readonly PartRecord[]) => of.map((part) => part.stored);
        const blob = await store.compose(record.stored.id, stored(listed), stored(others));
        const added = await this.#commit(record, parts, blob, (location) => ({
          ...version,
          content: { ...version.content, location },
        }));
        gate.end = { kept: blob };
        this.#free(record, parts, blob);
        return added;
      }),
    );
  }

  abort(upload: Pick<Upload, "id">): Promise<void> {
    return this.#gates.use(upload.id, (gate) =>
      gate.exclusively(async () => {
        const { record, parts } = await this.#options.commits.run(() => {
          const found = this.#current(upload.id);
          this.#delete(found.record, found.parts);
          return found;
        });
        gate.end = { kept: undefined };
        this.#free(record, parts, undefined);
      }),
    );
  }

  /** Behind all parts that were committed before. */
  #settledParts(id: string): Promise<{ record: UploadRecord; parts: readonly PartRecord[] }> {
    return this.#options.commits.run(() => this.#current(id));
  }

  /** In a commit. */
  #current(id: string): { readonly record: UploadRecord; readonly parts: readonly PartRecord[] } {
    const record = this.#options.table.upload(id);
    if (record === undefined) throw new NoSuchUploadError(id);
    return { record, parts: this.#options.table.parts(id, 0, maxParts) };
  }

  /** What the object will be, but for where its bytes lie. What was promised of it is checked before they move. */
  async #assemble(
    record: UploadRecord,
    listed: readonly PartRecord[],
    options: CompleteOptions,
  ): Promise<NewVersion> {
    const { bucket, key, attributes, encryption, dataKey } = record;
    if (options.customerKey !== undefined)
      await this.#options.keys.open(encryption, dataKey, options.customerKey, record);
    const md5s = Buffer.from(listed.map((part) => part.etag).join(""), "hex");
    const etag = `${createHash("md5").update(md5s).digest("hex")}-${listed.length}`;
    const size = listed.reduce((sum, part) => sum + part.size, 0);
    const checksum = options.verify?.({ size, etag });
    const parts = listed.map(({ number, size: bytes, checksum: own }) => ({
      number,
      size: bytes,
      checksum: own,
    }));
    const pieces =
      encryption.kind === "none"
        ? undefined
        : listed.map((part) => ({ size: part.size, salt: part.salt ?? "" }));
    const facts = { isDeleteMarker: false, size, etag, checksum, parts, encryption, location: undefined };
    return {
      bucket,
      key,
      content: { ...attributes, ...facts },
      layout: writeLayout({ parts, pieces }),
      check: options.check,
      eventName: "ObjectCreated:CompleteMultipartUpload",
    };
  }

  /** The object appears and the upload goes, or neither. */
  async #commit(
    record: UploadRecord,
    parts: readonly PartRecord[],
    { id }: StoredBlob,
    versionAt: (location: BlobLocation) => NewVersion,
  ): Promise<ObjectVersion> {
    const { commits, changes, blobs, table } = this.#options;
    const blob = blobName(blobs.named(record.storeName), id);
    const version = versionAt({ blob, dataKey: record.dataKey, salt: undefined, hasLayout: true });
    try {
      return await commits.run((transaction) => {
        if (table.upload(record.id) === undefined) throw new NoSuchUploadError(record.id);
        const added = changes.add(transaction, version);
        this.#delete(record, parts, blob);
        return added;
      });
    } catch (error) {
      // After a failed sync the commit may come back when the store is opened again, and needs its bytes then.
      const isOwn = id === record.stored.blob;
      if (!isOwn && !(error instanceof StoreFailedError)) blobs.discard(blob);
      throw error;
    }
  }

  /** In a commit: the upload and what belongs to it, but for the blob that became an object's. */
  #delete(record: UploadRecord, parts: readonly PartRecord[], kept?: string): void {
    const { table, versions, blobs } = this.#options;
    const store = blobs.named(record.storeName);
    table.delete(record);
    for (const { blob } of [record.stored, ...parts.map((part) => part.stored)])
      if (blob !== undefined && blobName(store, blob) !== kept) versions.disown(blobName(store, blob));
  }

  #free(record: UploadRecord, parts: readonly PartRecord[], kept: StoredBlob | undefined): void {
    const stored = parts.map((part) => part.stored);
    this.#later(this.#options.blobs.named(record.storeName), record.stored.id, stored, kept);
  }

  #later(store: BlobStore, id: string, parts: readonly StoredPart[], kept: StoredBlob | undefined): void {
    this.#options.blobs.later("the parts of an upload that ended could not be removed", () =>
      store.endUpload(id, parts, kept),
    );
  }

  #record(id: string): UploadRecord {
    const record = this.#options.queries.upload(id);
    if (record === undefined) throw new NoSuchUploadError(id);
    return record;
  }
}

function pick(parts: readonly PartRecord[], numbers: readonly number[]): readonly PartRecord[] {
  const known = new Map(parts.map((part) => [part.number, part]));
  return numbers.map((number) => {
    const part = known.get(number);
    if (part === undefined) throw new NoSuchPartError(number);
    return part;
  });
}
