import type { UpdateStreamModeInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkOnDemandLimit, checkShardLimit } from "../account-limits.ts";
import { dayMs, type StreamDocument } from "../document.ts";
import { invalidArgument, limitExceeded, resourceInUse } from "../errors.ts";
import { limits } from "../limits.ts";
import { openShards } from "../reshard.ts";
import type { KinesisState } from "../state.ts";
import type { Stream } from "../stream.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";
import { checkWarmThroughput, warmShards } from "../warm-throughput.ts";

export async function updateStreamMode(
  state: KinesisState,
  input: Input<UpdateStreamModeInput>,
  call: Call,
): Promise<void> {
  const stream = findActiveStream(state, input, call);
  const mode = input.StreamModeDetails.StreamMode;
  const nowMs = state.clock.now();
  await state.streams.startUpdate(stream, (document) => {
    requireActive({ document });
    if (mode === "PROVISIONED") {
      checkProvisioned(state, document, input.WarmThroughputMiBps);
      checkNoChannels(state, stream);
    }
    if (mode === "ON_DEMAND" && document.mode !== mode) checkOnDemandLimit(state, document);
    if (input.WarmThroughputMiBps !== undefined)
      checkWarmThroughput(state, input.WarmThroughputMiBps, document);
    const { warmThroughputMiBps: _warm, pending: _pending, ...rest } = document;
    const changed = { ...rest, mode, modeChangesMs: countedChange(document, nowMs) };
    if (mode === "PROVISIONED")
      return { ...changed, distribution: "USER_PARTITION_KEY", pending: { kind: "settings" } };
    if (input.WarmThroughputMiBps === undefined) return { ...changed, pending: { kind: "settings" } };
    const target = Math.max(openShards(document).length, warmShards(input.WarmThroughputMiBps));
    return { ...changed, warmThroughputMiBps: input.WarmThroughputMiBps, pending: { kind: "count", target } };
  });
}

function checkProvisioned(
  state: KinesisState,
  document: StreamDocument,
  warmThroughputMiBps: number | undefined,
): void {
  if (warmThroughputMiBps !== undefined)
    throw invalidArgument("WarmThroughputMiBps can only be specified for a stream in ON_DEMAND mode.");
  if (document.mode !== "PROVISIONED") checkShardLimit(state, openShards(document).length, document);
}

/** Channels read streams in ON_DEMAND mode only. */
function checkNoChannels(state: KinesisState, { arn, document }: Stream): void {
  const channels = state.channels.ofStream(arn, document.createdMs);
  if (channels.some((channel) => channel.document.status !== "FAILED"))
    throw resourceInUse(
      `Stream ${document.name} under account ${document.account} has active channels, which need ON_DEMAND mode: delete them first.`,
    );
}

function countedChange(document: StreamDocument, nowMs: number): readonly number[] {
  const recentMs = document.modeChangesMs.filter((changedMs) => changedMs > nowMs - dayMs);
  if (recentMs.length >= limits.modeChangesPerDay)
    throw limitExceeded(
      `Stream ${document.name} under account ${document.account} has changed its mode ${recentMs.length} times in the last 24 hours: the limit is ${limits.modeChangesPerDay}.`,
    );
  return [...recentMs, nowMs];
}
