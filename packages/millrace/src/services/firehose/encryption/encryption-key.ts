import type { EncryptionKey } from "../document.ts";

/** The log's name for the key that belongs to Millrace, as AWS_OWNED_CMK belongs to AWS. */
export const ownedKeyId = "millrace-owned";

/** Under what the log encrypts; undefined when it does not. */
export function logKeyId(key: EncryptionKey | undefined): string | undefined {
  if (key === undefined) return undefined;
  return key.keyArn ?? ownedKeyId;
}
