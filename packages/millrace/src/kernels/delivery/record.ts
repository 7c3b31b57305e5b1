import type { Offset } from "../log/port.ts";

/** One record on its way from a source to a destination. */
export interface DeliveryRecord {
  /** Not to be changed: a retry, a backup or the log's cache may hold the same bytes. */
  readonly data: Buffer;
  /** When the source took it, in milliseconds since the epoch. */
  readonly arrivalTimeMs: number;
  /** Its place in the log that the consumer reads. Records made of one record share its offset. */
  readonly offset: Offset;
  /** Where a stream's record comes from; undefined for what was put directly. */
  readonly origin?: RecordOrigin;
  /** Values for `!{partitionKeyFromQuery:name}` and `!{partitionKeyFromLambda:name}`. */
  readonly partitionKeys?: PartitionKeys;
}

export interface RecordOrigin {
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  readonly shardId: string;
  /** Place inside an aggregated record. */
  readonly subSequenceNumber?: number;
}

export interface PartitionKeys {
  readonly query?: Readonly<Record<string, string>>;
  readonly lambda?: Readonly<Record<string, string>>;
}

/** A record that could not be processed, encoded or delivered, as the error output shows it. */
export interface FailedRecord {
  /** As it stood before the step that failed. */
  readonly record: DeliveryRecord;
  /** What `!{firehose:error-output-type}` stands for: `processing-failed`, `format-conversion-failed`, ... */
  readonly outputType: string;
  /** `Lambda.FunctionError`, `DataFormatConversion.ParseError`, ... */
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly attemptsMade: number;
  /** When the last attempt ended, in milliseconds since the epoch. */
  readonly attemptEndedMs: number;
  /** Members of the error output that only this step has, such as `lambdaArn`. */
  readonly details?: Readonly<Record<string, unknown>>;
}
