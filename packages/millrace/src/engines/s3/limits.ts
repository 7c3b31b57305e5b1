const mebibyte: number = 1024 * 1024;

/** Of a part that is sent; a smaller object is sent at once. */
export const partBytes: number = 8 * mebibyte;
/** Parts of one object that are on their way at the same time. */
export const partsInFlight = 3;
/** Parts of all objects together that are on their way, beside the one that each writer gathers. */
export const maxPartsInFlight = 16;
/** S3's minimum for each part but the last. */
export const minPartBytes: number = 5 * mebibyte;
/** S3's limit on the parts of an upload. */
export const maxParts = 10_000;
/** What one request copies; S3 would copy 5 GiB, and be silent for long. */
export const copyBytes: number = 512 * mebibyte;
/** S3's limit on what one request copies. */
export const maxCopyBytes: number = 5 * 1024 * mebibyte;
/** Requests that put one object together at the same time. */
export const concurrentCopies = 8;
/** Connections to one endpoint. */
export const maxConnections = 64;
export const connectTimeoutMs = 5_000;
/** How long an endpoint may be silent while it owes an answer. */
export const silenceTimeoutMs = 120_000;
/** Of one request; the SDK waits between them, longer each time. */
export const maxAttempts = 3;
/** Times in a row that reading goes on with a new request without a byte more. */
export const maxResumes = 3;
/** Requests that free parts at the same time. */
export const concurrentRemovals = 16;
