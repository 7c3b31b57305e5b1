import type { FailedRecord } from "../../../kernels/delivery/index.ts";

/** The output type of records that could not be converted; AWS writes their lines in another way. */
export const conversionFailed = "format-conversion-failed";
export const processingFailed = "processing-failed";

/**
 * One line of the error output: a JSON document with the members that AWS writes, in its order. What only one
 * kind of failure has (`lambdaARN`, `dataCatalogTable`, ...) stands at the end.
 */
export function errorLine(failed: FailedRecord): Buffer {
  const { record, attemptsMade, errorCode, errorMessage, attemptEndedMs, details = {} } = failed;
  const isConversion = failed.outputType === conversionFailed;
  const line = {
    attemptsMade,
    arrivalTimestamp: record.arrivalTimeMs,
    ...(isConversion
      ? { lastErrorCode: errorCode, lastErrorMessage: errorMessage }
      : { errorCode, errorMessage }),
    attemptEndingTimestamp: attemptEndedMs,
    rawData: record.data.toString("base64"),
    ...(isConversion
      ? {
          sequenceNumber: record.origin?.sequenceNumber ?? null,
          subSequenceNumber: record.origin?.subSequenceNumber ?? null,
        }
      : {}),
    ...details,
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}
