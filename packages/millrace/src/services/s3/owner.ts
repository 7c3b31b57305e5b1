import { createHash } from "node:crypto";

/** The id by which S3 knows an account: 64 hexadecimal digits, always the same for the same account. */
export function canonicalId(account: string): string {
  return createHash("sha256").update(`millrace canonical user ${account}`).digest("hex");
}

/** An owner as S3's answers name it. */
export function ownerOf(account: string): { ID: string } {
  return { ID: canonicalId(account) };
}
