/** AWS's limits for Kinesis Data Streams, from the service's quotas page and the SDK's documentation. */
export const limits = {
  /** Shards of an account in a region, provisioned streams only; AWS's default in its largest regions. */
  shardsPerAccount: 20_000,
  /** Most shards that a stream may be scaled to. */
  shardsPerStream: 10_000,
  onDemandStreams: 50,
  onDemandStartShards: 4,
  tagsPerResource: 50,
  consumersPerStream: 20,
  consumersPerCommittedOnDemandStream: 50,
  consumersCreatingAtOnce: 5,
  /** One to a general purpose bucket, one to streaming tables. */
  channelsPerStream: 2,
  channelsPerPage: 100,
  minFreshnessSeconds: 300,
  maxFreshnessSeconds: 900,
  /** Of an expanded template: S3's 1,024 characters without the unique suffix. */
  keyTemplateCharacters: 986,
  shardCountChangesPerDay: 10,
  modeChangesPerDay: 2,
  minRetentionHours: 24,
  maxRetentionHours: 8760,
  minRecordKiB: 1024,
  maxRecordKiB: 10_240,
  /** Keys and data of one PutRecords call. */
  putRecordsBytes: 10_485_760,
  getRecordsBytes: 10_485_760,
  getRecordsCount: 10_000,
  /** Keys and data of one pushed event. A single larger record still goes out. */
  eventBytes: 1_048_576,
  iteratorLifeMs: 300_000,
  pageTokenLifeMs: 300_000,
  subscriptionLifeMs: 300_000,
  /** A second subscription within this time of the first is refused; later it takes over. */
  resubscribeAfterMs: 5_000,
  /** The longest silence on a subscription. */
  eventIntervalMs: 5_000,
  shardWriteBytesPerSecond: 1_048_576,
  shardWriteRecordsPerSecond: 1_000,
  shardReadBytesPerSecond: 2_097_152,
  shardReadsPerSecond: 5,
  maxWarmThroughputMiBps: 10_240,
  committedDaysMs: 2_592_000_000,
} as const;
