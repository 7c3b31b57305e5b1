/** AWS's limits for CloudWatch metrics, from the service's quotas page and the SDK's documentation. */
export const limits = {
  datumsPerPut: 1_000,
  valuesPerDatum: 150,
  /** Magnitude of a value: 2^360. */
  maxMagnitude: 2.3485425827738332e108,
  pastMs: 1_209_600_000,
  futureMs: 7_200_000,
  queriesPerGet: 500,
  dataPointsPerGet: 100_800,
  dataPointsPerStatisticsCall: 1_440,
  metricsPerPage: 500,
  /** A metric without new data is not listed any longer. */
  listedMs: 1_209_600_000,
  /** What `RecentlyActive=PT3H` means. */
  recentMs: 10_800_000,
  pageTokenLifeMs: 86_400_000,
  /** Different values that one data point keeps for percentiles; more are rounded to a grid. */
  valuesPerPoint: 512,
  /** How often services' metrics are written. */
  flushMs: 15_000,
  /** Sums of past minutes that wait to be written; more are dropped, and that is logged. */
  waitingPoints: 100_000,
  /** How often expired points are looked for, and in how many series at a time. */
  sweepMs: 60_000,
  seriesPerSweep: 500,
  /** Windows without data that one GetMetricData call steps over before it answers an empty page. */
  emptyWindows: 64,
  /** Alarms of an account in a region. */
  alarms: 5_000,
  /** The longest stretch that an alarm may look at. */
  alarmSpanSeconds: 604_800,
  evaluationMs: 10_000,
  /** How long the history of alarms is kept. */
  historyMs: 2_592_000_000,
} as const;

/** Resolutions in which a metric is kept, in seconds, and for how long, as AWS keeps them. */
export const tiers = [
  { seconds: 1, keptMs: 10_800_000 },
  { seconds: 60, keptMs: 1_296_000_000 },
  { seconds: 300, keptMs: 5_443_200_000 },
  { seconds: 3_600, keptMs: 39_312_000_000 },
] as const;
