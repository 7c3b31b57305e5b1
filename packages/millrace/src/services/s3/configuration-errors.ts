import { ServiceError } from "../../core/errors.ts";

/** The errors of a bucket's configuration: AWS's code, status and wording. */
const notFound = (code: string, message: string) => (bucket: string) =>
  new ServiceError(code, message, { status: 404, members: { BucketName: bucket } });

type BucketError = (bucket: string) => ServiceError;

export const noSuchCors: BucketError = notFound(
  "NoSuchCORSConfiguration",
  "The CORS configuration does not exist",
);
export const noSuchEncryption: BucketError = notFound(
  "ServerSideEncryptionConfigurationNotFoundError",
  "The server side encryption configuration was not found",
);
export const noSuchLifecycle: BucketError = notFound(
  "NoSuchLifecycleConfiguration",
  "The lifecycle configuration does not exist",
);
export const noSuchObjectLock: BucketError = notFound(
  "ObjectLockConfigurationNotFoundError",
  "Object Lock configuration does not exist for this bucket",
);
export const noSuchOwnershipControls: BucketError = notFound(
  "OwnershipControlsNotFoundError",
  "The bucket ownership controls were not found",
);
export const noSuchPolicy: BucketError = notFound("NoSuchBucketPolicy", "The bucket policy does not exist");
export const noSuchPublicAccessBlock: BucketError = notFound(
  "NoSuchPublicAccessBlockConfiguration",
  "The public access block configuration was not found",
);
export const noSuchTagSet: BucketError = notFound("NoSuchTagSet", "The TagSet does not exist");

const schemaMismatch =
  "The XML you provided was not well-formed or did not validate against our published schema";

export const malformedAcl = (): ServiceError => new ServiceError("MalformedACLError", schemaMismatch);

export const malformedPolicy = (message: string, detail?: string): ServiceError =>
  new ServiceError("MalformedPolicy", message, {
    members: detail === undefined ? {} : { Detail: detail },
  });

export const invalidBucketState = (message: string): ServiceError =>
  new ServiceError("InvalidBucketState", message, { status: 409 });

export const aclsNotSupported = (): ServiceError =>
  new ServiceError("AccessControlListNotSupported", "The bucket does not allow ACLs");

export const aclAgainstOwnership = (): ServiceError =>
  new ServiceError(
    "InvalidBucketAclWithObjectOwnership",
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  );

export const aclAgainstPublicAccessBlock = (): ServiceError =>
  new ServiceError(
    "InvalidBucketAclWithBlockPublicAccessError",
    "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
  );

/** Asks for something that Millrace does not do; `what` names it. */
export const unsupported = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not implemented by Millrace.`, { status: 501 });

export const illegalVersioning = (): ServiceError =>
  new ServiceError("IllegalVersioningConfigurationException", "The Versioning element must be specified");

export const missingAcl = (): ServiceError =>
  new ServiceError("MissingSecurityHeader", "Your request was missing a required header", {
    members: { MissingHeaderName: "x-amz-acl" },
  });
