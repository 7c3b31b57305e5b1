import type { BlobLocation, Encryption, ObjectAttributes, ObjectVersion } from "../object-version.ts";

/** A row of `versions`, in the order of `versionColumns`. */
export type VersionRow = readonly [
  key: string,
  age: number,
  versionId: string,
  marker: number,
  modifiedMs: number,
  size: number,
  etag: string,
  blob: string | null,
  document: string,
];

export const versionColumns = "key, age, version_id, marker, modified_ms, size, etag, blob, document";

/** What has no column; what is as it mostly is, is left out. */
interface Document {
  readonly headers?: ObjectAttributes["headers"];
  readonly metadata?: ObjectAttributes["metadata"];
  readonly tags?: ObjectAttributes["tags"];
  readonly storageClass?: string;
  readonly retention?: ObjectAttributes["retention"];
  readonly legalHold?: true;
  readonly settings?: ObjectAttributes["settings"];
  readonly checksum?: ObjectVersion["checksum"];
  readonly encryption?: Encryption;
  readonly dataKey?: string;
  readonly salt?: string;
  readonly layout?: true;
}

/** A version without its place among the others. */
export type VersionContent = Omit<
  ObjectVersion,
  "bucket" | "key" | "isLatest" | "versionId" | "lastModifiedMs"
>;

export function writeDocument(content: VersionContent): string {
  const { headers, metadata, tags, storageClass, retention, legalHold, settings, location } = content;
  const document: Document = {
    ...(isEmpty(headers) ? {} : { headers }),
    ...(isEmpty(metadata) ? {} : { metadata }),
    ...(isEmpty(tags) ? {} : { tags }),
    ...(storageClass === standard ? {} : { storageClass }),
    ...(retention === undefined ? {} : { retention }),
    ...(legalHold ? { legalHold } : {}),
    ...(isEmpty(settings) ? {} : { settings }),
    ...(content.checksum === undefined ? {} : { checksum: content.checksum }),
    ...(content.encryption.kind === "none" ? {} : { encryption: content.encryption }),
    ...(location?.dataKey === undefined ? {} : { dataKey: location.dataKey }),
    ...(location?.salt === undefined ? {} : { salt: location.salt }),
    ...(location?.hasLayout === true ? { layout: true } : {}),
  };
  return JSON.stringify(document);
}

export function readVersion(bucket: string, row: VersionRow, isLatest: boolean): ObjectVersion {
  const document: Document = JSON.parse(row[8]);
  return {
    bucket,
    key: row[0],
    versionId: row[2],
    isLatest,
    isDeleteMarker: row[3] === 1,
    lastModifiedMs: row[4],
    size: row[5],
    etag: row[6],
    headers: document.headers ?? nothing,
    metadata: document.metadata ?? nothing,
    tags: document.tags ?? nothing,
    storageClass: document.storageClass ?? standard,
    retention: document.retention,
    legalHold: document.legalHold === true,
    settings: document.settings ?? nothing,
    checksum: document.checksum,
    parts: undefined,
    encryption: document.encryption ?? notEncrypted,
    location: row[7] === null ? undefined : readLocation(row[7], document),
  };
}

function readLocation(blob: string, document: Document): BlobLocation {
  return { blob, dataKey: document.dataKey, salt: document.salt, hasLayout: document.layout === true };
}

function isEmpty(record: object): boolean {
  for (const _name in record) return false;
  return true;
}

const standard = "STANDARD";
const nothing: Readonly<Record<string, never>> = Object.freeze({});
const notEncrypted: Encryption = Object.freeze({ kind: "none" });
