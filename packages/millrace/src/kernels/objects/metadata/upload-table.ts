import { randomBytes } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { StoredPart, StoredUpload } from "../port.ts";
import type { Upload, UploadedPart } from "../store-options.ts";
import { allRows, oneRow, prepareRows } from "./version-table.ts";

/** An upload as it is kept. */
export interface UploadRecord extends Upload {
  readonly bucketId: number;
  readonly sequence: number;
  /** The blob store that its parts lie in. */
  readonly storeName: string;
  readonly stored: StoredUpload;
  /** Base64 of the wrapped data key of all of its parts. */
  readonly dataKey: string | undefined;
}

/** A part as it is kept. */
export interface PartRecord extends UploadedPart {
  readonly stored: StoredPart;
  /** Base64, with encryption. */
  readonly salt: string | undefined;
}

type UploadRow = readonly [bucket: number, sequence: number, document: string];
type PartRow = readonly [document: string];

const uploadColumns = "bucket, sequence, document";

/** The statements that find uploads, on one of the two connections. */
export class UploadQueries {
  readonly #upload: StatementSync;
  readonly #part: StatementSync;
  readonly #parts: StatementSync;
  readonly #some: StatementSync;

  constructor(connection: DatabaseSync) {
    this.#upload = prepareRows(connection, `SELECT ${uploadColumns} FROM uploads WHERE id = ?`);
    this.#part = prepareRows(connection, "SELECT document FROM parts WHERE upload = ? AND number = ?");
    this.#some = prepareRows(connection, "SELECT id FROM uploads WHERE bucket = ? LIMIT ?");
    this.#parts = prepareRows(
      connection,
      "SELECT document FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?",
    );
  }

  upload(id: string): UploadRecord | undefined {
    const row = oneRow<UploadRow>(this.#upload, [id]);
    return row === undefined ? undefined : readUpload(row);
  }

  part(upload: string, number: number): PartRecord | undefined {
    const row = oneRow<PartRow>(this.#part, [upload, number]);
    return row === undefined ? undefined : JSON.parse(row[0]);
  }

  /** Any uploads of a bucket. */
  some(bucket: number, limit: number): readonly string[] {
    return allRows<readonly [string]>(this.#some, [bucket, limit]).map(([id]) => id);
  }

  /** In the order of their numbers. */
  parts(upload: string, after: number, limit: number): readonly PartRecord[] {
    return allRows<PartRow>(this.#parts, [upload, after, limit]).map(([document]) => JSON.parse(document));
  }
}

export function readUpload([bucketId, sequence, document]: UploadRow): UploadRecord {
  return { ...JSON.parse(document), bucketId, sequence };
}

/** What commits change of uploads. */
export class UploadTable extends UploadQueries {
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #putPart: StatementSync;
  readonly #deleteParts: StatementSync;

  constructor(writer: DatabaseSync) {
    super(writer);
    this.#insert = writer.prepare(
      "INSERT INTO uploads (bucket, key, sequence, id, document) VALUES (?, ?, ?, ?, ?)",
    );
    this.#delete = writer.prepare("DELETE FROM uploads WHERE bucket = ? AND key = ? AND sequence = ?");
    this.#putPart = writer.prepare("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)");
    this.#deleteParts = writer.prepare("DELETE FROM parts WHERE upload = ?");
  }

  insert({ bucketId, sequence, ...upload }: UploadRecord): void {
    this.#insert.run(bucketId, upload.key, sequence, upload.id, JSON.stringify(upload));
  }

  /** With its parts. */
  delete({ id, bucketId, key, sequence }: UploadRecord): void {
    this.#delete.run(bucketId, key, sequence);
    this.#deleteParts.run(id);
  }

  putPart(upload: string, part: PartRecord): void {
    this.#putPart.run(upload, part.number, JSON.stringify(part));
  }
}

/** What users of the store see. */
export function publicUpload(record: UploadRecord): Upload {
  const { id, bucket, key, startedAtMs, attributes, encryption, checksum } = record;
  return { id, bucket, key, startedAtMs, attributes, encryption, checksum };
}

export function publicPart(record: PartRecord): UploadedPart {
  const { number, size, checksum, etag, lastModifiedMs } = record;
  return { number, size, checksum, etag, lastModifiedMs };
}

/*
 * Upload id => Sequence Random      Sequence: 14 digits, hexadecimal; Random: 32 characters, so that it cannot
 *                                   be guessed
 */
export function newUploadId(sequence: number): string {
  return sequence.toString(16).padStart(14, "0") + randomBytes(24).toString("base64url").replaceAll("-", ".");
}

/** Undefined for what is no id of an upload. */
export function sequenceOf(uploadId: string): number | undefined {
  return /^[0-9a-f]{14}/.test(uploadId) ? Number.parseInt(uploadId.slice(0, 14), 16) : undefined;
}
