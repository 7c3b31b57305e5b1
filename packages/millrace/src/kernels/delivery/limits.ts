const kib = 1024;
const mib = 1024 * kib;

/** Every bound of the delivery kernel, with its unit. */
export interface DeliveryLimits {
  /** Records that some consumer has not delivered yet; above it `append` answers BacklogFullError. */
  readonly maxBacklogBytes: number;
  /** Of one `append`. */
  readonly maxAppendBytes: number;
  readonly maxAppendRecords: number;
  /** Of payload; how much of a log is in memory for one consumer at a time. */
  readonly maxReadBytes: number;
  /** Consumers, of all pipelines together, that hold what they have read. */
  readonly maxReaders: number;
  /** Deliveries of one consumer at a time. */
  readonly maxInFlight: number;
  /** Closed buffers that wait for their delivery; above either, a consumer stops reading. */
  readonly maxClosedBuffers: number;
  readonly maxClosedBytes: number;
  /** Partitions that are ahead of the low-water mark; above it a consumer stops reading. */
  readonly maxPartitionsAhead: number;
  /** Records in a buffer of records that overflowed the active partitions. */
  readonly maxOverflowRecords: number;
  /** How much is delivered before the log is trimmed. */
  readonly trimStepBytes: number;
  readonly firstRetryDelayMs: number;
  readonly maxRetryDelayMs: number;
  /** What a stage appends at a time. */
  readonly maxStagedBytes: number;
  readonly segmentMaxBytes: number;
}

export const deliveryLimits: DeliveryLimits = Object.freeze({
  maxBacklogBytes: 1024 * mib,
  maxAppendBytes: 31 * mib,
  maxAppendRecords: 10_000,
  maxReadBytes: 4 * mib,
  maxReaders: 16,
  maxInFlight: 8,
  maxClosedBuffers: 1024,
  maxClosedBytes: 512 * mib,
  maxPartitionsAhead: 10_000,
  maxOverflowRecords: 65_536,
  trimStepBytes: 8 * mib,
  firstRetryDelayMs: 500,
  maxRetryDelayMs: 60_000,
  maxStagedBytes: 8 * mib,
  segmentMaxBytes: 16 * mib,
});
