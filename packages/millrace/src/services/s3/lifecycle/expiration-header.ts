import type { Bucket, ObjectVersion } from "../../../kernels/objects/index.ts";
import { settingsOf } from "../bucket-settings.ts";
import { expirationOf } from "./lifecycle-action.ts";

/** The value of `x-amz-expiration` for the current version of an object; undefined when it does not expire. */
export function expirationHeader(bucket: Bucket, version: ObjectVersion): string | undefined {
  const { lifecycle } = settingsOf(bucket);
  if (lifecycle === undefined || !version.isLatest || version.isDeleteMarker) return undefined;
  const expiration = expirationOf(lifecycle, version);
  if (expiration === undefined) return undefined;
  const { atMs, rule } = expiration;
  return `expiry-date="${new Date(atMs).toUTCString()}", rule-id="${encodeURIComponent(rule)}"`;
}
