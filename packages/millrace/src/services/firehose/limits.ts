/** AWS's limits for Data Firehose, from the service's quotas page and the SDK's documentation. */
export const limits = {
  /** Delivery streams of an account in a region; AWS's default in its largest regions. */
  streamsPerRegion: 5_000,
  tagsPerStream: 50,
  /** Of data in one PutRecordBatch. */
  batchBytes: 4_194_304,
  /** Starts and stops of encryption in a rolling 24 hours. */
  encryptionChangesPerDay: 25,
  /** What ListDeliveryStreams answers when it is not told. */
  listedStreams: 10,
  processors: 5,
  /** Characters of a prefix, its expressions evaluated. */
  prefixChars: 512,
  activePartitions: 500,
  maxLambdaRetries: 300,
  maxLambdaIntervalSeconds: 900,
  minLambdaBufferMBs: 0.2,
  maxLambdaBufferMBs: 3,
  /** The least buffer of a destination that converts formats or partitions. */
  minLargeBufferMBs: 64,
} as const;

export const dayMs = 86_400_000;
export const bytesPerMiB = 1_048_576;
