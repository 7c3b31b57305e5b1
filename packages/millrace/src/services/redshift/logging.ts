import type { LoggingStatus } from "@aws-sdk/client-redshift";
import type { LoggingDocument } from "./document.ts";

/** Whether and where a cluster is to log. No delivery is ever shown, as there is none. */
export function describeLogging(logging: LoggingDocument | undefined): LoggingStatus {
  if (logging === undefined) return { LoggingEnabled: false };
  const { destination, bucket, keyPrefix, exports } = logging;
  return {
    LoggingEnabled: true,
    LogDestinationType: destination,
    ...(bucket === undefined ? {} : { BucketName: bucket }),
    ...(keyPrefix === undefined ? {} : { S3KeyPrefix: keyPrefix }),
    ...(exports === undefined ? {} : { LogExports: [...exports] }),
  };
}
