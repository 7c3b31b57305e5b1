import { randomBytes } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import { NoSuchVersionError } from "./errors.ts";
import { createEvent, type ObjectEvent } from "./events.ts";
import type { BucketRow, BucketTable } from "./metadata/bucket-table.ts";
import type { Transaction } from "./metadata/group-commit.ts";
import type { Sequence } from "./metadata/sequence.ts";
import { readVersion, type VersionContent, type VersionRow, writeDocument } from "./metadata/version-row.ts";
import type { VersionTable } from "./metadata/version-table.ts";
import type { ObjectAttributes, ObjectVersion } from "./object-version.ts";
import type { Removal, RemoveOptions } from "./store-options.ts";

/** Where commits hand on what they did, once it is durable. */
export interface CommitEffects {
  /** Called in the transaction. */
  note(transaction: Transaction, event: ObjectEvent): void;
  /** Nobody owns these bytes any more. */
  discard(blob: string): void;
}

export interface VersionCommitsOptions {
  readonly buckets: BucketTable;
  readonly versions: VersionTable;
  readonly sequence: Sequence;
  readonly clock: Clock;
  readonly effects: CommitEffects;
}

export interface NewVersion {
  readonly bucket: string;
  readonly key: string;
  readonly content: VersionContent;
  /** JSON for `layouts`. */
  readonly layout: string | undefined;
  readonly check: ((current: ObjectVersion | undefined) => void) | undefined;
  readonly eventName: string;
}

const nullVersionId = "null";

/** What happens to versions in a commit: all of S3's rules of versioning are here. */
export class VersionCommits {
  readonly #buckets: BucketTable;
  readonly #versions: VersionTable;
  readonly #sequence: Sequence;
  readonly #clock: Clock;
  readonly #effects: CommitEffects;

  constructor(options: VersionCommitsOptions) {
    this.#buckets = options.buckets;
    this.#versions = options.versions;
    this.#sequence = options.sequence;
    this.#clock = options.clock;
    this.#effects = options.effects;
  }

  /** Makes a version the latest one. */
  add(transaction: Transaction, version: NewVersion): ObjectVersion {
    const { bucket, key } = version;
    const row = this.#buckets.row(bucket);
    version.check?.(this.#current(row, bucket, key));
    const added = this.#insert(transaction, row, version);
    this.#note(transaction, version.eventName, added, row);
    return added;
  }

  remove(transaction: Transaction, bucket: string, key: string, options: RemoveOptions): Removal {
    const row = this.#buckets.row(bucket);
    return options.versionId === undefined
      ? this.#removeCurrent(transaction, row, bucket, key, options)
      : this.#removeVersion(transaction, row, bucket, key, options.versionId, options);
  }

  /** Changes attributes in place. @throws NoSuchVersionError */
  change(
    transaction: Transaction,
    target: { readonly bucket: string; readonly key: string; readonly versionId: string | undefined },
    change: (version: ObjectVersion) => ObjectAttributes,
    eventName: string | undefined,
  ): ObjectVersion {
    const { bucket, key, versionId } = target;
    const row = this.#buckets.row(bucket);
    const latest = this.#versions.latest(row.id, key);
    const found = versionId === undefined ? latest : this.#versions.find(row.id, key, versionId);
    if (found === undefined || found[3] === 1) throw new NoSuchVersionError(bucket, key, versionId);
    const version = readVersion(bucket, found, found[1] === latest?.[1]);
    const changed: ObjectVersion = { ...version, ...attributesOf(change(version)) };
    this.#versions.update(row.id, found, writeDocument(changed));
    if (eventName !== undefined) this.#note(transaction, eventName, changed, row);
    return changed;
  }

  #removeCurrent(
    transaction: Transaction,
    row: BucketRow,
    bucket: string,
    key: string,
    { check, eventName }: RemoveOptions,
  ): Removal {
    check?.(this.#current(row, bucket, key));
    if (row.versioning === "off") {
      const found = this.#versions.latest(row.id, key);
      if (found !== undefined) {
        this.#delete(transaction, row, found);
        const removed = readVersion(bucket, found, true);
        this.#note(transaction, eventName ?? "ObjectRemoved:Delete", removed, row);
      }
      return { versionId: undefined, deleteMarker: false };
    }
    const marker = this.#insert(transaction, row, { bucket, key, content: deleteMarker, layout: undefined });
    this.#note(transaction, eventName ?? "ObjectRemoved:DeleteMarkerCreated", marker, row);
    return { versionId: marker.versionId, deleteMarker: true };
  }

  #removeVersion(
    transaction: Transaction,
    row: BucketRow,
    bucket: string,
    key: string,
    versionId: string,
    { check, eventName }: RemoveOptions,
  ): Removal {
    const found = this.#versions.find(row.id, key, versionId);
    const version = found === undefined ? undefined : readVersion(bucket, found, false);
    check?.(version);
    if (found === undefined || version === undefined) return { versionId, deleteMarker: false };
    this.#delete(transaction, row, found);
    this.#note(transaction, eventName ?? "ObjectRemoved:Delete", version, row);
    return { versionId, deleteMarker: version.isDeleteMarker };
  }

