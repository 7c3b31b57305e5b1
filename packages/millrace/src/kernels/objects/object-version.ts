/** How the bytes of an object lie on disk. Anything but `none` is AES-256-GCM in chunks. */
export type Encryption =
  | { readonly kind: "none" }
  /** Under a key derived from the data directory's master key (SSE-S3). */
  | { readonly kind: "service" }
  /** Under a data key of a key service (SSE-KMS). `context` is what the ciphertext is bound to. */
  | {
      readonly kind: "kms";
      readonly keyId: string;
      readonly context: Readonly<Record<string, string>>;
      readonly bucketKey: boolean;
    }
  /** Under a key that the client sends with each request and that is never kept (SSE-C). */
  | { readonly kind: "customer"; readonly keyMd5: string };

/** Base64 of the digest, as S3 writes it; of a composite one with `-<parts>` behind it. */
export type ChecksumAlgorithm = "CRC32" | "CRC32C" | "CRC64NVME" | "SHA1" | "SHA256";

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
  readonly value: string;
}

/** One part of an object that was uploaded in parts. */
export interface ObjectPart {
  readonly number: number;
  readonly size: number;
  readonly checksum: Checksum | undefined;
}

export interface Retention {
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly untilMs: number;
}

/** What a writer says of an object, beside its bytes. */
export interface ObjectAttributes {
  /** Headers that come back as they were sent: `content-type`, `cache-control`, `expires` and the like. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly retention: Retention | undefined;
  readonly legalHold: boolean;
  /** What the service keeps of an object (its owner, its access control list); the kernel does not look into it. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Where the bytes of a version lie, and how. For the store alone. */
export interface BlobLocation {
  /** `<blob store>:<id in it>` */
  readonly blob: string;
  /** Base64 of the wrapped data key; undefined without encryption, or with the client's key. */
  readonly dataKey: string | undefined;
  /** Base64 of the salt of its encryption, when it is of one piece. */
  readonly salt: string | undefined;
  /** Further rows tell of its parts. */
  readonly hasLayout: boolean;
}

/** One version of an object, or a delete marker. */
export interface ObjectVersion extends ObjectAttributes {
  readonly bucket: string;
  readonly key: string;
  /** "null" for what was written while versioning was off or suspended. */
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isDeleteMarker: boolean;
  readonly lastModifiedMs: number;
  /** Of the object as its readers see it. */
  readonly size: number;
  /** Hexadecimal MD5 of the bytes, or `<MD5 of the parts' MD5s>-<parts>`; without quotes. */
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  /** Undefined when it was uploaded at once; listings leave it out. */
  readonly parts: readonly ObjectPart[] | undefined;
  readonly encryption: Encryption;
  /** Undefined for a delete marker. */
  readonly location: BlobLocation | undefined;
}
