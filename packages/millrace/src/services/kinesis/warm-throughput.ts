import type { WarmThroughputObject } from "@aws-sdk/client-kinesis";
import type { Call } from "../../gateway/call.ts";
import type { StreamDocument } from "./document.ts";
import { invalidArgument, limitExceeded } from "./errors.ts";
import { limits } from "./limits.ts";
import { openShards } from "./reshard.ts";
import type { KinesisState } from "./state.ts";

/** The shards that take this many MiB a second at 1 MiB/s each, never fewer than a new stream has. */
export function warmShards(miBps: number): number {
  return Math.max(limits.onDemandStartShards, miBps);
}

export function checkWarmThroughput(
  state: KinesisState,
  miBps: number,
  call: Pick<Call, "account" | "region">,
): void {
  if (state.accounts.get(call.account, call.region).status === "DISABLED")
    throw invalidArgument(
      "Warm throughput is only supported in accounts that have MinimumThroughputBillingCommitment enabled.",
    );
  if (miBps > limits.maxWarmThroughputMiBps)
    throw limitExceeded(
      `Warm throughput cannot exceed ${limits.maxWarmThroughputMiBps} MiBps for an on-demand stream.`,
    );
}

export function describeWarmThroughput(document: StreamDocument): WarmThroughputObject {
  const target = document.warmThroughputMiBps;
  return {
    ...(target === undefined ? {} : { TargetMiBps: target }),
    CurrentMiBps: document.status === "CREATING" ? 0 : openShards(document).length,
  };
}
