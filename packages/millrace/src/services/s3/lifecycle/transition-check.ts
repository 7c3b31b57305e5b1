import { invalidArgument, invalidRequest } from "../errors.ts";
import { prefixFilter } from "./filter-input.ts";
import type { LifecycleRule, LifecycleTransition } from "./lifecycle-rule.ts";

/** Objects move down this list, never up. */
const waterfall: readonly string[] = [
  "STANDARD",
  "STANDARD_IA",
  "INTELLIGENT_TIERING",
  "ONEZONE_IA",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
];

/** Objects are not moved to these before they are this old. */
const minDays: Readonly<Record<string, number | undefined>> = { STANDARD_IA: 30, ONEZONE_IA: 30 };

export function isTransitionClass(storageClass: string | undefined): storageClass is string {
  return storageClass !== undefined && waterfall.indexOf(storageClass) > 0;
}

/** True when an object may be moved from one class to the other. Other classes than these stay as they are. */
export function isDownwards(from: string, to: string): boolean {
  const place = waterfall.indexOf(from);
  return place >= 0 && waterfall.indexOf(to) > place;
}

/** What AWS asks of a rule's transitions as a whole. */
export function checkTransitions(rule: LifecycleRule): void {
  const prefix = rule.prefix ?? prefixFilter(rule.filter);
  const { transitions, noncurrentTransitions } = rule;
  checkClasses(transitions, "Transition", prefix);
  checkClasses(noncurrentTransitions, "NoncurrentVersionTransition", prefix);
  checkForms(rule, prefix);
  for (const { days, storageClass } of transitions) checkMinDays("Days", "Transition", days, storageClass);
  for (const { days, storageClass } of noncurrentTransitions)
    checkMinDays("NoncurrentDays", "NoncurrentVersionTransition", days, storageClass);
  const { expiration, noncurrentExpiration } = rule;
  checkBefore(
    latest(transitions),
    expiration?.days,
    `'Days' in the Expiration action for prefix '${prefix}'`,
  );
  checkBefore(
    latest(noncurrentTransitions),
    noncurrentExpiration?.days,
    `'NoncurrentDays' in the NoncurrentVersionExpiration action for prefix '${prefix}'`,
  );
}

function checkClasses(
  transitions: readonly { readonly storageClass: string }[],
  action: string,
  prefix: string,
): void {
  const classes = new Set(transitions.map(({ storageClass }) => storageClass));
  if (classes.size === transitions.length) return;
  throw invalidRequest(
    `'StorageClass' must be different for '${action}' actions in same 'Rule' with prefix '${prefix}'`,
  );
}

function checkForms({ transitions, expiration }: LifecycleRule, prefix: string): void {
  const byDate = transitions.some(({ dateMs }) => dateMs !== undefined) || expiration?.dateMs !== undefined;
  const byDays = transitions.some(({ days }) => days !== undefined) || expiration?.days !== undefined;
  if (!byDate || !byDays) return;
  throw invalidRequest(
    `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for prefix '${prefix}'`,
  );
}

function checkMinDays(name: string, action: string, days: number | undefined, storageClass: string): void {
  const least = minDays[storageClass];
  if (days === undefined || least === undefined || days >= least) return;
  throw invalidArgument(
    `'${name}' in ${action} action must be greater than or equal to ${least} for storageClass '${storageClass}'`,
    name,
    String(days),
  );
}

function latest(transitions: readonly Pick<LifecycleTransition, "days">[]): number | undefined {
  const days = transitions.flatMap((transition) => transition.days ?? []);
  return days.length === 0 ? undefined : Math.max(...days);
}

function checkBefore(moved: number | undefined, gone: number | undefined, what: string): void {
  if (moved === undefined || gone === undefined || gone > moved) return;
  const action = what.includes("Noncurrent")
    ? "'NoncurrentDays' in the NoncurrentVersionTransition action"
    : "'Days' in the Transition action";
  throw invalidArgument(`${what} must be greater than ${action}`, "Days", String(gone));
}
