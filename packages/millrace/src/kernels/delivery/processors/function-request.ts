import type { DeliveryRecord } from "../record.ts";

/** Where the records of a request come from. */
export interface FunctionSource {
  readonly deliveryStreamArn: string;
  readonly region: string;
  /** The Kinesis stream behind it. */
  readonly streamArn?: string | undefined;
}

/** Firehose's request to a function, as docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html shows it. */
export function requestPayload(
  records: readonly DeliveryRecord[],
  source: FunctionSource,
  invocationId: string,
): Buffer {
  const request = {
    invocationId,
    ...(source.streamArn === undefined ? {} : { sourceKinesisStreamArn: source.streamArn }),
    deliveryStreamArn: source.deliveryStreamArn,
    region: source.region,
    records: records.map((record, index) => ({
      recordId: recordIdOf(record, index),
      approximateArrivalTimestamp: record.arrivalTimeMs,
      data: record.data.toString("base64"),
      ...(record.origin === undefined
        ? {}
        : {
            kinesisRecordMetadata: {
              sequenceNumber: record.origin.sequenceNumber,
              subsequenceNumber: record.origin.subSequenceNumber ?? 0,
              partitionKey: record.origin.partitionKey,
              shardId: record.origin.shardId,
              approximateArrivalTimestamp: record.arrivalTimeMs,
            },
          }),
    })),
  };
  return Buffer.from(JSON.stringify(request));
}

/** Unique in a request and the same in each attempt. */
export function recordIdOf(record: DeliveryRecord, index: number): string {
  return `${String(record.offset).padStart(48, "0")}${String(index).padStart(8, "0")}`;
}
