import type { BufferHints, Processor } from "./processor.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";
import type { BatchEncoder, BatchIdentity, Partition, Sink } from "./sink.ts";

/** What a pipeline does with its records. */
export interface PipelinePlan {
  /** Names differ. A consumer that is new begins with what is appended from then on. */
  readonly consumers: readonly ConsumerPlan[];
}

/** What one consumer of the buffered records does with them. */
export interface ConsumerPlan {
  /** `destination`, `backup`: the name under which its position is kept. */
  readonly name: string;
  /** In order; closed with the consumer. */
  readonly processors: readonly Processor[];
  /** Undefined: one partition. */
  readonly partitioning?: Partitioning;
  /** For each partition on its own. */
  readonly hints: BufferHints;
  readonly sink: Sink;
  encoder(identity: BatchIdentity): BatchEncoder;
  /**
   * How long a failing delivery is tried again, counting the pauses between attempts and not the attempts;
   * undefined: for ever. 0 gives up after the first attempt. When it is given, the encoder's batches carry
   * their `records`, which go to the error output.
   */
  readonly retryMs?: number;
  /** Where failed records go. Never given up: nothing is committed before they are there. */
  readonly errors: ErrorOutput;
}

export interface Partitioning {
  /** Above it, records of further partitions fail. */
  readonly maxActivePartitions: number;
  partitionOf(record: DeliveryRecord): Partition | FailedRecord;
  overflow(record: DeliveryRecord, partition: Partition): FailedRecord;
}

export interface ErrorOutput {
  readonly hints: BufferHints;
  readonly sink: Sink;
  /** The line of the error output. */
  format(failed: FailedRecord): Buffer;
  encoder(identity: BatchIdentity): BatchEncoder;
  /** The output type of records that the sink gave up: `http-endpoint-failed`, ... */
  readonly deliveryFailedType: string;
}

/** Told about what happens, for metrics and the error log. Its calls must neither throw nor wait. */
export interface DeliveryObserver {
  received(records: number, bytes: number): void;
  /** Also of the error output: then the partition has an `errorOutputType`. */
  delivered(consumer: string, batch: DeliveredBatch): void;
  attemptFailed(consumer: string, errorCode: string, errorMessage: string): void;
  recordsFailed(consumer: string, failed: readonly FailedRecord[]): void;
  processed(consumer: string, records: number, bytes: number, durationMs: number): void;
}

export interface DeliveredBatch {
  readonly partition: Partition;
  readonly records: number;
  /** Of records' data, before compression. */
  readonly bytes: number;
  readonly encodedBytes: number;
  readonly firstArrivalTimeMs: number;
  /** Where it lies now, if its destination says so: `s3://bucket/key`. */
  readonly place?: string | undefined;
  /** From the beginning of the first attempt. */
  readonly durationMs: number;
}
