import { ServiceError } from "../../core/errors.ts";

/** The errors of KMS: AWS's code, status 400 unless said otherwise, AWS's wording. */
const clientError =
  (code: string) =>
  (message: string): ServiceError =>
    new ServiceError(code, message);

export const alreadyExists: (message: string) => ServiceError = clientError("AlreadyExistsException");
export const incorrectKeyMaterial: (message: string) => ServiceError = clientError(
  "IncorrectKeyMaterialException",
);
export const invalidArn: (message: string) => ServiceError = clientError("InvalidArnException");
export const invalidGrantId: (message: string) => ServiceError = clientError("InvalidGrantIdException");
export const invalidKeyUsage: (message: string) => ServiceError = clientError("InvalidKeyUsageException");
export const invalidMarker: (message: string) => ServiceError = clientError("InvalidMarkerException");
export const invalidState: (message: string) => ServiceError = clientError("KMSInvalidStateException");
export const limitExceeded: (message: string) => ServiceError = clientError("LimitExceededException");
export const malformedPolicy: (message: string) => ServiceError = clientError(
  "MalformedPolicyDocumentException",
);
export const notAuthorized: (message: string) => ServiceError = clientError("NotAuthorizedException");
export const notFound: (message: string) => ServiceError = clientError("NotFoundException");
export const tagError: (message: string) => ServiceError = clientError("TagException");
export const unsupported: (message: string) => ServiceError = clientError("UnsupportedOperationException");
export const validation: (message: string) => ServiceError = clientError("ValidationException");
export const accessDenied: (message: string) => ServiceError = clientError("AccessDeniedException");

export const disabled = (arn: string): ServiceError =>
  new ServiceError("DisabledException", `${arn} is disabled.`);

export const keyNotFound = (arn: string): ServiceError => notFound(`Key '${arn}' does not exist`);

/** AWS says nothing of what is wrong with a ciphertext. */
export const invalidCiphertext = (): ServiceError => new ServiceError("InvalidCiphertextException", "");

export const incorrectKey = (): ServiceError =>
  new ServiceError(
    "IncorrectKeyException",
    "The key ID in the request does not identify a CMK that can perform this operation.",
  );

export const incompatibleAlgorithm = (algorithm: string, spec: string): ServiceError =>
  invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${spec}.`);

export const invalidGrantToken = (): ServiceError =>
  new ServiceError("InvalidGrantTokenException", "Grant token is invalid.");

export const invalidSignature = (): ServiceError => new ServiceError("KMSInvalidSignatureException", "");
export const invalidMac = (): ServiceError => new ServiceError("KMSInvalidMacException", "");
export const invalidImportToken = (): ServiceError => new ServiceError("InvalidImportTokenException", "");
export const expiredImportToken = (): ServiceError => new ServiceError("ExpiredImportTokenException", "");

export const dryRun = (): ServiceError =>
  new ServiceError(
    "DryRunOperationException",
    "The request would have succeeded, but the DryRun option is set.",
    { status: 412 },
  );

/** What Millrace has no counterpart of, such as enclaves and hardware modules. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `Millrace does not have ${what}.`, { status: 501 });
