import { canonicalUserId } from "../../core/canonical-user.ts";
import type { Bucket, ObjectAttributes } from "../../kernels/objects/index.ts";
import { objectSettingsOf } from "./bucket-settings.ts";

/** An account as S3's answers name it. */
export function ownerOf(account: string): { ID: string } {
  return { ID: canonicalUserId(account) };
}

/** The owner of an object: its bucket's, unless somebody else wrote it and kept it. */
export function objectOwner(bucket: Bucket, object: Pick<ObjectAttributes, "settings">): { ID: string } {
  return ownerOf(objectSettingsOf(object).owner ?? bucket.account);
}
