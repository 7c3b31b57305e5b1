import type { Written } from "./digests.ts";
import type {
  Checksum,
  ChecksumAlgorithm,
  Encryption,
  ObjectAttributes,
  ObjectPart,
  ObjectVersion,
} from "./object-version.ts";
import type { ByteRange } from "./port.ts";

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

export interface ReadOptions {
  /** The whole by default. It must lie within the object. */
  readonly range?: ByteRange;
  readonly customerKey?: Uint8Array;
  /** A piece of the bytes may be overwritten once the next one is asked for: for who hands them on at once. */
  readonly transient?: boolean;
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
