/** AWS's limits for CloudWatch Logs, from the service's quotas page and the SDK's documentation. */
export const limits = {
  batchBytes: 1_048_576,
  eventBytes: 1_048_576,
  /** What an event counts beside its message. */
  eventOverheadBytes: 26,
  batchEvents: 10_000,
  batchSpanMs: 86_400_000,
  pastMs: 1_209_600_000,
  futureMs: 7_200_000,
  answerEvents: 10_000,
  /** Messages in one answer; the first one comes even when it alone is bigger. */
  answerBytes: 1_048_576,
  /** What one FilterLogEvents call looks at before it answers with a token to go on. */
  scannedEvents: 20_000,
  scannedBytes: 8_388_608,
  tagsPerGroup: 50,
  metricFiltersPerGroup: 100,
  resourcePolicies: 10,
  pageTokenLifeMs: 86_400_000,
  /** How often expired and deleted events are removed, and how many at a time. */
  sweepMs: 60_000,
  eventsPerSweep: 10_000,
} as const;

/** Retention in days that AWS offers. */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const dayMs = 86_400_000;
