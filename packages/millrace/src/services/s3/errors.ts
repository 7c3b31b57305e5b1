import { ServiceError } from "../../core/errors.ts";

/** The errors of S3: AWS's code, status and wording, and the details that its error documents carry. */
export const noSuchBucket = (bucket: string): ServiceError =>
  new ServiceError("NoSuchBucket", "The specified bucket does not exist", {
    status: 404,
    members: { BucketName: bucket },
  });

export const bucketExists = (bucket: string): ServiceError =>
  new ServiceError(
    "BucketAlreadyExists",
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. " +
      "Please select a different name and try again.",
    { status: 409, members: { BucketName: bucket } },
  );

export const bucketOwnedByYou = (bucket: string): ServiceError =>
  new ServiceError(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    { status: 409, members: { BucketName: bucket } },
  );

export const bucketNotEmpty = (bucket: string): ServiceError =>
  new ServiceError("BucketNotEmpty", "The bucket you tried to delete is not empty", {
    status: 409,
    members: { BucketName: bucket },
  });

export const invalidBucketName = (bucket: string): ServiceError =>
  new ServiceError("InvalidBucketName", "The specified bucket is not valid.", {
    members: { BucketName: bucket },
  });

export const tooManyBuckets = (): ServiceError =>
  new ServiceError("TooManyBuckets", "You have attempted to create more buckets than allowed");

export const accessDenied = (): ServiceError =>
  new ServiceError("AccessDenied", "Access Denied", { status: 403 });

export const invalidArgument = (message: string, name?: string, value?: string): ServiceError =>
  new ServiceError("InvalidArgument", message, {
    members: name === undefined ? {} : { ArgumentName: name, ArgumentValue: value },
  });

export const invalidRequest = (message: string): ServiceError => new ServiceError("InvalidRequest", message);

/** A header or element that asks for something that Millrace does not do. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError(
    "NotImplemented",
    `A header you provided implies functionality that is not implemented: ${what}`,
    {
      status: 501,
      members: { Header: what },
    },
  );
