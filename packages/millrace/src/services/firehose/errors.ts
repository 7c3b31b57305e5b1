import { ServiceError } from "../../core/errors.ts";

/** The errors of Data Firehose: AWS's code, status 400 unless said otherwise, AWS's wording where it is known. */
export const invalidArgument = (message: string): ServiceError =>
  new ServiceError("InvalidArgumentException", message);

export const resourceInUse = (message: string): ServiceError =>
  new ServiceError("ResourceInUseException", message);

const resourceNotFound = (message: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", message);

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError("LimitExceededException", message);

export const streamNotFound = (name: string, account: string): ServiceError =>
  resourceNotFound(`Firehose ${name} under account ${account} not found.`);

export const streamExists = (name: string, account: string): ServiceError =>
  resourceInUse(`Firehose ${name} under accountId ${account} already exists`);

export const streamNotActive = (name: string, account: string): ServiceError =>
  resourceNotFound(`Firehose ${name} is not active in ${account} account.`);

export const concurrentModification = (name: string, current: number, specified: string): ServiceError =>
  new ServiceError(
    "ConcurrentModificationException",
    `Cannot update firehose: ${name} since the current version id: ${current} and specified version id: ` +
      `${specified} do not match`,
  );

/** Also what a client sees while the records that wait for their delivery fill the space that they may take. */
export const slowDown = (cause?: unknown): ServiceError =>
  new ServiceError("ServiceUnavailableException", "Slow down.", { status: 503, cause });

/** Something of AWS that Millrace does not have: refused where a client asks for it. */
export const notSupported = (message: string): ServiceError => invalidArgument(message);
