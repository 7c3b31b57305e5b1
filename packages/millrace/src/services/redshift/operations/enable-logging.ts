import type { EnableLoggingMessage, LoggingStatus } from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LoggingDocument } from "../document.ts";
import { invalidCombination, invalidValue, notImplemented } from "../errors.ts";
import { describeLogging } from "../logging.ts";
import { findAvailable } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

const exports: readonly string[] = ["connectionlog", "userlog", "useractivitylog"];

/** Kept and shown; no log is written. */
export function enableLogging(
  state: RedshiftState,
  input: Input<EnableLoggingMessage>,
  call: Call,
): Promise<LoggingStatus> {
  const logging = loggingOf(input);
  return state.change(async () => {
    const cluster = findAvailable(state, call, input.ClusterIdentifier, "modify");
    await state.commit(call, [state.clusters.put({ ...cluster, logging })]);
    return describeLogging(logging);
  });
}

function loggingOf(input: Input<EnableLoggingMessage>): LoggingDocument {
  const destination = input.LogDestinationType ?? "s3";
  if (destination === "s3table") throw notImplemented("LogDestinationType s3table");
  if (destination !== "s3" && destination !== "cloudwatch")
    throw invalidValue("LogDestinationType must be s3 or cloudwatch.");
  if (destination === "cloudwatch") {
    const wrong = (input.LogExports ?? []).find((log) => !exports.includes(log));
    if (wrong !== undefined) throw invalidValue(`LogExports must be ${exports.join(", ")}; ${wrong} is not.`);
    return { destination, exports: input.LogExports ?? exports };
  }
  const { BucketName: bucket = "", S3KeyPrefix: keyPrefix } = input;
  if (input.LogExports?.length)
    throw invalidCombination("LogExports goes with LogDestinationType cloudwatch.");
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new ServiceError("InvalidS3BucketNameFault", "The S3 bucket name is invalid.");
  return { destination, bucket, ...(keyPrefix === undefined ? {} : { keyPrefix }) };
}
