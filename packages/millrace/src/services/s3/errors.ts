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

/** What bucket policies cannot allow. @param what `copy objects` */
export const anonymousMayNot = (what: string): ServiceError =>
  new ServiceError("AccessDenied", `Anonymous users cannot ${what}.  Please authenticate.`, { status: 403 });

/** KMS has to know who uses a key. */
export const signatureNeeded = (): ServiceError =>
  invalidArgument(
    "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
    "Authorization",
    "null",
  );

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

export const noSuchKey = (key: string): ServiceError =>
  new ServiceError("NoSuchKey", "The specified key does not exist.", { status: 404, members: { Key: key } });

/** The newest version is a delete marker, which AWS says in headers. */
export const keyIsDeleted = (key: string, versionId: string): ServiceError =>
  new ServiceError("NoSuchKey", "The specified key does not exist.", {
    status: 404,
    members: { Key: key },
    headers: { "x-amz-delete-marker": "true", "x-amz-version-id": versionId },
  });

export const noSuchVersion = (key: string, versionId: string): ServiceError =>
  new ServiceError("NoSuchVersion", "The specified version does not exist.", {
    status: 404,
    members: { Key: key, VersionId: versionId },
  });

/** A delete marker cannot be read, only deleted. */
export const isDeleteMarker = (versionId: string, lastModifiedMs: number, method: string): ServiceError =>
  new ServiceError("MethodNotAllowed", "The specified method is not allowed against this resource.", {
    status: 405,
    members: { Method: method, ResourceType: "DeleteMarker" },
    headers: {
      allow: "DELETE",
      "last-modified": new Date(lastModifiedMs).toUTCString(),
      "x-amz-delete-marker": "true",
      "x-amz-version-id": versionId,
    },
  });

export const keyTooLong = (bytes: number, maxBytes: number): ServiceError =>
  new ServiceError("KeyTooLongError", "Your key is too long", {
    members: { Size: bytes, MaxSizeAllowed: maxBytes },
  });

export const noSuchUpload = (uploadId: string): ServiceError =>
  new ServiceError(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or " +
      "completed.",
    { status: 404, members: { UploadId: uploadId } },
  );

export const preconditionFailed = (condition: string): ServiceError =>
  new ServiceError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    status: 412,
    members: { Condition: condition },
  });

export const notModified = (headers: Readonly<Record<string, string>>): ServiceError =>
  new ServiceError("NotModified", "Not Modified", { status: 304, headers });

export const invalidRange = (range: string, size: number): ServiceError =>
  new ServiceError("InvalidRange", "The requested range is not satisfiable", {
    status: 416,
    members: { RangeRequested: range, ActualObjectSize: size },
    headers: { "content-range": `bytes */${size}` },
  });

export const invalidPartNumber = (asked: number, count: number): ServiceError =>
  new ServiceError("InvalidPartNumber", "The requested partnumber is not satisfiable", {
    status: 416,
    members: { ActualPartCount: count, PartNumberRequested: asked },
  });

export const missingContentLength = (): ServiceError =>
  new ServiceError("MissingContentLength", "You must provide the Content-Length HTTP header.", {
    status: 411,
  });

export const entityTooLarge = (bytes: number, maxBytes: number): ServiceError =>
  new ServiceError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    members: { ProposedSize: bytes, MaxSizeAllowed: maxBytes },
  });

export const badDigest = (message: string, members: Readonly<Record<string, unknown>> = {}): ServiceError =>
  new ServiceError("BadDigest", message, { members });

export const malformedXml = (): ServiceError =>
  new ServiceError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );

export const invalidTag = (message: string, name?: string): ServiceError =>
  new ServiceError("InvalidTag", message, { members: name === undefined ? {} : { TagKey: name } });

export const objectLocked = (): ServiceError =>
  new ServiceError("AccessDenied", "Access Denied because object protected by object lock.", { status: 403 });

export const conflict = (resource: string): ServiceError =>
  new ServiceError(
    "OperationAborted",
    "A conflicting conditional operation is currently in progress against this resource. Please try again.",
    { status: 409, members: { Resource: resource } },
  );
