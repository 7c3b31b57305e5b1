import { ServiceError } from "../../core/errors.ts";

/** The errors of the Redshift Data API, with AWS's wording where that is known. */
type Fault = (message: string) => ServiceError;

export const invalid: Fault = (message) => new ServiceError("ValidationException", message);

/** The model says 404; the service answers 400, as JSON protocols do. */
const notFound = (message: string, ResourceId: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", message, { members: { ResourceId } });

/** Also for a statement of somebody else. */
export const statementNotFound: Fault = (id) => notFound("Query does not exist.", id);

/** It has not ended, has failed, or gave no rows. */
export const noResult: Fault = (id) =>
  notFound("Query does not have result. Please check query status with DescribeStatement.", id);

export const sessionNotFound: Fault = (id) => notFound("Session does not exist.", id);

export const noEndpoint = (): ServiceError => invalid("Redshift endpoint doesn't exist in this region.");

export const tooManyStatements = (allowed: number): ServiceError =>
  new ServiceError(
    "ActiveStatementsExceededException",
    `The number of active statements exceeds the limit of ${allowed}.`,
  );

export const tooManySessions = (allowed: number): ServiceError =>
  new ServiceError(
    "ActiveSessionsExceededException",
    `The number of active sessions exceeds the limit of ${allowed}.`,
  );

export const tooManyWaiting = (allowed: number): ServiceError =>
  new ServiceError(
    "ActiveWaitingRequestsExceededException",
    `The number of active requests with WaitTimeSeconds for this statement exceeds the limit of ${allowed}.`,
  );

export const connectionFailed: Fault = (message) =>
  new ServiceError("DatabaseConnectionException", message, { status: 500 });

/** What Millrace does not have, within an operation that it does have. */
export const notImplemented: Fault = (what) =>
  new ServiceError("NotImplemented", `${what} is not implemented by Millrace.`, { status: 501 });
