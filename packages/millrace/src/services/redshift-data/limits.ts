/** https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html, where nothing else is said. */
export const limits = {
  sqlBytes: 102_400,
  /** SUBMITTED, PICKED and STARTED, of one cluster. */
  activeStatements: 500,
  /** Of one cluster. */
  activeSessions: 500,
  /** Of a query. */
  durationMs: 86_400_000,
  resultBytes: 524_288_000,
  rowBytes: 65_536,
  /** Statements, their results and closed sessions are forgotten after it; the longest life of a session. */
  retentionMs: 86_400_000,
  tokenLifeMs: 28_800_000,
  /** Millrace's own: rows of one answer. */
  pageBytes: 1_048_576,
  /** Millrace's own: statements without a session that run at the same time, of all clusters. */
  runningStatements: 32,
  /** Millrace's own: requests that wait for one statement. */
  waitingRequests: 50,
  /** Millrace's own: the oldest ended statements go before their time. */
  keptStatements: 100_000,
  /** Millrace's own: the oldest results go before their time. */
  keptResultBytes: 10_737_418_240,
  defaultListedStatements: 100,
  defaultListedNames: 1_000,
} as const;
