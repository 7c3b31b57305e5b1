import type { LifecycleRuleFilter } from "@aws-sdk/client-s3";

/** Days are full days: see `dueAfterDays`. A date is midnight UTC in milliseconds since the epoch. */
export interface LifecycleTransition {
  readonly days?: number | undefined;
  readonly dateMs?: number | undefined;
  readonly storageClass: string;
}

export interface NoncurrentTransition {
  readonly days: number;
  /** How many noncurrent versions are left as they are, the newest ones. */
  readonly newerVersions?: number | undefined;
  readonly storageClass: string;
}

/** A rule of a bucket's lifecycle as it is kept. What it is about is kept in the form in which it was put. */
export interface LifecycleRule {
  readonly id: string;
  readonly enabled: boolean;
  /** The form of old: instead of a filter. */
  readonly prefix?: string | undefined;
  readonly filter?: LifecycleRuleFilter | undefined;
  readonly expiration?:
    | {
        readonly days?: number | undefined;
        readonly dateMs?: number | undefined;
        readonly deleteMarkers?: boolean | undefined;
      }
    | undefined;
  readonly transitions: readonly LifecycleTransition[];
  readonly noncurrentExpiration?:
    | { readonly days: number; readonly newerVersions?: number | undefined }
    | undefined;
  readonly noncurrentTransitions: readonly NoncurrentTransition[];
  /** Uploads in parts that are this old are aborted. */
  readonly abortUploadsAfterDays?: number | undefined;
}

export interface LifecycleConfiguration {
  readonly rules: readonly LifecycleRule[];
  /** Objects below 128 KiB are not moved: to no class, or only not to those of infrequent access. */
  readonly minimumSize: "all_storage_classes_128K" | "varies_by_storage_class";
}
