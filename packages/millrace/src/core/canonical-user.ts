import { createHash } from "node:crypto";

/** AWS's id for whoever calls without a key; it has half as many digits as an account's. */
const anonymousUserId = "65a011a29cdf8ec533ec3d1ccaae921c";

/**
 * The id by which S3 knows an account: 64 hexadecimal digits that follow from the account's number, so that
 * nothing has to be kept. @param account "" for callers without a key.
 */
export function canonicalUserId(account: string): string {
  if (account === "") return anonymousUserId;
  return createHash("sha256").update(`millrace canonical user ${account}`).digest("hex");
}
