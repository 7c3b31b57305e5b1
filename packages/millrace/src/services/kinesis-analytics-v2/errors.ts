import { ServiceError } from "../../core/errors.ts";

/** The errors of Managed Service for Apache Flink. AWS documents when each is thrown, and the words of few. */
type Fault = (message: string) => ServiceError;

const fault =
  (code: string): Fault =>
  (message) =>
    new ServiceError(code, message);

export const invalidArgument: Fault = fault("InvalidArgumentException");
export const invalidRequest: Fault = fault("InvalidRequestException");
export const invalidConfiguration: Fault = fault("InvalidApplicationConfigurationException");
export const invalidCode: Fault = fault("CodeValidationException");
export const resourceInUse: Fault = fault("ResourceInUseException");
export const concurrentModification: Fault = fault("ConcurrentModificationException");
export const limitExceeded: Fault = fault("LimitExceededException");
export const tooManyTags: Fault = fault("TooManyTagsException");
export const unsupported: Fault = fault("UnsupportedOperationException");
export const throughputExceeded: Fault = fault("ResourceProvisionedThroughputExceededException");
const notFound: Fault = fault("ResourceNotFoundException");

export const serviceUnavailable = (message: string, cause?: unknown): ServiceError =>
  new ServiceError("ServiceUnavailableException", message, { status: 503, cause });

export const applicationNotFound: Fault = (name) => notFound(`Application ${name} not found.`);

export const snapshotNotFound = (snapshot: string, name: string): ServiceError =>
  notFound(`Snapshot ${snapshot} of application ${name} not found.`);

export const operationNotFound = (operation: string, name: string): ServiceError =>
  notFound(`Operation ${operation} of application ${name} not found.`);

export const versionNotFound = (version: number, name: string): ServiceError =>
  notFound(`Version ${version} of application ${name} not found.`);

export const partNotFound = (kind: string, id: string, name: string): ServiceError =>
  notFound(`${kind} ${id} of application ${name} not found.`);

/** The SDKs' retries and Terraform look for these words. */
export const cannotAssume = (role: string): ServiceError =>
  invalidArgument(
    `Kinesis Analytics service doesn't have sufficient privileges to assume the role ${role}, or the role does not exist.`,
  );

/** Terraform looks for the first sentence. */
export const codeNotReadable = (bucketArn: string, key: string, reason: string): ServiceError =>
  invalidArgument(
    "Please check the role provided or validity of S3 location you provided. We are unable to get the specified " +
      `fileKey: ${key} in the specified bucket: ${bucketArn} (${reason})`,
  );

export const schemaNotDetected = (
  message: string,
  members: {
    readonly RawInputRecords: readonly string[];
    readonly ProcessedInputRecords?: readonly string[];
  },
): ServiceError => new ServiceError("UnableToDetectSchemaException", message, { members });
