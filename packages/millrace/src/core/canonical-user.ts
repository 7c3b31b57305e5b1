import { createHash } from "node:crypto";

/**
 * The id by which S3 knows an account: 64 hexadecimal digits that follow from the account's number, so that
 * nothing has to be kept.
 */
export function canonicalUserId(account: string): string {
  return createHash("sha256").update(`millrace canonical user ${account}`).digest("hex");
}
