/** AWS's limits for DynamoDB, from the service's quotas page and the SDK's documentation. */
export const limits = {
  itemBytes: 409_600,
  /** Levels of lists and maps in an attribute. */
  nestedLevels: 32,
  hashKeyBytes: 2_048,
  rangeKeyBytes: 1_024,
  numberDigits: 38,
  /** Scientific exponents of the largest and the smallest magnitude. */
  maxNumberExponent: 125,
  minNumberExponent: -130,
  expressionBytes: 4_096,
  /** Operators and functions in one expression. */
  expressionOperators: 300,
  inOperands: 100,
  /** Bytes of items that one Query or Scan reads. */
  pageBytes: 1_048_576,
  batchGetItems: 100,
  /** Bytes of items that one BatchGetItem answers. */
  batchGetBytes: 16_777_216,
  batchWriteItems: 25,
  transactItems: 100,
  transactBytes: 4_194_304,
  /** How long a repetition of a transaction is recognized by its token. */
  transactTokenLifeMs: 600_000,
  tablesPerAccount: 2_500,
  globalIndexes: 20,
  localIndexes: 5,
  /** Attributes that all indexes of a table project by name. */
  projectedAttributes: 100,
  tagsPerResource: 50,
  policyBytes: 20_480,
  /** What has expired longer ago than this is left alone. */
  maxExpiredForSeconds: 157_680_000,
} as const;
