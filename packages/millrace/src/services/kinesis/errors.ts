import { ServiceError } from "../../core/errors.ts";

/** The errors of Kinesis Data Streams: AWS's code, status 400 and AWS's wording. */
export const invalidArgument = (message: string): ServiceError =>
  new ServiceError("InvalidArgumentException", message);

export const validation = (message: string): ServiceError => new ServiceError("ValidationException", message);

/** A required member that the model leaves optional, in the wording of the gateway's own check. */
export const missingMember = (member: string): ServiceError =>
  validation(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );

export const resourceNotFound = (message: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", message);

export const resourceInUse = (message: string): ServiceError =>
  new ServiceError("ResourceInUseException", message);

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError("LimitExceededException", message);

export const streamNotFound = (name: string, account: string): ServiceError =>
  resourceNotFound(`Stream ${name} under account ${account} not found.`);

export const streamNotActive = (name: string, account: string, status: string): ServiceError =>
  resourceInUse(`Stream ${name} under account ${account} not ACTIVE, instead in state ${status}`);

export const shardNotFound = (shardId: string, stream: string, account: string): ServiceError =>
  resourceNotFound(`Could not find shard ${shardId} in stream ${stream} under account ${account}.`);

export const shardDoesNotExist = (shardId: string, stream: string, account: string): ServiceError =>
  resourceNotFound(`Shard ${shardId} in stream ${stream} under account ${account} does not exist`);

export const consumerNotFound = (what: string, account: string): ServiceError =>
  resourceNotFound(`Consumer ${what}, account ${account} not found.`);

export const channelNotFound = (arn: string, account: string): ServiceError =>
  resourceNotFound(`Channel ${arn} under account ${account} not found.`);

export const throughputExceeded = (shardId: string, stream: string, account: string): ServiceError =>
  new ServiceError(
    "ProvisionedThroughputExceededException",
    `Rate exceeded for shard ${shardId} in stream ${stream} under account ${account}.`,
  );

export const dryRun = (operation: string): ServiceError =>
  new ServiceError(
    "DryRunOperationException",
    `The ${operation} request would have succeeded, but the DryRun parameter is set.`,
  );

export const shardLimitExceeded = (details: {
  account: string;
  region: string;
  current: number;
  limit: number;
  additional: number;
}): ServiceError =>
  limitExceeded(
    `This request would exceed the shard limit for the account ${details.account} in ${details.region}. ` +
      `Current shard count for the account: ${details.current}. Limit: ${details.limit}. Number of additional ` +
      `shards that would have resulted from this request: ${details.additional}. Refer to the AWS Service Limits ` +
      "page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to " +
      "request higher limits.",
  );

/** What PutRecord throws for an error that PutRecords would report of the single record. */
export const recordError = (code = "InternalFailure", message = "Internal service failure."): ServiceError =>
  code === "InternalFailure"
    ? new ServiceError("InternalFailure", message, { status: 500 })
    : new ServiceError(code, message);

export const expiredIterator = (createdMs: number, nowMs: number): ServiceError =>
  new ServiceError(
    "ExpiredIteratorException",
    `Iterator expired. The iterator was created at time ${longDate(createdMs)} while right now it is ` +
      `${longDate(nowMs)} which is further in the future than the tolerated delay of 300000 milliseconds.`,
  );

/** `Thu Jan 22 01:22:02 UTC 2015`, the form of AWS's text. */
function longDate(timeMs: number): string {
  const [weekday, day, month, year, time] = new Date(timeMs).toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
