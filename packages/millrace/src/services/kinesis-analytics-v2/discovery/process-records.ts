import { FunctionError, type Functions } from "../../../core/functions-port.ts";
import type { Call } from "../../../gateway/call.ts";
import type { SampledRecord } from "../dependencies.ts";
import { invalidArgument } from "../errors.ts";

interface ProcessedRecord {
  readonly recordId?: unknown;
  readonly result?: unknown;
  readonly data?: unknown;
}

/**
 * What a function makes of records, in the form of preprocessing functions:
 * https://docs.aws.amazon.com/kinesisanalytics/latest/dev/lambda-preprocessing-data-model.html
 * @throws ServiceError InvalidArgumentException
 */
export async function processedTexts(
  functions: Functions,
  functionArn: string,
  records: readonly SampledRecord[],
  call: Call,
): Promise<string[]> {
  const payload = JSON.stringify({
    invocationId: call.requestId,
    applicationArn: `arn:aws:kinesisanalytics:${call.region}:${call.account}:*`,
    streamArn: records[0]?.shardId,
    records: records.map((record, index) => ({
      recordId: String(index),
      kinesisStreamRecordMetadata: {
        sequenceNumber: record.sequenceNumber,
        partitionKey: record.partitionKey,
        shardId: record.shardId,
        approximateArrivalTimestamp: record.arrivalMs,
      },
      data: record.data.toString("base64"),
    })),
  });
  let answer: unknown;
  try {
    answer = JSON.parse(
      (await functions.invoke(functionArn, Buffer.from(payload), call.signal)).toString("utf8"),
    );
  } catch (error) {
    if (error instanceof FunctionError || error instanceof SyntaxError)
      throw invalidArgument(`The function ${functionArn} did not process the records: ${error.message}`);
    throw error;
  }
  return textsOf(functionArn, answer);
}

function textsOf(functionArn: string, answer: unknown): string[] {
  const records = (answer as { readonly records?: unknown } | null)?.records;
  if (!Array.isArray(records)) throw invalidArgument(`The function ${functionArn} answered no records.`);
  return (records as readonly (ProcessedRecord | null)[])
    .filter((record) => record?.result === "Ok" && typeof record.data === "string")
    .map((record) => Buffer.from(String(record?.data), "base64").toString("utf8"));
}
