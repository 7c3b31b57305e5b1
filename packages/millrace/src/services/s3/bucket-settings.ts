import type { CORSRule, NotificationConfiguration } from "@aws-sdk/client-s3";
import type { Bucket, ObjectAttributes, Retention } from "../../kernels/objects/index.ts";
import type { AccessControlList } from "./access/access-control-list.ts";
import type { LifecycleConfiguration } from "./lifecycle/lifecycle-rule.ts";

export type Ownership = "BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter";

/** What public grants and public policies are good for. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** How objects are encrypted that are written without a word about it. */
export interface BucketEncryption {
  /** Undefined where the configuration only blocks SSE-C. */
  readonly algorithm: "AES256" | "aws:kms" | undefined;
  /** As it was put: an id, an ARN or an alias. Undefined for S3's own key of the account. */
  readonly keyId?: string | undefined;
  readonly bucketKey: boolean;
  /** Objects under a key of the client (SSE-C) are refused. */
  readonly blocksCustomerKeys?: boolean | undefined;
}

/** The retention that new versions get when their writer asks for none. */
export interface DefaultRetention {
  readonly mode: Retention["mode"];
  readonly days?: number | undefined;
  readonly years?: number | undefined;
}

/** What this service keeps of a bucket in `Bucket.settings`. What is absent was never put, or was deleted. */
export interface BucketSettings {
  /** Absent: the owner has full control and nobody else anything. */
  readonly acl?: AccessControlList | undefined;
  readonly cors?: readonly CORSRule[] | undefined;
  readonly defaultRetention?: DefaultRetention | undefined;
  readonly encryption?: BucketEncryption | undefined;
  readonly lifecycle?: LifecycleConfiguration | undefined;
  readonly notifications?: NotificationConfiguration | undefined;
  readonly ownership?: Ownership | undefined;
  /** JSON, as it was put. */
  readonly policy?: string | undefined;
  readonly publicAccess?: PublicAccessBlock | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** What this service keeps of an object in `ObjectAttributes.settings`. */
export interface ObjectSettings {
  /** The account that owns the object; absent: the bucket's. */
  readonly owner?: string | undefined;
  /** Absent: the owner has full control and nobody else anything. */
  readonly acl?: AccessControlList | undefined;
}

export const everythingBlocked: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** New buckets have no access control lists and nothing public, as on AWS since April 2023. */
export function newBucketSettings(ownership: Ownership = "BucketOwnerEnforced"): BucketSettings & Values {
  return { ownership, publicAccess: everythingBlocked };
}

type Values = Readonly<Record<string, unknown>>;

export function settingsOf(bucket: Bucket): BucketSettings {
  return bucket.settings;
}

export function objectSettingsOf(object: Pick<ObjectAttributes, "settings">): ObjectSettings {
  return object.settings;
}

/** The bucket with some settings replaced; those that are undefined are removed. */
export function withSettings(bucket: Bucket, changes: BucketSettings): Bucket {
  return { ...bucket, settings: defined({ ...bucket.settings, ...changes }) };
}

/** An object's settings with some replaced; those that are undefined are removed. */
export function withObjectSettings(
  object: Pick<ObjectAttributes, "settings">,
  changes: ObjectSettings,
): Values {
  return defined({ ...object.settings, ...changes });
}

function defined(settings: Values): Values {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** Without ownership controls an object belongs to its writer. */
export function ownershipOf(bucket: Bucket): Ownership {
  return settingsOf(bucket).ownership ?? "ObjectWriter";
}

/** How an object is encrypted whose writer says nothing about it; undefined: not at all. */
export function defaultEncryptionOf(bucket: Bucket): BucketEncryption | undefined {
  const encryption = settingsOf(bucket).encryption;
  return encryption?.algorithm === undefined ? undefined : encryption;
}

/** True when the bucket takes no objects under a key of the client (SSE-C). */
export function blocksCustomerKeys(bucket: Bucket): boolean {
  return settingsOf(bucket).encryption?.blocksCustomerKeys === true;
}

/** The retention of a version that is written now without a word about it. */
export function defaultRetentionOf(bucket: Bucket, nowMs: number): Retention | undefined {
  const rule = settingsOf(bucket).defaultRetention;
  if (rule === undefined || !bucket.objectLock) return undefined;
  const until = new Date(nowMs);
  if (rule.years !== undefined) until.setUTCFullYear(until.getUTCFullYear() + rule.years);
  else until.setUTCDate(until.getUTCDate() + (rule.days ?? 0));
  return { mode: rule.mode, untilMs: until.getTime() };
}
