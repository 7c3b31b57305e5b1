import { systemCode } from "../../core/errors.ts";

/** What the object store answers with. Services translate it; nothing here is S3's wording. */
export class ObjectStoreError extends Error {
  override readonly name: string = "ObjectStoreError";
  readonly code: string;
  /** True when the same call may succeed later without anybody repairing anything. */
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The caller asked for something that can never work: a key that is no Unicode text, a range outside. */
export class ObjectInputError extends ObjectStoreError {
  override readonly name = "ObjectInputError";
  constructor(message: string) {
    super("EINVAL", message);
  }
}

export class NoSuchBucketError extends ObjectStoreError {
  override readonly name = "NoSuchBucketError";
  constructor(bucket: string) {
    super("ENOBUCKET", `there is no bucket ${bucket}`);
  }
}

export class BucketExistsError extends ObjectStoreError {
  override readonly name = "BucketExistsError";
  constructor(bucket: string) {
    super("EBUCKETEXISTS", `there is a bucket ${bucket} already`);
  }
}

export class BucketNotEmptyError extends ObjectStoreError {
  override readonly name = "BucketNotEmptyError";
  constructor(bucket: string) {
    super("ENOTEMPTY", `bucket ${bucket} has versions or delete markers`);
  }
}

/** There is no such object, or no such version of it. */
export class NoSuchVersionError extends ObjectStoreError {
  override readonly name = "NoSuchVersionError";
  constructor(bucket: string, key: string, versionId: string | undefined) {
    super(
      "ENOVERSION",
      `${bucket}/${key} has no ${versionId === undefined ? "object" : `version ${versionId}`}`,
    );
  }
}

/** Never started, completed, or aborted. */
export class NoSuchUploadError extends ObjectStoreError {
  override readonly name = "NoSuchUploadError";
  constructor(id: string) {
    super("ENOUPLOAD", `there is no upload ${id}`);
  }
}

/** A part that was asked for was not uploaded. */
export class NoSuchPartError extends ObjectStoreError {
  override readonly name = "NoSuchPartError";
  readonly number: number;
  constructor(number: number) {
    super("ENOPART", `part ${number} was not uploaded`);
    this.number = number;
  }
}

/** The disk is full. Nothing of the write was kept; the store goes on when there is space. */
export class StoreFullError extends ObjectStoreError {
  override readonly name = "StoreFullError";
  constructor(cause: unknown) {
    super("ENOSPC", "no space left for objects", { retryable: true, cause });
  }
}

/** Reading or writing the bytes of an object failed. Nothing of a write was kept. */
export class StoreInputOutputError extends ObjectStoreError {
  override readonly name = "StoreInputOutputError";
  constructor(cause: unknown) {
    super("EIO", "the disk failed under the object store", { cause });
  }
}

/** The place where the bytes lie cannot be reached, refuses, or is not configured. Nothing of a write was kept. */
export class StoreUnavailableError extends ObjectStoreError {
  override readonly name = "StoreUnavailableError";
  constructor(message: string, cause?: unknown) {
    super("EUNAVAILABLE", message, { retryable: true, cause });
  }
}

/**
 * Metadata could not be made durable: the outcome of what was in flight is unknown, and readers do not see
 * it. Only opening the store again helps.
 */
export class StoreFailedError extends ObjectStoreError {
  override readonly name = "StoreFailedError";
  constructor(cause: unknown) {
    super("EFAILED", "the object store failed and takes no changes until it is opened again", { cause });
  }
}

export class StoreClosedError extends ObjectStoreError {
  override readonly name = "StoreClosedError";
  constructor() {
    super("ECLOSED", "the object store is closed");
  }
}

/** The version was removed between being found and being read. */
export class ObjectGoneError extends ObjectStoreError {
  override readonly name = "ObjectGoneError";
  constructor(blob: string, cause: unknown) {
    super("EGONE", `the bytes ${blob} were removed`, { retryable: true, cause });
  }
}

/** Bytes on disk are not what was written. */
export class DamagedObjectError extends ObjectStoreError {
  override readonly name = "DamagedObjectError";
  constructor(what: string) {
    super("EDAMAGED", what);
  }
}

/** The client's key is missing, or is not the one that the object was written with. */
export class WrongCustomerKeyError extends ObjectStoreError {
  override readonly name = "WrongCustomerKeyError";
  constructor() {
    super("EWRONGKEY", "the object was encrypted with another key of the client");
  }
}

/** Wraps a failed access to the disk, once. */
export function diskFailure(cause: unknown): ObjectStoreError {
  if (cause instanceof ObjectStoreError) return cause;
  const code = systemCode(cause);
  return code === "ENOSPC" || code === "EDQUOT"
    ? new StoreFullError(cause)
    : new StoreInputOutputError(cause);
}
