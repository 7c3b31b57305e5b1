/** AWS's limits for S3, from the user guide's pages on quotas, multipart uploads, metadata and tags. */
export const limits = {
  bucketsPerAccount: 10_000,
  bucketsPerPage: 10_000,
  keyBytes: 1_024,
  /** Names and values of user metadata together. */
  metadataBytes: 2_048,
  tagsPerObject: 10,
  tagKeyChars: 128,
  tagValueChars: 256,
  /** One PutObject, one part, or one copy. */
  putBytes: 5_368_709_120,
  /** Of all parts but the last. */
  minPartBytes: 5_242_880,
  parts: 10_000,
  objectBytes: 54_975_581_388_800,
  deletesPerRequest: 1_000,
  keysPerPage: 1_000,
  uploadsPerPage: 1_000,
  partsPerPage: 1_000,
  versionIdChars: 1_024,
  grantsPerAcl: 100,
  policyBytes: 20_480,
  corsRules: 100,
  corsRuleIdChars: 255,
  lifecycleRules: 1_000,
  lifecycleRuleIdChars: 255,
  newerNoncurrentVersions: 100,
  /** In a lifecycle rule's filter: the largest object there may be. */
  filterBytes: 1_099_511_627_776_000,
  tagsPerBucket: 50,
  notificationRules: 100,
  /** Of default retention, in days and in years. */
  retentionDays: 36_500,
  retentionYears: 100,
} as const;
