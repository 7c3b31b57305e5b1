const kib = 1024;
const mib = 1024 * kib;

/** Every bound of the delivery kernel, with its unit. */
export interface DeliveryLimits {
  /**
   * Records that some consumer has not delivered yet; above it `append` answers BacklogFullError. Above half of
   * it buffers are delivered before they are full.
   */
  readonly maxBacklogBytes: number;
  /** Of one batch that a stage appends, with all that goes with the records. */
  readonly maxAppendBytes: number;
  /** Of payload; how much of a log is in memory for one consumer at a time. */
  readonly maxReadBytes: number;
  /** Consumers, of all pipelines together, that hold what they have read. */
  readonly maxReaders: number;
  /** Deliveries of one consumer at a time. */
  readonly maxInFlight: number;
  /** Closed buffers that are not delivered; above it a consumer stops reading. */
  readonly maxClosedBuffers: number;
  /** Of records' data in them; above it a consumer stops reading, once there are two. */
  readonly maxClosedBytes: number;
  /** Partitions that are ahead of the low-water mark; above it a consumer stops reading. */
  readonly maxPartitionsAhead: number;
  /** Records above the low-water mark that overflowed the active partitions; above it a consumer stops reading. */
  readonly maxClaims: number;
  /** How much of a log is delivered before it is trimmed, and how much when nothing else is left in it. */
  readonly trimStepBytes: number;
  readonly idleTrimBytes: number;
  readonly firstRetryDelayMs: number;
  readonly maxRetryDelayMs: number;
  /** Before a consumer or a stage that failed on its own begins again. */
  readonly firstRestartDelayMs: number;
  /** What a stage appends at a time; records made of one record stay together all the same. */
  readonly maxStagedBytes: number;
  /** Staged and not in a buffer; above it a stage waits. */
  readonly maxStagedBacklogBytes: number;
  readonly segmentMaxBytes: number;
}

export const deliveryLimits: DeliveryLimits = Object.freeze({
  maxBacklogBytes: 4096 * mib,
  maxAppendBytes: 31 * mib,
  maxReadBytes: 4 * mib,
  maxReaders: 16,
  maxInFlight: 8,
  maxClosedBuffers: 1024,
  maxClosedBytes: 64 * mib,
  maxPartitionsAhead: 10_000,
  maxClaims: 1_000_000,
  trimStepBytes: 32 * mib,
  idleTrimBytes: 1 * mib,
  firstRetryDelayMs: 500,
  maxRetryDelayMs: 60_000,
  firstRestartDelayMs: 500,
  maxStagedBytes: 8 * mib,
  maxStagedBacklogBytes: 64 * mib,
  segmentMaxBytes: 16 * mib,
});

const memoryBacklogBytes = 128 * mib;

/** Where logs lie in memory, a destination that fails must not fill it. */
export function deliveryLimitsFor(durability: { readonly mode: string }): DeliveryLimits {
  if (durability.mode !== "memory") return deliveryLimits;
  return { ...deliveryLimits, maxBacklogBytes: memoryBacklogBytes };
}
