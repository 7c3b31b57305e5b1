import type { ObjectVersion } from "../../../kernels/objects/index.ts";
import { prefixFilter, sizeFilter, tagFilter } from "./filter-input.ts";
import type { LifecycleConfiguration, LifecycleRule } from "./lifecycle-rule.ts";
import { isDownwards } from "./transition-check.ts";

const dayMs = 86_400_000;
/** Smaller objects are not moved unless a rule says something about sizes. */
const minTransitionBytes = 128 * 1024;

/** A version as the lifecycle sees it among the other versions of its key. */
export interface Subject {
  readonly version: ObjectVersion;
  /** When the next newer version came; undefined for the current one. */
  readonly noncurrentSinceMs: number | undefined;
  /** How many noncurrent versions are newer than this one. */
  readonly newerNoncurrent: number;
  /** True when the key has no other version. */
  readonly isOnly: boolean;
}

export type LifecycleAction =
  /** The current version goes as if it had been deleted without a version id. */
  | { readonly kind: "expire"; readonly rule: string }
  /** This version goes for good. */
  | { readonly kind: "remove"; readonly rule: string }
  | { readonly kind: "transition"; readonly rule: string; readonly storageClass: string };

/** Days count to the first midnight UTC at which they are over. */
export function dueAfterDays(fromMs: number, days: number): number {
  return Math.ceil((fromMs + days * dayMs) / dayMs) * dayMs;
}

/** What is to be done with a version now. What removes it wins over what moves it. */
export function lifecycleAction(
  configuration: LifecycleConfiguration,
  subject: Subject,
  nowMs: number,
): LifecycleAction | undefined {
  const rules = configuration.rules.filter((rule) => rule.enabled && concerns(rule, subject.version));
  for (const rule of rules) {
    const kind = subject.version.isLatest
      ? expired(rule, subject, nowMs)
      : noncurrentExpired(rule, subject, nowMs);
    if (kind !== undefined) return { kind, rule: rule.id };
  }
  return subject.version.isDeleteMarker ? undefined : moved(configuration, rules, subject, nowMs);
}

/** When the current version of an object goes, and by which rule; undefined when no rule says so. */
export function expirationOf(
  configuration: LifecycleConfiguration,
  version: ObjectVersion,
): { readonly atMs: number; readonly rule: string } | undefined {
  let first: { readonly atMs: number; readonly rule: string } | undefined;
  for (const rule of configuration.rules) {
    if (!rule.enabled || !concerns(rule, version)) continue;
    const atMs = expiryMs(rule, version);
    if (atMs !== undefined && (first === undefined || atMs < first.atMs)) first = { atMs, rule: rule.id };
  }
  return first;
}

/** Whether a rule is about a version. Delete markers have neither tags nor a size. */
function concerns(rule: LifecycleRule, version: ObjectVersion): boolean {
  if (!version.key.startsWith(rule.prefix ?? prefixFilter(rule.filter))) return false;
  const tags = tagFilter(rule.filter);
  const { greaterThan, lessThan } = sizeFilter(rule.filter);
  if (version.isDeleteMarker) return tags.length === 0 && greaterThan === undefined && lessThan === undefined;
  if (!tags.every(({ Key, Value }) => hasTag(version, Key, Value))) return false;
  return version.size > (greaterThan ?? -1) && version.size < (lessThan ?? Number.POSITIVE_INFINITY);
}

function hasTag(version: ObjectVersion, key: string | undefined, value: string | undefined): boolean {
  return key !== undefined && Object.hasOwn(version.tags, key) && version.tags[key] === value;
}

function expiryMs({ expiration }: LifecycleRule, version: ObjectVersion): number | undefined {
  if (expiration?.dateMs !== undefined) return expiration.dateMs;
  return expiration?.days === undefined ? undefined : dueAfterDays(version.lastModifiedMs, expiration.days);
}

function expired(rule: LifecycleRule, subject: Subject, nowMs: number): "expire" | "remove" | undefined {
  const { version, isOnly } = subject;
  const atMs = expiryMs(rule, version);
  const isDue = atMs !== undefined && atMs <= nowMs;
  if (!version.isDeleteMarker) return isDue ? "expire" : undefined;
  // A marker over nothing is of no use. Rules that say so take it at once, rules that count take it in time.
  return isOnly && (rule.expiration?.deleteMarkers === true || isDue) ? "remove" : undefined;
}

function noncurrentExpired(rule: LifecycleRule, subject: Subject, nowMs: number): "remove" | undefined {
  const limit = rule.noncurrentExpiration;
  if (limit === undefined || !isNoncurrentDue(limit, subject, nowMs)) return undefined;
  return "remove";
}

function isNoncurrentDue(
  limit: { readonly days: number; readonly newerVersions?: number | undefined },
  { noncurrentSinceMs, newerNoncurrent }: Subject,
  nowMs: number,
): boolean {
  if (noncurrentSinceMs === undefined || newerNoncurrent < (limit.newerVersions ?? 0)) return false;
  return dueAfterDays(noncurrentSinceMs, limit.days) <= nowMs;
}

/** The lowest class that is due. */
function moved(
  configuration: LifecycleConfiguration,
  rules: readonly LifecycleRule[],
  subject: Subject,
  nowMs: number,
): LifecycleAction | undefined {
  let storageClass = subject.version.storageClass;
  let by: string | undefined;
  for (const rule of rules) {
    const due = subject.version.isLatest
      ? rule.transitions.filter((transition) => dueMs(transition, subject.version) <= nowMs)
      : rule.noncurrentTransitions.filter((transition) => isNoncurrentDue(transition, subject, nowMs));
    for (const { storageClass: target } of due) {
      if (!isDownwards(storageClass, target) || isTooSmall(configuration, rule, subject.version, target))
        continue;
      storageClass = target;
      by = rule.id;
    }
  }
  return by === undefined ? undefined : { kind: "transition", rule: by, storageClass };
}

function dueMs(transition: LifecycleRule["transitions"][number], version: ObjectVersion): number {
  return transition.dateMs ?? dueAfterDays(version.lastModifiedMs, transition.days ?? 0);
}

function isTooSmall(
  { minimumSize }: LifecycleConfiguration,
  rule: LifecycleRule,
  version: ObjectVersion,
  target: string,
): boolean {
  const { greaterThan, lessThan } = sizeFilter(rule.filter);
  if (greaterThan !== undefined || lessThan !== undefined || version.size >= minTransitionBytes) return false;
  const isArchive = target === "GLACIER" || target === "DEEP_ARCHIVE";
  return minimumSize === "all_storage_classes_128K" || !isArchive;
}
