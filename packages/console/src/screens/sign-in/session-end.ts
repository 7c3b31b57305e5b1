/** Errors that say that the credentials are not good any more, whatever was asked. */
const endings: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidToken",
  "UnrecognizedClientException",
]);

export function isSessionEnd(error: unknown): boolean {
  return error instanceof Error && endings.has(error.name);
}

/** What is said to somebody whose session ended by itself. */
export function endReason(error: Error): string {
  return error.name.startsWith("Expired")
    ? "Your session has expired. Sign in again."
    : "Your credentials are not valid any more. Sign in again.";
}
