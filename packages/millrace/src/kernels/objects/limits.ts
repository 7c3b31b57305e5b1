/** Of a key in UTF-8. */
export const maxKeyBytes = 1024;
/** What comes in is gathered to this much before it is written. */
export const writeBytes: number = 1024 * 1024;
/** What one read of a blob takes from the disk; one more is read ahead. */
export const readBytes: number = 512 * 1024;
/** Blobs in one directory before the next one is begun. */
export const blobsPerDirectory = 4096;
/** Changes in one transaction. */
export const maxGroupJobs = 512;
/** Changes after which SQLite's write-ahead log is copied into the database. */
export const checkpointJobs = 500;
/** Of one page of a listing, whatever the caller asks for. */
export const maxPageItems = 1000;
/** Rows that one page looks at; a page that meets more delete markers than this ends early. */
export const maxScannedRows = 100_000;
/** Events that wait for durable feeds; beyond that the oldest are dropped. */
export const maxOutboxEvents = 100_000;
/** Rows or blobs that background work looks at before it lets others go first. */
export const backgroundBatch = 200;