  /** In a bucket without versioning, or where it is suspended, the null version makes room. */
  #insert(
    transaction: Transaction,
    bucketRow: BucketRow,
    { bucket, key, content, layout }: Pick<NewVersion, "bucket" | "key" | "content" | "layout">,
  ): ObjectVersion {
    if (bucketRow.versioning !== "enabled") {
      const before = this.#versions.find(bucketRow.id, key, nullVersionId);
      if (before !== undefined) this.#delete(transaction, bucketRow, before);
    }
    const row: VersionRow = [
      key,
      -this.#sequence.next(),
      bucketRow.versioning === "enabled" ? newVersionId() : nullVersionId,
      content.isDeleteMarker ? 1 : 0,
      this.#clock.now(),
      content.size,
      content.etag,
      content.location?.blob ?? null,
      writeDocument(content),
    ];
    this.#versions.insert(bucketRow.id, row, layout);
    return { ...readVersion(bucket, row, true), parts: content.parts };
  }

  #delete(transaction: Transaction, bucketRow: BucketRow, row: VersionRow): void {
    const blob = this.#versions.delete(bucketRow.id, row);
    if (blob !== undefined) transaction.after(() => this.#effects.discard(blob));
  }

  /** As conditions see it: a delete marker is as good as nothing. */
  #current(row: BucketRow, bucket: string, key: string): ObjectVersion | undefined {
    const latest = this.#versions.latest(row.id, key);
    return latest === undefined || latest[3] === 1 ? undefined : readVersion(bucket, latest, true);
  }

  #note(transaction: Transaction, name: string, version: ObjectVersion, row: BucketRow): void {
    const versionId = row.versioning === "off" ? undefined : version.versionId;
    const sequence = this.#sequence.next();
    this.#effects.note(
      transaction,
      createEvent({ name, version, versionId, sequence, timeMs: this.#clock.now() }),
    );
  }
}

/** 32 characters that cannot be guessed. */
function newVersionId(): string {
  return randomBytes(24).toString("base64url").replaceAll("-", ".");
}

/** A caller may hand in a whole version: only what it may change is taken. */
function attributesOf(attributes: ObjectAttributes): ObjectAttributes {
  const { headers, metadata, tags, storageClass, retention, legalHold, settings } = attributes;
  return { headers, metadata, tags, storageClass, retention, legalHold, settings };
}

const deleteMarker: VersionContent = Object.freeze({
  isDeleteMarker: true,
  size: 0,
  etag: "",
  headers: {},
  metadata: {},
  tags: {},
  storageClass: "STANDARD",
  retention: undefined,
  legalHold: false,
  settings: {},
  checksum: undefined,
  parts: undefined,
  encryption: { kind: "none" },
  location: undefined,
} satisfies VersionContent);
