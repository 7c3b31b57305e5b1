const kib = 1024;
const mib = 1024 * kib;

/** Every bound of the log kernel, with its unit. What may be set is an option; these are the rest. */
export interface LogLimits {
  /** One batch as handed to `append`, before encryption. */
  readonly maxPayloadBytes: number;
  /** Records of one batch: what Kafka's signed 32-bit counters can hold. */
  readonly maxBatchRecords: number;
  /** Payload parts that are written without being joined first. */
  readonly maxPayloadParts: number;
  /** Appends accepted and not yet settled, per log and per store; beyond it `append` answers LogBusyError. */
  readonly maxQueuedBytesPerLog: number;
  readonly maxQueuedBytesPerStore: number;
  /** One group commit. A single batch may be bigger. */
  readonly maxGroupBytes: number;
  readonly maxGroupFrames: number;
  /** Bytes written and not yet synced in interval mode; beyond it a sync does not wait for its timer. */
  readonly maxUnsyncedBytes: number;
  readonly maxListeners: number;
  readonly maxReadBytes: number;
  readonly minReadBytes: number;
  readonly maxSegmentBytes: number;
  /** The tail cache of a store, shared by its logs. */
  readonly tailCacheBatches: number;
  readonly tailCacheBytes: number;
  /** What a log in memory mode keeps when its retention names no size. */
  readonly memoryLogBytes: number;
  /** Sealed segments kept open for reading (a file handle and an index each), per store. */
  readonly maxOpenReaders: number;
  /** Distance of two entries of a segment's index. */
  readonly indexIntervalBytes: number;
  /** How much is written between two checkpoints, hence how much a recovery scans. */
  readonly checkpointIntervalBytes: number;
  /** Payloads up to this are copied next to their headers: one buffer for a whole group of small appends. */
  readonly smallPayloadBytes: number;
  /** Zeros written ahead of small groups, growing by doubling, so that a sync needs no metadata commit. */
  readonly minExtentBytes: number;
  readonly maxExtentBytes: number;
  /** A group of this size or more is its own extent: writing zeros first would only double the traffic. */
  readonly largeGroupBytes: number;
  /** Bytes checksummed in the search for a valid frame behind a bad one. */
  readonly maxSearchBytes: number;
  readonly scanChunkBytes: number;
  /** A log's name once encoded as a directory name. */
  readonly maxDirectoryNameBytes: number;
}

export const logLimits: LogLimits = Object.freeze({
  maxPayloadBytes: 32 * mib,
  maxBatchRecords: 0x7fff_ffff,
  maxPayloadParts: 16,
  maxQueuedBytesPerLog: 64 * mib,
  maxQueuedBytesPerStore: 256 * mib,
  maxGroupBytes: 8 * mib,
  maxGroupFrames: 1024,
  maxUnsyncedBytes: 16 * mib,
  maxListeners: 1024,
  maxReadBytes: 64 * mib,
  minReadBytes: 64 * kib,
  maxSegmentBytes: 1024 * mib,
  tailCacheBatches: 1024,
  tailCacheBytes: 8 * mib,
  memoryLogBytes: 64 * mib,
  maxOpenReaders: 64,
  indexIntervalBytes: 16 * kib,
  checkpointIntervalBytes: 8 * mib,
  smallPayloadBytes: 4 * kib,
  minExtentBytes: 64 * kib,
  maxExtentBytes: 1 * mib,
  largeGroupBytes: 64 * kib,
  maxSearchBytes: 1024 * mib,
  scanChunkBytes: 1 * mib,
  maxDirectoryNameBytes: 200,
});
