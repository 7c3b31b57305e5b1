import { canonicalUserId } from "../../core/canonical-user.ts";

/** An owner as S3's answers name it. */
export function ownerOf(account: string): { ID: string } {
  return { ID: canonicalUserId(account) };
}
