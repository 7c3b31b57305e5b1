/** AWS's quotas and limits on what a request may ask for. */
export const limits = {
  /** Items of a page when the caller does not say how many. */
  databasesPerPage: 100,
  tablesPerPage: 100,
  versionsPerPage: 100,
  searchResultsPerPage: 100,
  partitionsPerPage: 1000,
  partitionIndexesPerTable: 3,
  statisticsPerUpdate: 25,
  functionsPerPage: 100,
  functionsLookedThrough: 10_000,
  classifiersPerPage: 100,
  connectionsPerPage: 100,
  catalogsPerPage: 100,
  connectionsPerAccount: 1000,
  tagsPerResource: 50,
  resourcePolicyBytes: 10_240,
} as const;
