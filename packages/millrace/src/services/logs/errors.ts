import { ServiceError } from "../../core/errors.ts";

/** The errors of CloudWatch Logs: AWS's code, status 400 and AWS's wording where it is known. */
export const invalidParameter = (message: string): ServiceError =>
  new ServiceError("InvalidParameterException", message);

export const notFound = (message: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", message);

export const alreadyExists = (message: string): ServiceError =>
  new ServiceError("ResourceAlreadyExistsException", message);

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError("LimitExceededException", message);

export const groupNotFound = (): ServiceError => notFound("The specified log group does not exist.");

export const streamNotFound = (): ServiceError => notFound("The specified log stream does not exist.");

/** What CloudWatch Logs can do and Millrace cannot, by name. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not implemented by Millrace.`, { status: 501 });
