import { ServiceError } from "../../core/errors.ts";
import { CatalogError } from "../../kernels/catalog/index.ts";

/** The errors of Glue: AWS's code, status 400 unless said otherwise, AWS's wording. */
const clientError =
  (code: string) =>
  (message: string): ServiceError =>
    new ServiceError(code, message);

export const alreadyExists: (message: string) => ServiceError = clientError("AlreadyExistsException");
const concurrentModification: (message: string) => ServiceError = clientError(
  "ConcurrentModificationException",
);
export const conditionCheckFailure: (message: string) => ServiceError = clientError(
  "ConditionCheckFailureException",
);
export const crawlerNotRunning: (message: string) => ServiceError = clientError("CrawlerNotRunningException");
export const crawlerRunning: (message: string) => ServiceError = clientError("CrawlerRunningException");
export const crawlerStopping: (message: string) => ServiceError = clientError("CrawlerStoppingException");
export const entityNotFound: (message: string) => ServiceError = clientError("EntityNotFoundException");
export const glueEncryption: (message: string) => ServiceError = clientError("GlueEncryptionException");
export const invalidInput: (message: string) => ServiceError = clientError("InvalidInputException");
export const noSchedule: (message: string) => ServiceError = clientError("NoScheduleException");
export const schedulerNotRunning: (message: string) => ServiceError = clientError(
  "SchedulerNotRunningException",
);
export const schedulerRunning: (message: string) => ServiceError = clientError("SchedulerRunningException");
export const resourceNumberLimit: (message: string) => ServiceError = clientError(
  "ResourceNumberLimitExceededException",
);

export const connectionNotFound = (name: string): ServiceError =>
  entityNotFound(`Connection ${name} not found.`);

/** What Millrace has no counterpart of. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `Millrace does not have ${what}.`, { status: 501 });

/** AWS's answer to what the catalog refused; anything else goes through. */
export function catalogRefusal(error: unknown): unknown {
  if (!(error instanceof CatalogError)) return error;
  switch (error.refusal) {
    case "not-found":
      return entityNotFound(error.message);
    case "exists":
      return alreadyExists(error.message);
    case "version-mismatch":
      return concurrentModification("Update table failed due to concurrent modifications.");
    case "invalid":
      return invalidInput(error.message);
    case "limit":
      return resourceNumberLimit(error.message);
  }
}

/** What the catalog answers, with AWS's error when it refuses. */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw catalogRefusal(error);
  }
}
