import type {
  MinimumThroughputBillingCommitmentInputStatus,
  MinimumThroughputBillingCommitmentOutput,
} from "@aws-sdk/client-kinesis";
import type { AccountSettings } from "./document.ts";
import { limits } from "./limits.ts";

/**
 * The commitment cannot end within its first 30 days: disabling it before then takes effect afterwards.
 * Nothing is billed here; the state decides which features an account may use, as on AWS.
 */
export function changeCommitment(
  current: AccountSettings,
  wanted: MinimumThroughputBillingCommitmentInputStatus,
  nowMs: number,
): AccountSettings {
  if (wanted === "ENABLED") {
    if (current.status === "DISABLED") return { status: "ENABLED", startedMs: nowMs };
    return { ...current, status: "ENABLED" };
  }
  if (current.status === "DISABLED") return current;
  const startedMs = current.startedMs ?? nowMs;
  if (nowMs < startedMs + limits.committedDaysMs)
    return { status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END", startedMs };
  return { status: "DISABLED", startedMs, endedMs: nowMs };
}

/** What holds now: a commitment that was to end at its earliest date has ended when that is past. */
export function effectiveCommitment(settings: AccountSettings, nowMs: number): AccountSettings {
  const { status, startedMs } = settings;
  if (status !== "ENABLED_UNTIL_EARLIEST_ALLOWED_END" || startedMs === undefined) return settings;
  const endMs = startedMs + limits.committedDaysMs;
  return nowMs < endMs ? settings : { status: "DISABLED", startedMs, endedMs: endMs };
}

export function describeCommitment(settings: AccountSettings): MinimumThroughputBillingCommitmentOutput {
  const { status, startedMs, endedMs } = settings;
  return {
    Status: status,
    ...(startedMs === undefined ? {} : { StartedAt: new Date(startedMs) }),
    ...(endedMs === undefined ? {} : { EndedAt: new Date(endedMs) }),
    ...(startedMs === undefined || endedMs !== undefined
      ? {}
      : { EarliestAllowedEndAt: new Date(startedMs + limits.committedDaysMs) }),
  };
}
