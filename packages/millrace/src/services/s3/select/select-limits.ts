/** What bounds a query: AWS's limits for S3 Select, and our own for what AWS leaves open. */
export const selectLimits = {
  expressionBytes: 262_144,
  /** Parentheses, function calls and the like inside each other. */
  expressionDepth: 100,
  /** Of one statement. */
  expressionOperators: 2_000,
  /** Of an input or output record; AWS documents 1 MB. */
  recordBytes: 1_048_576,
  /** The payload of one Records event. */
  recordsEventBytes: 1_048_576,
  /** Columns of a CSV record. */
  csvColumns: 65_536,
  /** A JSON document as a whole is held in memory when it is one record. */
  jsonRecordBytes: 16_777_216,
  /** Of values inside each other, in what is written. */
  jsonDepth: 500,
  /** Between two Progress or Cont events. */
  heartbeatMs: 1_000,
  /** Records between two looks at the clock and at the client. */
  recordsPerTurn: 4_096,
  /** What the engine that reads Parquet may use, in one query. */
  parquetMemoryBytes: 268_435_456,
  parquetThreads: 2,
  /** Of an object that has to be decrypted into a file first. */
  parquetSpoolBytes: 4_294_967_296,
  /** Queries that read Parquet at the same time; others wait. */
  parquetQueries: 2,
  likePatternCharacters: 1_000,
  /** A pattern of TO_STRING or TO_TIMESTAMP. */
  timestampPatternCharacters: 1_000,
  decimalDigits: 38,
  /** Beyond this exponent a decimal is refused. */
  decimalExponent: 1_000,
} as const;
