/** https://docs.aws.amazon.com/managed-flink/latest/java/limits.html, where nothing else is said. */
export const limits = {
  /** Of an account in a region. */
  applications: 100,
  snapshots: 1_000,
  tags: 50,
  kpus: 64,
  parallelismPerKpu: 8,
  /** Inputs and reference data sources of a SQL-1_0 application. */
  inputs: 1,
  outputs: 3,
  referenceDataSources: 1,
  loggingOptions: 1,
  vpcConfigurations: 1,
  propertyGroups: 50,
  /** The sum of a group's keys and values, in UTF-8. */
  propertyBytes: 50_000,
  maintenanceWindowHours: 8,
  /** For `URL must be used within 3 minutes to be valid`. */
  presignedUrlMs: 180_000,
  sessionSeconds: 43_200,
  /** Millrace's own: a text of SQL in an object. */
  sqlObjectBytes: 1_048_576,
  /** Millrace's own: an archive that holds a text of SQL. */
  archiveBytes: 16_777_216,
  /** Millrace's own: the oldest ended operations are forgotten. */
  keptOperations: 1_000,
  /** Millrace's own: the oldest versions are forgotten, but never the one before the current. */
  keptVersions: 1_000,
  /** Millrace's own: state of a job per KPU, as AWS's KPU has 50 GB of disk and 4 GB of memory. */
  stateBytesPerKpu: 1_073_741_824,
  defaultPage: 50,
} as const;
