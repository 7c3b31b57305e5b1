import { ServiceError } from "../../core/errors.ts";

/** The errors of DynamoDB: AWS's code, status 400 and AWS's wording. */
export const validation = (message: string): ServiceError => new ServiceError("ValidationException", message);

export const invalidParameter = (message: string): ServiceError =>
  validation(`One or more parameter values were invalid: ${message}`);

/** A required member that the model leaves optional, in the wording of the gateway's own check. */
export const missingMember = (member: string): ServiceError =>
  validation(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );

export const resourceNotFound = (message = "Requested resource not found"): ServiceError =>
  new ServiceError("ResourceNotFoundException", message);

export const tableNotFound = (name: string): ServiceError =>
  resourceNotFound(`Requested resource not found: Table: ${name} not found`);

/** What the operations on backups answer where the others say ResourceNotFoundException. */
export const backupTableNotFound = (name: string): ServiceError =>
  new ServiceError("TableNotFoundException", `Table not found: ${name}`);

export const resourceInUse = (message: string): ServiceError =>
  new ServiceError("ResourceInUseException", message);

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError("LimitExceededException", message);

/** `item` is the item as it is, when the caller asked for it. */
export const conditionFailed = (item?: unknown): ServiceError =>
  new ServiceError("ConditionalCheckFailedException", "The conditional request failed", {
    members: item === undefined ? {} : { Item: item },
  });

export const keyMismatch = (): ServiceError =>
  validation("The provided key element does not match the schema");

export const itemTooLarge = (): ServiceError => validation("Item size has exceeded the maximum allowed size");

/** A part of the service that Millrace does not have, asked for by a member of a call that it has. */
export const unsupported = (what: string): ServiceError =>
  validation(`${what} is not supported by Millrace.`);
