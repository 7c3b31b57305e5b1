import type { LifecycleRule as AnsweredRule } from "@aws-sdk/client-s3";
import type { LifecycleRule } from "./lifecycle-rule.ts";

/** A rule as clients read it: as it was put. */
export function describeRule(rule: LifecycleRule): AnsweredRule {
  const { expiration, noncurrentExpiration, transitions, noncurrentTransitions } = rule;
  return {
    ID: rule.id,
    Status: rule.enabled ? "Enabled" : "Disabled",
    Prefix: rule.prefix,
    Filter: rule.filter,
    Expiration: expiration && {
      Days: expiration.days,
      Date: dateOf(expiration.dateMs),
      ExpiredObjectDeleteMarker: expiration.deleteMarkers,
    },
    Transitions: someOf(
      transitions.map(({ days, dateMs, storageClass }) => ({
        Days: days,
        Date: dateOf(dateMs),
        StorageClass: storageClass as "GLACIER",
      })),
    ),
    NoncurrentVersionExpiration: noncurrentExpiration && {
      NoncurrentDays: noncurrentExpiration.days,
      NewerNoncurrentVersions: noncurrentExpiration.newerVersions,
    },
    NoncurrentVersionTransitions: someOf(
      noncurrentTransitions.map(({ days, newerVersions, storageClass }) => ({
        NoncurrentDays: days,
        NewerNoncurrentVersions: newerVersions,
        StorageClass: storageClass as "GLACIER",
      })),
    ),
    AbortIncompleteMultipartUpload:
      rule.abortUploadsAfterDays === undefined
        ? undefined
        : { DaysAfterInitiation: rule.abortUploadsAfterDays },
  };
}

const dateOf = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));
const someOf = <Item>(items: Item[]): Item[] | undefined => (items.length === 0 ? undefined : items);
