import { ServiceError } from "../../core/errors.ts";

/** The errors of CloudWatch: AWS's code, status 400 and AWS's wording where it is known. */
export const invalidValue = (message: string): ServiceError =>
  new ServiceError("InvalidParameterValueException", message);

export const invalidCombination = (message: string): ServiceError =>
  new ServiceError("InvalidParameterCombinationException", message);

export const missingParameter = (message: string): ServiceError =>
  new ServiceError("MissingRequiredParameterException", message);

export const validation = (message: string): ServiceError => new ServiceError("ValidationError", message);

export const invalidToken = (): ServiceError =>
  new ServiceError("InvalidNextToken", "The next token specified is invalid.");

/** What CloudWatch can do and Millrace cannot, by name. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not implemented by Millrace.`, { status: 501 });

export const alarmNotFound = (name: string): ServiceError =>
  new ServiceError("ResourceNotFound", `Alarm ${name} does not exist`, { status: 404 });
