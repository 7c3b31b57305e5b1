import { ServiceError } from "../../core/errors.ts";

/** The errors of IAM. Codes are the names of the model's shapes; the model knows status and wire code. */
export const noSuchEntity = (message: string): ServiceError =>
  new ServiceError("NoSuchEntityException", message, { status: 404 });

export const alreadyExists = (message: string): ServiceError =>
  new ServiceError("EntityAlreadyExistsException", message, { status: 409 });

export const deleteConflict = (message: string): ServiceError =>
  new ServiceError("DeleteConflictException", message, { status: 409 });

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError("LimitExceededException", message, { status: 409 });

export const quotaExceeded = (quota: string, value: number): ServiceError =>
  limitExceeded(`Cannot exceed quota for ${quota}: ${value}`);

export const passwordPolicyViolation = (message: string): ServiceError =>
  new ServiceError("PasswordPolicyViolationException", message);

export const accessDenied = (message: string): ServiceError =>
  new ServiceError("AccessDenied", message, { status: 403 });

export const invalidUserType = (message: string): ServiceError =>
  new ServiceError("InvalidUserTypeException", message);

export const temporarilyUnmodifiable = (message: string): ServiceError =>
  new ServiceError("EntityTemporarilyUnmodifiableException", message, { status: 409 });

export const malformedPolicy = (message: string): ServiceError =>
  new ServiceError("MalformedPolicyDocumentException", message);

export const invalidInput = (message: string): ServiceError =>
  new ServiceError("InvalidInputException", message);

export const validation = (message: string): ServiceError => new ServiceError("ValidationError", message);

export const unmodifiable = (role: string): ServiceError =>
  new ServiceError(
    "UnmodifiableEntityException",
    `Cannot perform the operation on the protected role '${role}' - this role is only modifiable by AWS`,
  );

export const notAttachable = (arn: string): ServiceError =>
  noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);

/** What Millrace does not have, within an operation that it does have. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not implemented by Millrace.`, { status: 501 });
