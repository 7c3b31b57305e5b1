import { expect, it } from "vitest";
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
  WrongCustomerKeyError,
} from "../../kernels/objects/index.ts";
import { storeError } from "./store-error.ts";

const input = { Bucket: "b", Key: "k", UploadId: "u" };

it.each([
  [new NoSuchBucketError("b"), input, "NoSuchBucket", 404],
  [new BucketExistsError("b"), input, "BucketAlreadyExists", 409],
  [new BucketNotEmptyError("b"), input, "BucketNotEmpty", 409],
  [new NoSuchVersionError("b", "k", undefined), input, "NoSuchKey", 404],
  [new NoSuchVersionError("b", "k", "v"), { ...input, VersionId: "v" }, "NoSuchVersion", 404],
  [new NoSuchUploadError("u"), input, "NoSuchUpload", 404],
  [new NoSuchPartError(1), input, "NoSuchUpload", 404],
  [new ObjectGoneError("blob", undefined), input, "OperationAborted", 409],
  [new ObjectInputError("no text"), input, "InvalidArgument", 400],
  [new WrongCustomerKeyError(), input, "AccessDenied", 403],
  [new StoreFullError(undefined), input, "ServiceUnavailable", 503],
])("%s is an error of S3", (thrown, named, code, status) => {
  expect(storeError(thrown, named)).toMatchObject({ code, status });
});

it("what is our own fault stays what it is", () => {
  const fault = new TypeError("a bug");
  expect(storeError(fault, input)).toBe(fault);
  expect(storeError(new NoSuchBucketError("b"), undefined)).toMatchObject({ code: "NoSuchBucket" });
});
