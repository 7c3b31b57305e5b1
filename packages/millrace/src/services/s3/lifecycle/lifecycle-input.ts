import { randomUUID } from "node:crypto";
import type {
  LifecycleExpiration,
  LifecycleRuleFilter,
  NoncurrentVersionTransition,
  LifecycleRule as PutRule,
  Transition,
} from "@aws-sdk/client-s3";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";
import { limits } from "../limits.ts";
import { checkFilter, sizeFilter, tagFilter } from "./filter-input.ts";
import type { LifecycleRule, LifecycleTransition, NoncurrentTransition } from "./lifecycle-rule.ts";
import { checkTransitions, isTransitionClass } from "./transition-check.ts";

const dayMs = 86_400_000;

/** The rules of a lifecycle as they are kept. @throws ServiceError when AWS would not take them. */
export function lifecycleRules(rules: readonly PutRule[] | undefined): readonly LifecycleRule[] {
  if (rules === undefined || rules.length === 0 || rules.length > limits.lifecycleRules) throw malformedXml();
  const kept = rules.map(keptRule);
  const ids = new Set<string>();
  for (const { id } of kept) {
    if (ids.has(id))
      throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", id);
    ids.add(id);
  }
  return kept;
}

function keptRule(rule: PutRule): LifecycleRule {
  const { ID, Prefix, Filter, Status } = rule;
  if (Status !== "Enabled" && Status !== "Disabled") throw malformedXml();
  if ((Prefix === undefined) === (Filter === undefined)) throw malformedXml();
  if (ID !== undefined && ID.length > limits.lifecycleRuleIdChars)
    throw invalidArgument("ID length should not exceed allowed limit of 255", "ID", ID);
  if (Filter !== undefined) checkFilter(Filter);
  const kept: LifecycleRule = {
    id: ID === undefined || ID === "" ? randomUUID() : ID,
    enabled: Status === "Enabled",
    prefix: Prefix,
    filter: Filter,
    expiration: expiration(rule.Expiration, Filter),
    transitions: (rule.Transitions ?? []).map(transition),
    noncurrentExpiration: noncurrentExpiration(rule),
    noncurrentTransitions: (rule.NoncurrentVersionTransitions ?? []).map(noncurrentTransition),
    abortUploadsAfterDays: abortDays(rule, Filter),
  };
  if (!hasAction(kept)) throw invalidRequest("At least one action needs to be specified in a rule");
  checkTransitions(kept);
  return kept;
}

function hasAction(rule: LifecycleRule): boolean {
  return (
    rule.expiration !== undefined ||
    rule.noncurrentExpiration !== undefined ||
    rule.abortUploadsAfterDays !== undefined ||
    rule.transitions.length + rule.noncurrentTransitions.length > 0
  );
}

function expiration(
  input: LifecycleExpiration | undefined,
  filter: LifecycleRuleFilter | undefined,
): LifecycleRule["expiration"] {
  if (input === undefined) return undefined;
  const { Days, Date: date, ExpiredObjectDeleteMarker: deleteMarkers } = input;
  const given = [Days, date, deleteMarkers].filter((member) => member !== undefined).length;
  if (given !== 1) throw malformedXml();
  if (Days !== undefined) return { days: positive(Days, "'Days' for Expiration action", "Days") };
  if (date !== undefined) return { dateMs: midnight(date) };
  if (deleteMarkers && tagFilter(filter).length > 0)
    throw invalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.");
  return { deleteMarkers };
}

function transition({ Days, Date: date, StorageClass }: Transition): LifecycleTransition {
  if (!isTransitionClass(StorageClass) || (Days === undefined) === (date === undefined)) throw malformedXml();
  if (date !== undefined) return { dateMs: midnight(date), storageClass: StorageClass };
  if (Days === undefined || !Number.isInteger(Days) || Days < 0)
    throw invalidArgument("'Days' for Transition action must be nonnegative", "Days", String(Days));
  return { days: Days, storageClass: StorageClass };
}

function noncurrentExpiration({
  NoncurrentVersionExpiration: input,
}: PutRule): LifecycleRule["noncurrentExpiration"] {
  if (input === undefined) return undefined;
  if (input.NoncurrentDays === undefined) throw malformedXml();
  return {
    days: positive(
      input.NoncurrentDays,
      "'NoncurrentDays' for NoncurrentVersionExpiration action",
      "NoncurrentDays",
    ),
    newerVersions: newerVersions(input.NewerNoncurrentVersions),
  };
}

function noncurrentTransition(input: NoncurrentVersionTransition): NoncurrentTransition {
  const { NoncurrentDays: days, StorageClass } = input;
  if (days === undefined || !isTransitionClass(StorageClass)) throw malformedXml();
  if (!Number.isInteger(days) || days < 0)
    throw invalidArgument(
      "'NoncurrentDays' for NoncurrentVersionTransition action must be nonnegative",
      "NoncurrentDays",
      String(days),
    );
  return { days, newerVersions: newerVersions(input.NewerNoncurrentVersions), storageClass: StorageClass };
}

function newerVersions(count: number | undefined): number | undefined {
  if (count === undefined) return undefined;
  if (Number.isInteger(count) && count >= 1 && count <= limits.newerNoncurrentVersions) return count;
  throw invalidArgument(
    "'NewerNoncurrentVersions' must be a positive integer that is not greater than 100",
    "NewerNoncurrentVersions",
    String(count),
  );
}

function abortDays(
  { AbortIncompleteMultipartUpload: input }: PutRule,
  filter: LifecycleRuleFilter | undefined,
): number | undefined {
  if (input === undefined) return undefined;
  if (input.DaysAfterInitiation === undefined) throw malformedXml();
  if (tagFilter(filter).length > 0)
    throw invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.");
  const { greaterThan, lessThan } = sizeFilter(filter);
  if (greaterThan !== undefined || lessThan !== undefined)
    throw invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Object Size.");
  const what = "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action";
  return positive(input.DaysAfterInitiation, what, "DaysAfterInitiation");
}

function positive(value: number, what: string, name: string): number {
  if (Number.isInteger(value) && value > 0 && value <= maxDays) return value;
  throw invalidArgument(`${what} must be a positive integer`, name, String(value));
}

/** AWS's days are 32 bits wide. */
const maxDays = 0x7fff_ffff;

function midnight(date: Date): number {
  const ms = date.getTime();
  if (ms % dayMs === 0) return ms;
  throw invalidArgument("'Date' must be at midnight GMT", "Date", date.toISOString());
}
