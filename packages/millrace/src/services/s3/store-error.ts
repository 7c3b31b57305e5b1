import { ServiceError } from "../../core/errors.ts";
import {
  BucketExistsError,
  BucketNotEmptyError,
  NoSuchBucketError,
  NoSuchPartError,
  NoSuchUploadError,
  NoSuchVersionError,
  ObjectGoneError,
  ObjectInputError,
  StoreFullError,
  StoreUnavailableError,
  WrongCustomerKeyError,
} from "../../kernels/objects/index.ts";
import {
  accessDenied,
  bucketExists,
  bucketNotEmpty,
  conflict,
  invalidArgument,
  noSuchBucket,
  noSuchKey,
  noSuchUpload,
  noSuchVersion,
} from "./errors.ts";

interface Named {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly VersionId?: string;
  readonly UploadId?: string;
}

/**
 * What a client sees of an error of the object store: mostly of a resource that went between being found and
 * being used. Anything else is thrown as it is.
 */
export function storeError(thrown: unknown, input: unknown): unknown {
  const { Bucket = "", Key = "", VersionId, UploadId = "" } = (input ?? {}) as Named;
  if (thrown instanceof NoSuchBucketError) return noSuchBucket(Bucket);
  if (thrown instanceof BucketExistsError) return bucketExists(Bucket);
  if (thrown instanceof BucketNotEmptyError) return bucketNotEmpty(Bucket);
  if (thrown instanceof NoSuchVersionError)
    return VersionId === undefined ? noSuchKey(Key) : noSuchVersion(Key, VersionId);
  if (thrown instanceof NoSuchUploadError || thrown instanceof NoSuchPartError) return noSuchUpload(UploadId);
  if (thrown instanceof ObjectGoneError) return conflict(Key);
  if (thrown instanceof ObjectInputError) return invalidArgument(thrown.message, "key", Key);
  if (thrown instanceof WrongCustomerKeyError) return accessDenied();
  if (thrown instanceof StoreFullError)
    return new ServiceError("ServiceUnavailable", "There is no space left for objects.", {
      status: 503,
      cause: thrown,
    });
  if (thrown instanceof StoreUnavailableError)
    return new ServiceError("ServiceUnavailable", `The bytes cannot be reached: ${thrown.message}.`, {
      status: 503,
      cause: thrown,
    });
  return thrown;
}
