/** AWS's quotas and limits on what a request may ask for. */
export const limits = {
  /** Items of a page when the caller does not say how many. */
  databasesPerPage: 100,
  tablesPerPage: 100,
  versionsPerPage: 100,
  searchResultsPerPage: 100,
  partitionsPerPage: 1000,
  partitionIndexesPerTable: 3,
} as const;
